use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::task::yield_now;
use uuid::Uuid;

use crate::lock::StreamLocks;
use crate::testing::{all, id};

/// Takes its turn often, and says whether it was ever not alone.
async fn take_turns(locks: StreamLocks, streams: Vec<Uuid>, inside: Arc<AtomicUsize>) -> bool {
    let mut alone = true;
    for _ in 0..50 {
        let _turn = locks.turn(&streams).await;
        alone &= inside.fetch_add(1, Ordering::SeqCst) == 0;
        yield_now().await;
        inside.fetch_sub(1, Ordering::SeqCst);
    }
    alone
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn turns_on_a_stream_are_taken_one_by_one_in_whatever_order_streams_are_named() {
    let locks = StreamLocks::default();
    let inside = Arc::new(AtomicUsize::new(0));
    let takers = (0..8u128)
        .map(|n| {
            // All have stream 0; the others come in another order for each.
            let mut streams = vec![id(0), id(n % 3 + 1), id((n + 1) % 3 + 1)];
            streams.rotate_left(usize::try_from(n % 3).unwrap());
            tokio::spawn(take_turns(locks.clone(), streams, Arc::clone(&inside)))
        })
        .collect();
    assert!(all(takers).await.into_iter().all(|alone| alone));
}

#[tokio::test]
async fn a_stream_named_twice_does_not_wait_for_itself() {
    let locks = StreamLocks::default();
    drop(locks.turn(&[id(1), id(1)]).await);
    assert!(locks.turn(&[]).await.is_empty());
}
