//! Files become rows, some hundred at a time. What a file says is not looked into further here.

mod ndjson;
mod places;
mod table;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::mpsc::Sender;

use super::error::CisError;
use super::fault::Fault;
use super::mapping::Mapping;
use super::row::{Body, Row};
use super::{Format, glpi};
use crate::workers::incident_log::Progress;
use crate::workers::packed::{self, Line, SWELL, Unpacked};
pub(super) use ndjson::named_in;
use table::{Table, TableFault};

/// Rows that are decided together.
pub(super) const CHUNK: usize = 1_000;
/// What rows of a chunk may weigh: very long ones come in fewer.
const CHUNK_BYTES: usize = 8 << 20;

/// Rows that are there already, in chunks.
pub(super) fn chunks(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut chunks: Vec<Vec<Row>> = Vec::new();
    let mut open = false;
    for row in rows {
        let alone = is_alone(&row);
        match chunks.last_mut().filter(|chunk| open && !alone && chunk.len() < CHUNK) {
            Some(chunk) => chunk.push(row),
            None => chunks.push(vec![row]),
        }
        open = !alone;
    }
    chunks
}

/// A class is decided by itself: what comes after it may be of it. And what an inventory ends is
/// looked for when everything before it is stored.
fn is_alone(row: &Row) -> bool {
    matches!(row.body, Ok(Body::Define(_) | Body::Only(_)))
}

/// What is read, and how.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) file: std::path::PathBuf,
    pub(super) format: Format,
    pub(super) mapping: Mapping,
}

impl Reading {
    /// Reads it all; ends early when nobody takes rows any more.
    pub(super) fn run(
        &self,
        progress: &Arc<Progress>,
        chunks: Sender<Vec<Row>>,
    ) -> Result<(), CisError> {
        let path = self.file.as_path();
        let swollen = Rc::new(Cell::new(false));
        let reader = packed::open(path, progress, &swollen)
            .map_err(|error| failed(path, &error, &swollen))?;
        let mut chunker = Chunker { chunks, rows: Vec::with_capacity(CHUNK), bytes: 0 };
        match self.format {
            Format::Ndjson => {
                lines(reader, &mut chunker).map_err(|error| failed(path, &error, &swollen))?
            }
            Format::Csv => self.table(reader, &mut chunker, &swollen)?,
            Format::Glpi => self.inventory(reader, &mut chunker, &swollen)?,
        }
        chunker.flush();
        Ok(())
    }

    fn table(
        &self,
        reader: Unpacked,
        chunker: &mut Chunker,
        swollen: &Cell<bool>,
    ) -> Result<(), CisError> {
        let path = self.file.as_path();
        let fault = |fault| match fault {
            TableFault::Io(error) => failed(path, &error, swollen),
            other => CisError::Unfit { file: path.to_owned(), fault: other.to_string() },
        };
        let mut table = Table::open(reader, &self.mapping).map_err(fault)?;
        loop {
            match table.next() {
                Ok(Some(row)) => {
                    let bytes = table.bytes();
                    if !chunker.push(row, bytes) {
                        return Ok(());
                    }
                }
                Ok(None) => return Ok(()),
                Err(broken) => {
                    // The rows before it are good.
                    chunker.flush();
                    return Err(fault(broken));
                }
            }
        }
    }

    /// An inventory is one object, which is read as a whole.
    fn inventory(
        &self,
        reader: Unpacked,
        chunker: &mut Chunker,
        swollen: &Cell<bool>,
    ) -> Result<(), CisError> {
        let path = self.file.as_path();
        let mut text = Vec::new();
        let mut bounded = reader.take(glpi::SIZE_MAX as u64 + 1);
        bounded.read_to_end(&mut text).map_err(|error| failed(path, &error, swollen))?;
        let rows = glpi::rows(&text, &self.mapping)
            .map_err(|fault| CisError::Unfit { file: path.to_owned(), fault })?;
        for row in rows {
            if !chunker.push(row, 0) {
                break;
            }
        }
        Ok(())
    }
}

fn lines(mut reader: Unpacked, chunker: &mut Chunker) -> std::io::Result<()> {
    for line in 1.. {
        let (body, bytes) = match packed::next_line(&mut reader)? {
            None => break,
            Some(Line::TooLong) => (Err(Fault::LineTooLong), 0),
            Some(Line::Whole(text)) if text.trim_ascii().is_empty() => continue,
            Some(Line::Whole(text)) => (ndjson::body(&text), text.len()),
        };
        if !chunker.push(Row { line, body, columns: None }, bytes) {
            break;
        }
    }
    Ok(())
}

fn failed(path: &Path, error: &std::io::Error, swollen: &Cell<bool>) -> CisError {
    match swollen.get() {
        true => CisError::Swells { file: path.to_owned(), most: SWELL },
        false => CisError::Unreadable { file: path.to_owned(), kind: error.kind() },
    }
}

/// Gathers rows.
struct Chunker {
    chunks: Sender<Vec<Row>>,
    rows: Vec<Row>,
    bytes: usize,
}

impl Chunker {
    /// Whether reading should go on.
    fn push(&mut self, row: Row, bytes: usize) -> bool {
        let alone = is_alone(&row);
        if alone && !self.flush() {
            return false;
        }
        self.bytes += bytes;
        self.rows.push(row);
        let full = self.rows.len() >= CHUNK || self.bytes >= CHUNK_BYTES;
        if full || alone { self.flush() } else { true }
    }

    fn flush(&mut self) -> bool {
        if self.rows.is_empty() {
            return true;
        }
        self.bytes = 0;
        let rows = std::mem::replace(&mut self.rows, Vec::with_capacity(CHUNK));
        self.chunks.blocking_send(rows).is_ok()
    }
}
