//! The order of the log, what may not be passed, who may write it, and who does when somebody hangs.

mod invisible;
mod killed;
mod leaders;
mod order;
mod restored;
mod status;
mod storm;

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use uuid::Uuid;

use super::run as sequence;
use super::step::Leader;
use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};
use crate::testing::{World, all, append, number, soon, stopped, ticket};

/// Steps until every event that is committed now has its number.
pub(crate) async fn settle(options: &PgConnectOptions) {
    let mut conn = connect::connection(options, ActingAs::Sequencer).await.unwrap();
    let mut leader = Leader::take_over(&mut conn).await.unwrap();
    let unsettled = include_str!("../../verify/sql/unsettled.sql");
    soon("the events settle", async {
        while number(&mut conn, unsettled).await > 0 {
            step(&mut leader, &mut conn).await.unwrap();
        }
    })
    .await;
    conn.close().await.unwrap();
}

/// One step, once there is something to do for it that other databases do not hold up.
async fn step(leader: &mut Leader, conn: &mut PgConnection) -> Option<usize> {
    soon("something settles", async {
        loop {
            match leader.step(conn).await.unwrap() {
                Some(0) => sleep(Duration::from_millis(1)).await,
                other => return other,
            }
        }
    })
    .await
}

/// The streams of the log's events, by their number.
async fn log(world: &World) -> Vec<(i64, u128, i64)> {
    let query = "select global_seq, aggregate_id, sequence from journal.log order by global_seq";
    let rows = sqlx::query(query).fetch_all(&mut world.superuser().await).await.unwrap();
    let entry = |row: &sqlx::postgres::PgRow| {
        let id: Uuid = row.get::<String, _>("aggregate_id").parse().unwrap();
        (row.get("global_seq"), id.as_u128(), row.get("sequence"))
    };
    rows.iter().map(entry).collect()
}

/// Writers in parallel, each with streams of its own.
async fn busy(world: &World, writers: u128, appends: i64) {
    let write = |journal: Journal, stream| async move {
        for n in 0..appends {
            append(&journal, ticket(stream, 2 * n, vec![stopped(1), stopped(2)])).await.unwrap();
        }
    };
    let writers =
        (1..=writers).map(|stream| tokio::spawn(write(world.journal.clone(), stream))).collect();
    all(writers).await;
}

/// A sequencer's task on a handle of its own.
struct Running {
    journal: Journal,
    task: JoinHandle<()>,
    stop: watch::Sender<bool>,
}

impl Running {
    async fn start(world: &World) -> Self {
        Self::start_as(world, world.options()).await
    }

    /// With this login.
    async fn start_as(world: &World, login: PgConnectOptions) -> Self {
        let journal = world.another().await;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(sequence(journal.clone(), login, stopped));
        Self { journal, task, stop }
    }

    async fn reaches(&self, head: i64) {
        let mut heads = self.journal.head();
        soon("the log grows", heads.wait_for(|now| *now >= head)).await.unwrap();
    }

    async fn stop(self) {
        self.stop.send(true).unwrap();
        soon("the sequencer stops", self.task).await.unwrap();
    }
}
