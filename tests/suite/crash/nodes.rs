//! Two servers on one folder, and the doors that clients find open.

use std::path::Path;
use std::process::Child;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};
use testbed::{Folder, Process};
use tokio::time::sleep;

/// Within this whatever was killed is there again.
pub(super) const RECOVERY: Duration = Duration::from_secs(60);
/// Between two looks at something that is waited for.
const LOOK: Duration = Duration::from_millis(20);

/// Addresses of the servers, where they were last seen.
#[derive(Debug, Clone, Default)]
pub(super) struct Doors(Arc<Mutex<Vec<Option<String>>>>);

impl Doors {
    /// The open ones.
    pub(super) fn open(&self) -> Vec<String> {
        let doors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        doors.iter().flatten().cloned().collect()
    }

    fn set(&self, node: usize, base: Option<String>) {
        let mut doors = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if doors.len() <= node {
            doors.resize(node + 1, None);
        }
        doors[node] = base;
    }
}

/// The servers of a folder.
#[derive(Debug)]
pub(super) struct Nodes {
    /// Dropped before the folder: whoever is left lets PostgreSQL stop.
    running: Vec<Option<Process>>,
    pub(super) doors: Doors,
    pub(super) folder: Arc<Folder>,
    owner: String,
}

impl Nodes {
    /// A new folder with the demo organisation, and this many servers.
    pub(super) async fn start(count: usize) -> Self {
        let folder = Arc::new(Folder::new());
        let doors = Doors::default();
        let mut nodes =
            Self { running: Vec::new(), doors, folder: Arc::clone(&folder), owner: String::new() };
        nodes.running.resize_with(count, || None);
        // The first one seeds, then the others come.
        nodes.raise(0, &["--demo"]).await;
        nodes.owner =
            tokio::task::spawn_blocking(move || folder.owner_url()).await.expect("it never panics");
        for node in 1..count {
            nodes.raise(node, &[]).await;
        }
        nodes
    }

    /// Starts a server, as often as it takes, as a service manager does.
    pub(super) async fn raise(&mut self, node: usize, arguments: &'static [&'static str]) {
        let begun = Instant::now();
        loop {
            let folder = Arc::clone(&self.folder);
            let started = tokio::task::spawn_blocking(move || folder.serve(arguments)).await;
            match started.expect("it never panics") {
                Ok((process, base)) => {
                    self.running[node] = Some(process);
                    self.doors.set(node, Some(base));
                    return;
                }
                Err(said) => {
                    assert!(begun.elapsed() < RECOVERY, "server {node} does not start: {said}");
                    sleep(LOOK).await;
                }
            }
        }
    }

    /// Starts a server without waiting for it: whoever has it may end it at once.
    pub(super) fn begin(&self) -> Child {
        self.folder.begin(&[])
    }

    /// kill -9; its door stays, as clients do not know yet.
    pub(super) fn kill(&mut self, node: usize) {
        self.running[node] = None;
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.running.len()
    }

    /// Takes a server out, to stop it by hand.
    pub(super) fn take(&mut self, node: usize) -> Process {
        self.doors.set(node, None);
        self.running[node].take().unwrap()
    }

    /// Whoever owns the database, as soon as it answers.
    pub(super) async fn owner(&self) -> PgConnection {
        let begun = Instant::now();
        loop {
            match PgConnection::connect(&self.owner).await {
                Ok(conn) => return conn,
                Err(error) => assert!(begun.elapsed() < RECOVERY, "the database is gone: {error}"),
            }
            sleep(LOOK).await;
        }
    }

    /// What the servers complained of last.
    pub(super) fn complaints(&self) -> String {
        last_lines(&self.folder.log()) + &last_lines(&self.folder.path().join("postgres.log"))
    }
}

fn last_lines(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(30).collect();
    lines.into_iter().rev().fold(String::new(), |all, line| all + line + "\n")
}

/// Waits until this is so.
pub(super) async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let begun = Instant::now();
    while !is_so().await {
        assert!(begun.elapsed() < RECOVERY, "waited in vain for {what}");
        sleep(LOOK).await;
    }
}
