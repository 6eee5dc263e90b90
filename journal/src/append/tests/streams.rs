use std::collections::BTreeSet;

use crate::append::{Append, AppendError};
use crate::journal::Journal;
use crate::testing::{World, all, append, id, stopped, ticket};

fn two(first: (u128, i64), second: (u128, i64)) -> Append {
    let streams = [first, second].map(|(id, expected)| ticket(id, expected, vec![stopped(1)]));
    Append { streams: streams.into(), ..Append::default() }
}

async fn versions(journal: &Journal, streams: impl IntoIterator<Item = u128>) -> Vec<usize> {
    let mut versions = Vec::new();
    for stream in streams {
        versions.push(journal.stream("ticket", id(stream), 0).await.unwrap().len());
    }
    versions
}

#[tokio::test]
async fn events_of_one_stream_are_read_back_in_order_as_they_were_given() {
    let world = World::new().await;
    let given = vec![stopped(1), stopped(2), stopped(3)];
    let receipt = world.append(ticket(1, 0, given.clone())).await.unwrap();
    assert_eq!((receipt.streams[0].version, receipt.replayed), (3, false));
    let read = world.journal.stream("ticket", id(1), 0).await.unwrap();
    for ((event, given), sequence) in read.iter().zip(&given).zip(1..) {
        assert_eq!(event.sequence, sequence);
        assert_eq!((&event.payload, &event.meta), (&given.payload, &given.meta));
        assert_eq!(event.event_type, "ticket.work_stopped");
    }
    assert_eq!(world.journal.stream("ticket", id(1), 2).await.unwrap(), read[2..]);
    assert_eq!(versions(&world.journal, [2]).await, [0]);
}

#[tokio::test]
async fn several_streams_are_appended_together_or_not_at_all() {
    let world = World::new().await;
    let receipt = world.journal.append(&two((2, 0), (1, 0))).await.unwrap();
    assert_eq!(receipt.streams.iter().map(|s| s.version).collect::<Vec<_>>(), [1, 1]);
    let refused = world.journal.append(&two((1, 1), (2, 0))).await.unwrap_err();
    assert!(matches!(refused, AppendError::Stale { aggregate_id, .. } if aggregate_id == id(2)));
    assert_eq!(versions(&world.journal, [1, 2]).await, [1, 1]);
}

#[tokio::test]
async fn a_stale_append_hears_the_version_it_expected_and_the_one_there_is() {
    let world = World::new().await;
    world.append(ticket(1, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    for wrong in [0, 1] {
        let stale = world.append(ticket(1, wrong, vec![stopped(3)])).await.unwrap_err();
        let AppendError::Stale { aggregate_id, expected, actual } = stale else {
            panic!("{stale}");
        };
        assert_eq!((aggregate_id, expected, actual), (id(1), wrong, 2));
    }
    assert_eq!(versions(&world.journal, [1]).await, [2]);
}

/// Appends until it succeeds: the version it reached, and how often it was stale.
async fn insist(journal: Journal, stream: u128, holder: u128) -> (i64, usize) {
    let (mut expected, mut stale) = (0, 0);
    loop {
        match append(&journal, ticket(stream, expected, vec![stopped(holder)])).await {
            Ok(receipt) => return (receipt.streams[0].version, stale),
            Err(AppendError::Stale { actual, .. }) => (expected, stale) = (actual, stale + 1),
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn of_many_writers_on_one_stream_one_wins_each_version_and_none_is_lost() {
    let world = World::new().await;
    let handles = [world.another().await, world.another().await];
    let writers =
        (0..32usize).map(|n| tokio::spawn(insist(handles[n % 2].clone(), 1, n as u128))).collect();
    let outcomes = all(writers).await;
    let reached: BTreeSet<i64> = outcomes.iter().map(|(version, _)| *version).collect();
    assert_eq!(reached, (1..=32).collect());
    assert_eq!(outcomes.iter().filter(|(_, stale)| *stale == 0).count(), 1);
    let events = world.journal.stream("ticket", id(1), 0).await.unwrap();
    let holders: BTreeSet<String> = events.iter().map(|e| e.payload.to_string()).collect();
    assert_eq!((events.len(), holders.len()), (32, 32));
}

async fn insist_on_both(journal: Journal, streams: (u128, u128)) {
    let (mut first, mut second) = (0, 0);
    for _ in 0..10 {
        while let Err(error) = journal.append(&two((streams.0, first), (streams.1, second))).await {
            let AppendError::Stale { aggregate_id, actual, .. } = error else { panic!("{error}") };
            if aggregate_id == id(streams.0) { first = actual } else { second = actual }
        }
        (first, second) = (first + 1, second + 1);
    }
}

#[tokio::test]
async fn appends_to_the_same_streams_in_opposite_orders_all_come_to_their_end() {
    let world = World::new().await;
    let handles = [world.another().await, world.another().await];
    let writers = (0..6usize)
        .map(|n| {
            let streams = if n % 2 == 0 { (1, 2) } else { (2, 1) };
            tokio::spawn(insist_on_both(handles[n % 2].clone(), streams))
        })
        .collect();
    all(writers).await;
    assert_eq!(versions(&world.journal, [1, 2]).await, [60, 60]);
}
