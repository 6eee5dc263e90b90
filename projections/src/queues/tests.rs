//! Facts to rows, and who sees them.

use domain::queue::Sharing;
use serde_json::json;

use super::{QueueRow, by_id, by_ids, visible};
use crate::testing::desk::{QUEUE, REMOVED};
use crate::testing::{AGENT, CLIENT, UNIT, World};

#[tokio::test]
async fn a_row_says_how_the_queue_is_arranged_without_a_filter_too() {
    let world = World::with_desk().await;
    let expected = QueueRow {
        queue_id: QUEUE,
        owner_id: AGENT,
        unit_id: Some(UNIT),
        name: "Ours".to_owned(),
        sharing: Sharing::Unit,
        filter: json!({}),
        ordering: json!([{"field": "PRIORITY"}]),
        columns: vec!["number".to_owned(), "title".to_owned()],
        removed: false,
        version: 2,
    };
    assert_eq!(by_id(world.pool(), QUEUE).await.unwrap(), Some(expected.clone()));
    assert_eq!(by_ids(world.pool(), &[QUEUE, REMOVED]).await.unwrap(), [expected]);
    assert_eq!(by_id(world.pool(), REMOVED).await.unwrap(), None);
}

#[tokio::test]
async fn queues_are_seen_by_their_owner_and_those_they_are_shared_with() {
    let world = World::with_desk().await;
    for (person, units, seen) in
        [(AGENT, vec![], 1), (CLIENT, vec![], 0), (CLIENT, vec![UNIT], 1), (AGENT, vec![UNIT], 1)]
    {
        assert_eq!(visible(world.pool(), person, &units).await.unwrap().len(), seen);
    }
}
