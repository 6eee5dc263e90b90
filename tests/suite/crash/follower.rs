//! Somebody who listens through all of it: told each thing once, in order.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use testbed::{Client, DEMO_PASSWORD};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

use super::nodes::Doors;

/// Before the next server is tried.
const AGAIN: Duration = Duration::from_millis(50);
/// How long a quiet line is listened to before it is opened anew: it may be a dead one.
const QUIET: Duration = Duration::from_secs(5);

/// A listener that comes back behind what it was told last.
pub(super) struct Follower {
    task: JoinHandle<()>,
    told: Arc<std::sync::Mutex<Vec<i64>>>,
    last: Arc<AtomicI64>,
    lines: Arc<AtomicUsize>,
}

impl Follower {
    /// Listens to this subscription, whose answer has a `position`, behind this number.
    pub(super) async fn start(
        doors: &Doors,
        login: &str,
        (field, after): (&'static str, i64),
    ) -> Self {
        let person = Client::new(&doors.open()[0]).sign_in(login, DEMO_PASSWORD).await;
        let (told, last) = (Arc::default(), Arc::new(AtomicI64::new(after)));
        let lines = Arc::default();
        let mut it = Listening {
            doors: doors.clone(),
            person,
            field,
            told: Arc::clone(&told),
            last: Arc::clone(&last),
            lines: Arc::clone(&lines),
        };
        let task = tokio::spawn(async move {
            for turn in 0.. {
                it.listen(turn).await;
                sleep(AGAIN).await;
            }
        });
        Self { task, told, last, lines }
    }

    /// The number it was told last.
    pub(super) fn last(&self) -> i64 {
        self.last.load(Ordering::Relaxed)
    }

    /// What it was told, and over how many lines.
    pub(super) fn finish(self) -> (Vec<i64>, usize) {
        self.task.abort();
        let told = self.told.lock().unwrap().clone();
        (told, self.lines.load(Ordering::Relaxed))
    }
}

struct Listening {
    doors: Doors,
    person: Client,
    field: &'static str,
    told: Arc<std::sync::Mutex<Vec<i64>>>,
    last: Arc<AtomicI64>,
    lines: Arc<AtomicUsize>,
}

impl Listening {
    /// For as long as the line holds.
    async fn listen(&mut self, turn: usize) {
        let open = self.doors.open();
        let Some(base) = open.get(turn % open.len().max(1)) else { return };
        let query = format!("subscription {{ {} {{ position }} }}", self.field);
        let behind = self.last.load(Ordering::Relaxed).to_string();
        let client = self.person.at(base);
        let Some(Ok(mut listener)) =
            client.try_listen(&query, json!({}), Some(behind.as_str())).await
        else {
            return;
        };
        self.lines.fetch_add(1, Ordering::Relaxed);
        while let Ok(Some(next)) = timeout(QUIET, listener.try_next()).await {
            let answer = &next.data["data"][self.field]["position"];
            let Some(position) = answer.as_str().and_then(|text| text.parse().ok()) else {
                // The stream ends, or says that the server fails; the next one goes on.
                return;
            };
            assert_eq!(next.id.as_deref(), answer.as_str(), "resumed behind what was told");
            self.told.lock().unwrap().push(position);
            self.last.store(position, Ordering::Relaxed);
        }
    }
}
