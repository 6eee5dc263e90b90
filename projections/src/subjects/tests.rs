//! Facts to rows.

use super::{SubjectRow, by_ids};
use crate::testing::{SUBJECT, World};

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
