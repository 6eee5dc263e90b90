//! The loops: wait for work to be done, kill something at a random moment, have it come back.

use std::time::{Duration, Instant};

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use sqlx::{PgConnection, Row};
use testbed::send;
use tokio::time::sleep;

use super::chance::{chance, seed, switch};
use super::follower::Follower;
use super::load::Load;
use super::nodes::{Nodes, eventually};
use super::proofs::{Frontiers, prove};

/// Clients at work.
const CLIENTS: usize = 16;
/// Commands that are acknowledged between two kills, at least.
const BETWEEN: u64 = 40;
/// Kills, when `ANNALS_KILLS` does not say.
const KILLS: u64 = 10;

/// What is killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Victim {
    /// The server whose sequencer leads, or the other one.
    Server(usize),
    /// A server, and again while it starts.
    Starting(usize),
    /// The leading sequencer's connection is ended.
    Sequencer,
    /// All connections of the servers are ended.
    Connections,
    /// kill -9 of one backend, whereupon PostgreSQL throws everybody out and recovers.
    Backend,
    /// kill -9 of the postmaster, which its keeper starts again.
    Postmaster,
}

const VICTIMS: [Victim; 7] = [
    Victim::Server(0),
    Victim::Server(1),
    Victim::Starting(0),
    Victim::Sequencer,
    Victim::Connections,
    Victim::Backend,
    Victim::Postmaster,
];

/// Backends of the servers, the leading sequencer's first.
const BACKENDS: &str = "
    select a.pid
    from pg_stat_activity a
    left join pg_locks l
        on l.pid = a.pid and l.locktype = 'advisory' and l.granted
       and (l.classid::bigint << 32 | l.objid::bigint) = x'616e6e616c73'::bigint
    where a.application_name = 'annals' and a.pid <> pg_backend_pid()
    order by l.pid is null, a.pid";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_is_killed_nothing_acknowledged_is_lost_and_nothing_happens_twice() {
    let seed = seed();
    let mut dice = chance(seed, 0);
    let mut nodes = Nodes::start(2).await;
    let begin = head(&mut nodes.owner().await).await;
    let changes = Follower::start(&nodes.doors, "director", ("ticketChanged", begin)).await;
    let notices = Follower::start(&nodes.doors, "head1", ("notifications", begin)).await;
    let load = Load::start(&nodes.doors, CLIENTS, seed).await;
    let mut frontiers = Frontiers::default();
    let mut deck = Vec::new();
    let kills = switch("ANNALS_KILLS").unwrap_or(KILLS);
    let mut longest = Duration::ZERO;
    for kill in 1..=kills {
        if deck.is_empty() {
            deck.extend(VICTIMS);
            deck.shuffle(&mut dice);
        }
        let before = load.acknowledged();
        eventually("commands that are acknowledged", async || {
            load.acknowledged() >= before + BETWEEN
        })
        .await;
        frontiers.remember(&mut nodes.owner().await).await;
        sleep(Duration::from_millis(dice.random_range(0..300))).await;
        let victim = deck.pop().unwrap();
        let begun = Instant::now();
        strike(&mut nodes, victim, &mut dice).await;
        let after = load.acknowledged();
        eventually("an answer after a kill", async || load.acknowledged() > after).await;
        longest = longest.max(begun.elapsed());
        eprintln!("{kill}: {victim:?}, answers again after {:?}", begun.elapsed());
    }
    eprintln!("soak: {kills} kills, answers again after {longest:?} at most");
    frontiers.remember(&mut nodes.owner().await).await;
    prove(nodes, load, (changes, notices), frontiers, begin).await;
}

/// Kills, and has everything come back that does not by itself.
async fn strike(nodes: &mut Nodes, victim: Victim, dice: &mut StdRng) {
    match victim {
        Victim::Server(node) => {
            nodes.kill(node);
            nodes.raise(node, &[]).await;
        }
        Victim::Starting(node) => {
            nodes.kill(node);
            let while_it_starts = Duration::from_millis(dice.random_range(0..800));
            let mut started = nodes.begin();
            sleep(while_it_starts).await;
            started.kill().unwrap();
            started.wait().unwrap();
            nodes.raise(node, &[]).await;
        }
        Victim::Sequencer => end(nodes, "select pg_terminate_backend($1)", 1).await,
        Victim::Connections => end(nodes, "select pg_terminate_backend($1)", usize::MAX).await,
        Victim::Backend => {
            let backends = backends(&mut nodes.owner().await).await;
            // One that has ended meanwhile is as good as killed.
            send("KILL", backends[dice.random_range(0..backends.len())].unsigned_abs());
        }
        Victim::Postmaster => {
            let postmaster = nodes.folder.postmaster().expect("it runs");
            assert!(send("KILL", postmaster));
            eventually("another postmaster", async || {
                nodes.folder.postmaster().is_some_and(|now| now != postmaster)
            })
            .await;
        }
    }
}

/// Ends that many connections of the servers.
async fn end(nodes: &Nodes, statement: &str, count: usize) {
    let mut owner = nodes.owner().await;
    for pid in backends(&mut owner).await.into_iter().take(count) {
        sqlx::query(statement).bind(pid).execute(&mut owner).await.unwrap();
    }
}

async fn backends(owner: &mut PgConnection) -> Vec<i32> {
    let rows = sqlx::query(BACKENDS).fetch_all(owner).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

/// The last number of the log.
async fn head(owner: &mut PgConnection) -> i64 {
    let sql = "select tree_size from journal.sequencer";
    sqlx::query(sql).fetch_one(owner).await.unwrap().get(0)
}
