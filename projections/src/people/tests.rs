//! Facts to rows, and pages of rows.

use std::collections::BTreeMap;

use domain::person::state::Skill;
use domain::person::{Life, PersonKind, Role};

use super::{PersonFilter, PersonRow, by_ids, count, job_positions, page};
use crate::testing::desk::{LEAVER, day};
use crate::testing::{AGENT, CLIENT, UNIT, World, at};

#[tokio::test]
async fn a_row_says_who_the_person_is() {
    let world = World::with_story().await;
    world.project().await;
    let found = by_ids(world.pool(), &[AGENT]).await.unwrap();
    let expected = PersonRow {
        person_id: AGENT,
        login: "agent".to_owned(),
        name: "The agent".to_owned(),
        email: Some("agent@example.org".to_owned()),
        phone: None,
        kind: PersonKind::Staff,
        role: Role::Agent,
        life: Life::Active,
        organization_id: None,
        position: None,
        language: None,
        skills: BTreeMap::new(),
        tier: None,
        deputy_id: None,
        away_from: None,
        away_until: None,
        human_id: None,
        registered_at: at(3),
        // Registered, and given another password.
        version: 2,
    };
    assert_eq!(found, [expected]);
}

#[tokio::test]
async fn people_are_found_by_any_part_and_paged_by_name() {
    let world = World::with_story().await;
    world.project().await;
    let pool = world.pool();
    for (search, expected) in [
        (None, vec![AGENT, CLIENT]),
        (Some("THE"), vec![AGENT, CLIENT]),
        (Some("client@"), vec![CLIENT]),
        (Some("%"), vec![]),
        (Some("a_ent"), vec![]),
        (Some("\0"), vec![]),
    ] {
        let search = search.map(str::to_owned);
        let filter = PersonFilter { search, ..PersonFilter::default() };
        let found = page(pool, &filter, 10, None).await.unwrap();
        assert_eq!(found.iter().map(|row| row.person_id).collect::<Vec<_>>(), expected);
        let counted = count(pool, &filter).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected.len());
    }
    let all = PersonFilter::default();
    let second = page(pool, &all, 1, Some(AGENT)).await.unwrap();
    assert_eq!(second[0].person_id, CLIENT);
    assert!(page(pool, &all, 1, Some(CLIENT)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_row_follows_the_person_s_life() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[AGENT]).await.unwrap();
    let skill = Skill { level: 3, certified_until: Some(day(31)) };
    let expected = PersonRow {
        name: "Zoë ÄGENT".to_owned(),
        email: None,
        phone: Some("+49 30 123".to_owned()),
        position: Some("Engineer".to_owned()),
        language: Some(domain::settings::Language::De),
        skills: BTreeMap::from([("network".to_owned(), skill)]),
        tier: Some(2),
        deputy_id: Some(LEAVER),
        away_from: Some(day(2)),
        away_until: Some(day(9)),
        version: 13,
        ..found[0].clone()
    };
    assert_eq!(found, [expected]);
    let leaver = by_ids(world.pool(), &[LEAVER]).await.unwrap();
    assert_eq!((leaver[0].life, leaver[0].role), (Life::Left, Role::UnitHead));
    assert_eq!(job_positions(world.pool()).await.unwrap(), [("Engineer".to_owned(), 1)]);
}

#[tokio::test]
async fn people_are_found_by_what_they_are() {
    let world = World::with_desk().await;
    let any = PersonFilter::default;
    let text = |text: &str| Some(text.to_owned());
    for (filter, expected) in [
        (PersonFilter { search: text("zoë äge"), ..any() }, vec![AGENT]),
        (PersonFilter { search: text("30 123"), ..any() }, vec![AGENT]),
        (PersonFilter { kind: Some(PersonKind::Client), ..any() }, vec![CLIENT]),
        (PersonFilter { role: Some(Role::UnitHead), ..any() }, vec![LEAVER]),
        (PersonFilter { life: Some(Life::Active), ..any() }, vec![CLIENT, AGENT]),
        (PersonFilter { unit: Some(UNIT), role: Some(Role::Auditor), ..any() }, vec![]),
        (PersonFilter { organization: Some(UNIT), ..any() }, vec![]),
        (PersonFilter { position: text("Engineer"), ..any() }, vec![AGENT]),
        (PersonFilter { position: text("\0"), ..any() }, vec![]),
        (PersonFilter { skill: text("network"), ..any() }, vec![AGENT]),
        (PersonFilter { skill: text("printers"), ..any() }, vec![]),
    ] {
        let found = page(world.pool(), &filter, 10, None).await.unwrap();
        assert_eq!(
            found.iter().map(|row| row.person_id).collect::<Vec<_>>(),
            expected,
            "{filter:?}"
        );
        let counted = count(world.pool(), &filter).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected.len(), "{filter:?}");
    }
}
