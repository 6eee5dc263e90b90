//! The real clock and real chance: the only place that touches them.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, Utc};
use domain::kernel::{Clock, Ids};
use uuid::{NoContext, Timestamp, Uuid};

use super::BootError;

/// The machine's clock.
#[derive(Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> DateTime<Utc> {
        #[expect(clippy::disallowed_methods, reason = "this is the one door to the real clock")]
        let now = Utc::now();
        // Microseconds, as Postgres keeps them: an instant must survive storage.
        DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
    }
}

/// A file as the clock, so that whole days can be simulated with the real binary. It holds one RFC
/// 3339 instant and is read each time; while it cannot be read, the last instant stands.
#[derive(Debug)]
pub struct FileClock {
    file: PathBuf,
    last_micros: AtomicI64,
}

impl FileClock {
    /// The file must hold an instant now.
    pub fn open(file: PathBuf) -> Result<Self, BootError> {
        let Some(now) = read(&file) else { return Err(BootError::TestClock(file)) };
        Ok(Self { file, last_micros: AtomicI64::new(now.timestamp_micros()) })
    }
}

impl Clock for FileClock {
    fn now(&self) -> DateTime<Utc> {
        let micros = match read(&self.file) {
            Some(now) => {
                self.last_micros.store(now.timestamp_micros(), Ordering::Relaxed);
                now.timestamp_micros()
            }
            None => self.last_micros.load(Ordering::Relaxed),
        };
        DateTime::from_timestamp_micros(micros).unwrap_or_default()
    }

    fn is_simulated(&self) -> bool {
        true
    }
}

fn read(file: &Path) -> Option<DateTime<Utc>> {
    std::fs::read_to_string(file).ok()?.trim().parse().ok()
}

/// Time-ordered identities with real chance in them.
#[derive(Debug)]
pub struct RandomIds {
    clock: Arc<dyn Clock>,
}

impl RandomIds {
    /// Ordered by this clock.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl Ids for RandomIds {
    fn next(&self) -> Uuid {
        let now = self.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
    }
}
