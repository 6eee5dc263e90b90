//! Facts to rows.

use domain::ticket::Priority;

use super::{SubjectFilter, SubjectRow, by_ids, count, page};
use crate::testing::{SUBJECT, UNIT, World};

#[tokio::test]
async fn a_row_says_the_subject_s_name() {
    let world = World::with_story().await;
    world.project().await;
    let found = by_ids(world.pool(), &[SUBJECT]).await.unwrap();
    let expected = SubjectRow {
        subject_id: SUBJECT,
        name: "Router".to_owned(),
        unit_id: None,
        priority: None,
        skill: None,
        tier: None,
        sla_plan_id: None,
        retired: false,
        version: 1,
    };
    assert_eq!(found, [expected]);
}

#[tokio::test]
async fn subjects_are_found_by_a_part_of_their_name() {
    let world = World::with_story().await;
    world.project().await;
    for (search, retired, expected) in [
        (None, None, 1),
        (Some("ROUT"), Some(false), 1),
        (Some("_"), None, 0),
        (Some("\0"), None, 0),
        (None, Some(true), 0),
    ] {
        let filter = SubjectFilter { search: search.map(str::to_owned), retired };
        assert_eq!(page(world.pool(), &filter, 10, None).await.unwrap().len(), expected);
        let counted = count(world.pool(), &filter).await.unwrap();
        assert_eq!(usize::try_from(counted).unwrap(), expected);
    }
}

#[tokio::test]
async fn a_row_follows_the_subject_s_life() {
    let world = World::with_desk().await;
    let expected = SubjectRow {
        subject_id: SUBJECT,
        name: "Routers".to_owned(),
        unit_id: Some(UNIT),
        priority: Some(Priority::High),
        skill: Some("network".to_owned()),
        tier: Some(2),
        sla_plan_id: None,
        retired: true,
        version: 6,
    };
    let all = SubjectFilter::default();
    let in_use = SubjectFilter { retired: Some(false), ..SubjectFilter::default() };
    assert_eq!(page(world.pool(), &all, 10, None).await.unwrap(), [expected]);
    assert!(page(world.pool(), &all, 10, Some(SUBJECT)).await.unwrap().is_empty());
    assert!(page(world.pool(), &in_use, 10, None).await.unwrap().is_empty());
    assert_eq!(count(world.pool(), &all).await.unwrap(), 1);
    assert_eq!(count(world.pool(), &in_use).await.unwrap(), 0);
}
