//! Facts to rows.

use super::{SubjectRow, by_ids};
use crate::testing::{SUBJECT, World};

#[tokio::test]
async fn a_row_says_the_subject_s_name() {
    let world = World::with_story().await;
    world.project().await;
    let found = by_ids(world.pool(), &[SUBJECT]).await.unwrap();
    assert_eq!(found, [SubjectRow { subject_id: SUBJECT, name: "Router".to_owned() }]);
}
