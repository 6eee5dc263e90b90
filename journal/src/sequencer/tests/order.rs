//! One dense number each, in the order of transaction and position.

use super::{busy, log};
use crate::testing::{World, stopped, ticket};

#[tokio::test]
async fn every_event_has_one_dense_number_in_the_order_of_transaction_and_position() {
    let world = World::new().await;
    busy(&world, 6, 5).await;
    world.settle().await;
    let log = log(&world).await;
    assert_eq!(log.iter().map(|entry| entry.0).collect::<Vec<_>>(), (1..=60).collect::<Vec<_>>());
    let disorder = "select count(*) from (
            select l.global_seq, row_number() over (order by e.xid, e.position) as nr
            from journal.events e join journal.log l using (aggregate_type, aggregate_id, sequence)
        ) o where global_seq <> nr";
    assert_eq!(world.number(disorder).await, 0);
    assert_eq!(world.check().await.tampering, None);
}

#[tokio::test]
async fn the_tokens_of_receipts_are_ordered_as_the_log_is() {
    let world = World::new().await;
    let mut tokens = Vec::new();
    for stream in [3, 1, 2] {
        let receipt = world.append(ticket(stream, 0, vec![stopped(1), stopped(2)])).await.unwrap();
        tokens.push(receipt.token.unwrap());
    }
    world.settle().await;
    assert!(tokens.is_sorted());
    assert_eq!(log(&world).await.iter().map(|e| e.1).collect::<Vec<_>>(), [3, 3, 1, 1, 2, 2]);
    let query = "select cursor_position from journal.sequencer";
    assert_eq!(world.number(query).await, tokens[2].position);
}
