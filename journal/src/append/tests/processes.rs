//! Several processes on one journal, and many writers on one stream.

use std::collections::BTreeSet;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::group::{claiming, hold, of, release};
use crate::append::{AppendError, CommandRecord};
use crate::journal::Journal;
use crate::testing::{World, all, append, command, id, stopped, ticket};

/// Waits for its turn, looks where the stream stands, and appends: nobody is ever stale.
async fn in_turn(journal: Journal, holder: u128) {
    let _turn = journal.locks().turn(&[id(1)]).await;
    let version = journal.stream("ticket", id(1), 0).await.unwrap().len();
    let event = ticket(1, i64::try_from(version).unwrap(), vec![stopped(holder)]);
    append(&journal, event).await.unwrap();
}

#[tokio::test]
async fn sixty_four_writers_on_one_stream_all_succeed_at_once() {
    let world = World::new().await;
    all((0..64).map(|n| tokio::spawn(in_turn(world.journal.clone(), n))).collect()).await;
    assert_eq!(world.journal.stream("ticket", id(1), 0).await.unwrap().len(), 64);
}

/// One key, taken and given back by streams that only their worker knows; one stream that all share.
/// Answers how many appends were stored.
async fn work(journal: Journal, worker: u128) -> i64 {
    let mut random = StdRng::seed_from_u64(u64::try_from(worker).unwrap());
    let (own, mut own_version, mut shared_version, mut stored) = (100 + worker, 0, 0, 0);
    for round in 0..12 {
        let key = ["a", "b"][random.random_range(0..2)];
        let record = command(1000 * worker + round, 1);
        if journal.append(&claiming(of(own, own_version, None), hold(key))).await.is_ok() {
            let back = claiming(of(own, own_version + 2, None), release(key));
            journal.append(&back).await.unwrap();
            own_version += 4;
            stored += 2;
        }
        shared_version = on_shared(&journal, record.clone(), shared_version).await;
        stored += 1;
        // Once more, from wherever the stream stands now.
        let again = journal.append(&of(1, shared_version, Some(record))).await;
        assert!(matches!(again, Err(AppendError::Repeated(_))), "{again:?}");
    }
    stored
}

async fn on_shared(journal: &Journal, record: CommandRecord, mut version: i64) -> i64 {
    loop {
        match journal.append(&of(1, version, Some(record.clone()))).await {
            Ok(receipt) => return receipt.streams[0].version,
            Err(AppendError::Stale { actual, .. }) => version = actual,
            Err(error) => panic!("{error}"),
        }
    }
}

#[tokio::test]
async fn two_processes_with_streams_and_keys_in_common_lose_nothing_and_do_nothing_twice() {
    let world = World::new().await;
    let handles = [world.another().await, world.another().await];
    let workers =
        (0..12u128).map(|n| tokio::spawn(work(handles[n as usize % 2].clone(), n))).collect();
    let stored: i64 = all(workers).await.into_iter().sum();
    assert_eq!(world.number("select count(*) from journal.events").await, 2 * stored);
    assert_eq!(world.number("select count(*) from journal.claims").await, 0);
    assert_eq!(world.number("select count(*) from journal.commands").await, 12 * 12);
    let events = world.journal.stream("ticket", id(1), 0).await.unwrap();
    let sequences: BTreeSet<i64> = events.iter().map(|event| event.sequence).collect();
    assert_eq!(sequences, (1..=2 * 12 * 12).collect());
    world.settle().await;
    assert!(world.check().await.tampering.is_none());
}

/// Loads streams that others append to meanwhile.
#[tokio::test]
async fn loads_that_share_a_statement_get_their_own_streams() {
    let world = World::new().await;
    for n in 1..=40u128 {
        let events = (0..n % 5).map(|_| stopped(n)).collect();
        world.append(ticket(n, 0, events)).await.unwrap();
    }
    let load = |n: u128| {
        let journal = world.journal.clone();
        tokio::spawn(async move {
            journal.stream("ticket", id(n), i64::from(n.is_multiple_of(2))).await
        })
    };
    let streams = all((1..=40).map(load).collect()).await;
    for (n, stream) in (1..=40u128).zip(streams) {
        let stream = stream.unwrap();
        let after = i64::from(n.is_multiple_of(2));
        let sequences: Vec<i64> = stream.iter().map(|event| event.sequence).collect();
        assert_eq!(sequences, (1 + after..=i64::try_from(n % 5).unwrap()).collect::<Vec<_>>());
        assert!(stream.iter().all(|event| event.aggregate_id == id(n).to_string()));
    }
}
