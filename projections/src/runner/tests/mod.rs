//! The runner against a real server that misbehaves.

mod halts;
mod life;
mod order;
mod parks;
mod restored;
mod shares;
mod waits;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::{ProjectionStatus, Runner, status};
use crate::read_models;
use crate::schema::live;
use crate::testing::World;
use crate::tickets::Tickets;

/// Longer than anything here may take.
const LONG: Duration = Duration::from_secs(30);

/// A runner at work, as a process has one.
struct Running {
    runner: Arc<Runner>,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    fn start(runner: Arc<Runner>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(Arc::clone(&runner).run(stopped));
        Self { runner, stop, task }
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        timeout(LONG, self.task).await.unwrap().unwrap();
    }
}

/// Waits until every model's status is as wanted.
async fn until(world: &World, wanted: impl Fn(&ProjectionStatus) -> bool) -> Vec<ProjectionStatus> {
    let reached = async {
        loop {
            let all = status(world.pool()).await.unwrap();
            if all.len() == read_models().len() && all.iter().all(&wanted) {
                return all;
            }
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(LONG, reached).await.unwrap()
}

/// Whether the live rows of tickets are those of a clean rebuild.
async fn as_made_anew(world: &World) {
    world.filled(&Tickets::default(), "anew", 500).await;
    let live = world.digest(&Tickets::default(), &live("tickets")).await;
    assert_eq!(live, world.digest(&Tickets::default(), "anew").await);
}
