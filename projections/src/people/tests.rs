//! Facts to rows, and pages of rows.

use std::collections::BTreeMap;

use domain::person::{Life, PersonKind, Role};

use super::{PersonFilter, PersonRow, by_ids, count, page};
use crate::testing::{AGENT, CLIENT, World, at};

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
