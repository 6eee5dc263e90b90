//! Imports an incident log: reads the file, finds or makes the people it names, turns each row into
//! commands and puts an incident's rows into the journal at once.
//!
//! A row's identity is a claim (incident, digest of the row, how often it stood there): a row that
//! is in is skipped, so that running a file twice adds nothing, and a killed import goes on where it
//! stopped. Rows of one incident are handled in order, incidents side by side; memory is bounded by
//! a few chunks of rows. The mapping itself is pure: `domain::import::incident_log`.

mod chunk;
mod error;
mod file;
mod people;
mod report;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::kernel::{ClaimKey, SlaPlanId};
use domain::ticket::command::PlanChoice;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::gateway::Gateway;

pub use error::ImportError;
pub(in crate::workers) use file::Counted;
pub use report::Tally;

use chunk::Chunks;
use file::Chunk;
use report::{Report, RowResult};

/// Incidents handled side by side: enough for their appends to share statements.
const WORKERS: usize = 24;
/// Chunks that wait for each of them.
const WAITING: usize = 4;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The file; `.gz` is unpacked on the way.
    pub file: PathBuf,
    /// Where rows that are odd, refused or unreadable are listed, one JSON object a line.
    pub report: PathBuf,
    /// The service level plan that measures its tickets; none: none does.
    pub plan: Option<String>,
    /// Decide everything, store nothing.
    pub dry_run: bool,
}

/// How far the reading is; shared with whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Bytes of the file that were read.
    pub bytes: AtomicU64,
    /// Rows that were answered.
    pub rows: AtomicU64,
}

/// Imports the file; every row is answered in the tally.
pub async fn run(
    gateway: &Gateway,
    options: &Options,
    progress: Arc<Progress>,
) -> Result<Tally, ImportError> {
    let plan = plan(gateway, options.plan.as_deref()).await?;
    let (answers, answered) = mpsc::channel(WORKERS * WAITING);
    let report = Arc::new(Report::open(options)?);
    let collecting = tokio::spawn(Arc::clone(&report).collect(answered, Arc::clone(&progress)));
    let chunks = Arc::new(Chunks::new(gateway.clone(), report, (plan, options.dry_run)));
    let mut workers = JoinSet::new();
    let mut lanes = Vec::with_capacity(WORKERS);
    for _ in 0..WORKERS {
        let (lane, mut waiting) = mpsc::channel::<Chunk>(WAITING);
        lanes.push(lane);
        let (chunks, answers) = (Arc::clone(&chunks), answers.clone());
        workers.spawn(async move {
            while let Some(chunk) = waiting.recv().await {
                for answer in chunks.import(chunk).await? {
                    send(&answers, answer).await;
                }
            }
            Ok::<(), ImportError>(())
        });
    }
    let reading = {
        let (path, progress, answers) =
            (options.file.clone(), Arc::clone(&progress), answers.clone());
        tokio::task::spawn_blocking(move || file::read(&path, &progress, &lanes, &answers))
    };
    drop(answers);
    let mut failed = None;
    while let Some(worker) = workers.join_next().await {
        if let Err(error) = worker.unwrap_or(Err(ImportError::Interrupted)) {
            // The first failure ends the import: the others' lanes close as the reader stops.
            failed.get_or_insert(error);
            workers.abort_all();
        }
    }
    let read = reading.await.unwrap_or(Err(ImportError::Interrupted));
    let tally = collecting.await.unwrap_or(Err(ImportError::Interrupted))?;
    match failed {
        Some(error) => Err(error),
        None => read.map(|()| tally),
    }
}

/// The plan of this name, before anything is written.
async fn plan(gateway: &Gateway, name: Option<&str>) -> Result<PlanChoice, ImportError> {
    let Some(name) = name else { return Ok(PlanChoice::Unmeasured) };
    let key = ClaimKey::of_name(name.trim());
    let holders = gateway.journal().holders("sla_plan.name", &[key]).await?;
    let found = holders.into_iter().flatten().next();
    let found = found.ok_or_else(|| ImportError::PlanUnknown(name.to_owned()))?;
    Ok(PlanChoice::Named(SlaPlanId(found)))
}

async fn send(answers: &mpsc::Sender<RowResult>, answer: RowResult) {
    // The collector outlives all senders unless writing the report failed, which it tells itself.
    let _ = answers.send(answer).await;
}

impl Progress {
    pub(in crate::workers) fn row(&self) {
        self.rows.fetch_add(1, Ordering::Relaxed);
    }
}
