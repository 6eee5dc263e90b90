//! Reads the file into chunks: rows of one incident that stand together, in order.

use std::cell::Cell;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::{BufReader, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use csv::{ReaderBuilder, StringRecord};
use domain::import::incident_log::{IncidentRow, missing_columns};
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use tokio::sync::mpsc::Sender;

use super::Progress;
use super::error::ImportError;
use super::report::{Answer, RowResult};

/// Rows a chunk: bounds memory and the size of one append.
const CHUNK: usize = 200;
/// Bytes a row may have; a file without line ends must not eat the memory.
const ROW_MAX: u64 = 256 * 1024;
/// Lines a row may have; a quote that nobody closes must not swallow the rest of the file.
const ROW_LINES: u64 = 50;

/// A row that can be read.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Line of the file, from 1.
    pub(super) line: u64,
    /// Digest of all its fields, and how often it stood in this incident before.
    pub(super) identity: String,
    pub(super) row: IncidentRow,
}

/// Rows of one incident.
#[derive(Debug, Clone)]
pub(super) struct Chunk {
    /// The last row before these, of the same incident.
    pub(super) previous: Option<IncidentRow>,
    pub(super) rows: Vec<Row>,
}

/// Reads it all; hands each chunk to the lane of its incident, and each bad row to the report.
pub(super) fn read(
    path: &Path,
    progress: &Arc<Progress>,
    lanes: &[Sender<Chunk>],
    answers: &Sender<RowResult>,
) -> Result<(), ImportError> {
    let budget = Rc::new(Cell::new(ROW_MAX));
    let bounded = Bounded { inner: open(path, progress)?, budget: Rc::clone(&budget) };
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(bounded);
    let not_a_log = |fault: String| ImportError::NotAnIncidentLog { file: path.to_owned(), fault };
    let header = reader.headers().map_err(|error| fault(path, &error))?.clone();
    let missing = missing_columns(header.iter());
    if !missing.is_empty() {
        return Err(not_a_log(format!("columns {} are missing", missing.join(", "))));
    }
    let columns: HashMap<String, usize> =
        header.iter().enumerate().map(|(at, name)| (name.trim().to_owned(), at)).collect();
    let mut together = Together { lanes, number: String::new(), seen: HashMap::new(), chunk: None };
    let mut record = StringRecord::new();
    loop {
        budget.set(ROW_MAX);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            // A broken line is that line's fault; anything else ends the reading.
            Err(error) if matches!(error.kind(), csv::ErrorKind::Utf8 { .. }) => {
                let line = error.position().map_or(0, csv::Position::line);
                bad_row(answers, line, "", "not UTF-8");
                continue;
            }
            Err(error) => return Err(fault(path, &error)),
        }
        let line = record.position().map_or(0, csv::Position::line);
        let get = |name: &str| columns.get(name).and_then(|at| record.get(*at));
        if reader.position().line() > line + ROW_LINES {
            return Err(not_a_log(format!("a quote in line {line} is never closed")));
        }
        let number = get("number").unwrap_or_default();
        if record.len() != header.len() {
            bad_row(answers, line, number, "not as many fields as columns");
            continue;
        }
        match IncidentRow::parse(get) {
            Ok(row) => {
                if !together.push(line, &record, row) {
                    return Ok(());
                }
            }
            Err(error) => bad_row(answers, line, number, &error.to_string()),
        }
    }
    together.flush();
    Ok(())
}

fn bad_row(answers: &Sender<RowResult>, line: u64, incident: &str, why: &str) {
    let incident = incident.chars().take(40).collect();
    let answer = Answer::Unreadable { why: why.to_owned() };
    // Fails only when the report is gone, which ends the import anyway.
    let _ = answers.blocking_send(RowResult { line, incident, answer, notes: Vec::new() });
}

/// Gathers the rows of one incident.
struct Together<'a> {
    lanes: &'a [Sender<Chunk>],
    number: String,
    seen: HashMap<[u8; 16], u32>,
    chunk: Option<Chunk>,
}

impl Together<'_> {
    /// Whether reading should go on.
    fn push(&mut self, line: u64, record: &StringRecord, row: IncidentRow) -> bool {
        let mut previous = None;
        if row.number != self.number {
            if !self.flush() {
                return false;
            }
            self.number.clone_from(&row.number);
            self.seen.clear();
        } else if self.chunk.as_ref().is_some_and(|chunk| chunk.rows.len() >= CHUNK) {
            previous = self.chunk.as_ref().and_then(|c| c.rows.last()).map(|last| last.row.clone());
            if !self.flush() {
                return false;
            }
        }
        let digest = digest(record);
        let times = self.seen.entry(digest).or_default();
        *times += 1;
        let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let identity = format!("{}/{digest}/{times}", row.number);
        let chunk = self.chunk.get_or_insert_with(|| Chunk { previous, rows: Vec::new() });
        chunk.rows.push(Row { line, identity, row });
        true
    }

    /// Hands the gathered rows over; whether anybody still takes them.
    fn flush(&mut self) -> bool {
        let Some(chunk) = self.chunk.take() else { return true };
        let mut hasher = DefaultHasher::new();
        self.number.hash(&mut hasher);
        let lane = usize::try_from(hasher.finish() % self.lanes.len() as u64).unwrap_or_default();
        self.lanes[lane].blocking_send(chunk).is_ok()
    }
}

fn digest(record: &StringRecord) -> [u8; 16] {
    let mut hasher = Sha256::new();
    for field in record {
        hasher.update(field.as_bytes());
        hasher.update([0x1f]);
    }
    let hash: [u8; 32] = hasher.finalize().into();
    hash.first_chunk().copied().unwrap_or_default()
}

fn open(path: &Path, progress: &Arc<Progress>) -> Result<Box<dyn Read>, ImportError> {
    let file = File::open(path)
        .map_err(|error| ImportError::Unreadable { file: path.to_owned(), kind: error.kind() })?;
    let counted = Counted::new(file, progress);
    let buffered = BufReader::with_capacity(1 << 16, counted);
    Ok(if path.extension().is_some_and(|ending| ending == "gz") {
        Box::new(MultiGzDecoder::new(buffered))
    } else {
        Box::new(buffered)
    })
}

fn fault(path: &Path, error: &csv::Error) -> ImportError {
    match error.kind() {
        csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::FileTooLarge => {
            ImportError::NotAnIncidentLog {
                file: path.to_owned(),
                fault: format!("a row has more than {ROW_MAX} bytes"),
            }
        }
        csv::ErrorKind::Io(error) => {
            ImportError::Unreadable { file: path.to_owned(), kind: error.kind() }
        }
        _ => ImportError::NotAnIncidentLog {
            file: path.to_owned(),
            fault: "it is not comma-separated text".to_owned(),
        },
    }
}

/// Ends a row that does not end by itself.
struct Bounded {
    inner: Box<dyn Read>,
    /// Bytes that may still be read for this row.
    budget: Rc<Cell<u64>>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.budget.get() == 0 {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        let read = self.inner.read(buffer)?;
        self.budget.set(self.budget.get().saturating_sub(read as u64));
        Ok(read)
    }
}

/// Tells how far the reading is, in bytes of the file.
#[derive(Debug)]
pub(in crate::workers) struct Counted {
    inner: File,
    progress: Arc<Progress>,
}

impl Counted {
    pub(in crate::workers) fn new(inner: File, progress: &Arc<Progress>) -> Self {
        Self { inner, progress: Arc::clone(progress) }
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.progress.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
