//! The tail is complete: everything that can come between a commit and its reader, all at once.
//!
//! Writers with delays, rollbacks, savepoints, killed connections and prepared transactions;
//! bystanders in this database and another one; leaders killed while two sequencers run. Every
//! committed event is read exactly once, in the order of its stream, and two readers who tail the log
//! meanwhile agree. A third one, who goes by the events' own numbers, shows what all this is for.
//!
//! `ANNALS_STORM_SECONDS` and `ANNALS_STORM_WRITERS` make it longer and wider.

#![expect(clippy::disallowed_methods, reason = "the size of the storm is given by the environment")]

mod readers;
mod writers;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::sleep;

use super::super::status::status;
use super::Running;
use super::leaders::kill_leader;
use crate::testing::{Server, World, all, soon};
use readers::{naive, tail};
use writers::{appender, bystander, writer};

/// An event, by its stream and its number within.
type Event = (String, i64);

fn size(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_committed_event_is_read_once_and_in_order_whatever_happens() {
    let seconds = size("ANNALS_STORM_SECONDS", 3);
    let writers = size("ANNALS_STORM_WRITERS", 16);
    let until = Instant::now() + Duration::from_secs(seconds);
    let server = Server::start().await;
    let world = World::on(server.migrated("annals").await).await;
    let other = server.empty("other").await;
    let (first, second) = (Running::start(&world).await, Running::start(&world).await);
    let (told, end) = watch::channel(None);
    let reading = [&first, &second]
        .map(|node| tokio::spawn(tail(node.journal.clone(), world.options(), end.clone())));
    let naively = tokio::spawn(naive(world.options(), end));

    let mut writing: Vec<_> =
        (0..writers).map(|number| tokio::spawn(writer(world.options(), number, until))).collect();
    // Of both processes, on the same streams.
    writing.extend((0..4).map(|number| {
        let node = if number % 2 == 0 { &first } else { &second };
        tokio::spawn(appender(node.journal.clone(), until))
    }));
    for (number, options) in [world.options(), other.clone(), other].into_iter().enumerate() {
        tokio::spawn(bystander(options, number as u64, until));
    }
    let mut killed = 0;
    while Instant::now() < until {
        sleep(Duration::from_millis(700)).await;
        kill_leader(&world).await;
        killed += 1;
    }
    let committed: Vec<Event> = all(writing).await.into_iter().flatten().collect();
    let settled = soon("everything has its number", settled(&world)).await;
    told.send(Some(settled)).unwrap();
    let [one, two] = reading;
    let (one, two) = (soon("the first reads", one).await, soon("the second reads", two).await);
    let seen = soon("the third reads", naively).await.unwrap();
    first.stop().await;
    second.stop().await;
    let lost = committed.len() - seen;
    prove(&world, &committed, &one.unwrap(), &two.unwrap()).await;
    eprintln!(
        "storm of {seconds} s, {writers} writers, {killed} leaders killed: {} events committed, \
         none lost; a reader by allocation lost {lost}",
        committed.len()
    );
    drop(world);
    server.end().await;
}

/// The number of the last event, once none is without.
async fn settled(world: &World) -> usize {
    loop {
        let now = status(world.journal.pool()).await.unwrap();
        if now.unsettled == 0 {
            return usize::try_from(now.head).unwrap();
        }
        sleep(Duration::from_millis(5)).await;
    }
}

async fn prove(world: &World, committed: &[Event], one: &[Event], two: &[Event]) {
    assert!(one == two, "the readers disagree");
    let (read, wanted): (BTreeSet<_>, BTreeSet<_>) =
        (one.iter().collect(), committed.iter().collect());
    let lost: Vec<_> = wanted.difference(&read).take(5).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    assert_eq!(one.len(), committed.len(), "events were read twice, or were never committed");
    let mut streams = BTreeMap::<&str, i64>::new();
    for (stream, sequence) in one {
        let version = streams.entry(stream).or_default();
        *version += 1;
        assert_eq!(sequence, version, "order within {stream}");
    }
    let report = world.check().await;
    assert_eq!((report.tampering, report.unsettled), (None, 0));
    assert_eq!(usize::try_from(report.size), Ok(committed.len()));
}
