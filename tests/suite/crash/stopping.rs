//! Stopping on purpose, under load: what was begun is finished, and the other server goes on.

use std::time::{Duration, Instant};

use sqlx::Row;

use super::chance::seed;
use super::load::Load;
use super::nodes::{Nodes, eventually};
use super::proofs::{never, repeat, stored_once};

/// A server that is told to stop has stopped by then.
const STOPPED: Duration = Duration::from_secs(10);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_told_to_stop_finishes_and_the_other_one_goes_on() {
    let mut nodes = Nodes::start(2).await;
    let load = Load::start(&nodes.doors, 16, seed()).await;
    // Each of them in turn: the second time it is the one that took over.
    for node in 0..nodes.count() {
        let before = load.acknowledged();
        eventually("load", async || load.acknowledged() > before + 50).await;
        let server = nodes.take(node);
        let begun = Instant::now();
        let stopped = tokio::task::spawn_blocking(move || server.stop("TERM")).await.unwrap();
        let took = begun.elapsed();
        assert_eq!(stopped, 0, "{}", nodes.complaints());
        assert!(took <= STOPPED, "it took {took:?} to stop");
        let begun = Instant::now();
        // Numbers go on, and views, in the process that is left.
        let numbered = size(&nodes).await;
        eventually("the next leader", async || size(&nodes).await > numbered).await;
        let after = load.acknowledged();
        eventually("answers of the other one", async || load.acknowledged() > after).await;
        eprintln!("soak: stopped within {took:?}, led again within {:?}", begun.elapsed());
        nodes.raise(node, &[]).await;
    }
    let (people, told) = load.finish().await;
    stored_once(&mut nodes.owner().await, &told).await;
    repeat(&people, &told).await;
    never(&nodes).await;
}

/// How many events have their numbers.
async fn size(nodes: &Nodes) -> i64 {
    let sql = "select tree_size from journal.sequencer";
    sqlx::query(sql).fetch_one(&mut nodes.owner().await).await.unwrap().get(0)
}
