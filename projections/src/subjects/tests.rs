//! Facts to rows.

use domain::ticket::Priority;

use super::{SubjectRow, by_ids, count, page};
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
        retired: false,
        version: 1,
    };
    assert_eq!(found, [expected]);
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
        retired: true,
        version: 6,
    };
    assert_eq!(page(world.pool(), true, 10, None).await.unwrap(), [expected]);
    assert!(page(world.pool(), true, 10, Some(SUBJECT)).await.unwrap().is_empty());
    assert!(page(world.pool(), false, 10, None).await.unwrap().is_empty());
    assert_eq!(count(world.pool(), true).await.unwrap(), 1);
    assert_eq!(count(world.pool(), false).await.unwrap(), 0);
}
