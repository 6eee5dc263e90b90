//! The formats a table is written in: CSV, NDJSON and XLSX.
//!
//! A writer is given rows and hands out bytes as they fill a buffer, so that a file's length costs no
//! memory. XLSX files are put together at the end, from a temporary file: only then is a byte of them
//! there. No database and no HTTP here. Called by the exporting.

mod csv;
mod ndjson;
#[cfg(test)]
mod tests;
mod xlsx;

use std::fs::File;

use projections::exports::Kind;
use strum::{Display, EnumString};

use csv::Csv;
use ndjson::Ndjson;
use xlsx::Xlsx;

/// So many bytes are handed out at a time.
const PIECE: usize = 64 * 1024;

/// A format; the display form is what callers name it by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, EnumString, clap::ValueEnum)]
#[strum(serialize_all = "lowercase")]
pub enum Format {
    /// Comma-separated texts (RFC 4180), the first line the names of the columns
    Csv,
    /// A JSON object a line
    Ndjson,
    /// A workbook; what does not fit into a sheet goes on in the next
    Xlsx,
}

impl Format {
    /// The media type of such a file.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Ndjson => "application/x-ndjson",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// A column of what is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    /// Its name.
    pub(super) name: String,
    /// What stands below it.
    pub(super) kind: Kind,
}

/// Writing failed; what it is about is not in the sentence.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// A temporary file cannot be written.
    #[error("a temporary file cannot be written: {}", .0.kind())]
    File(#[from] std::io::Error),
    /// The CSV writer's refusal.
    #[error("a row cannot be written as CSV")]
    Csv,
    /// The workbook's refusal.
    #[error("a row cannot be written into a workbook: {0}")]
    Xlsx(String),
}

/// What is left when all rows are written.
pub(super) enum Ending {
    /// The last bytes.
    Bytes(Vec<u8>),
    /// All bytes, in a file that nobody else sees.
    File(File),
}

/// Writes one file.
pub(super) enum Writer {
    /// Lines of CSV.
    Csv(Box<Csv>),
    /// Lines of JSON.
    Ndjson(Ndjson),
    /// A workbook.
    Xlsx(Box<Xlsx>),
}

impl Writer {
    /// Begins a file with these columns; `name` is what it holds.
    pub(super) fn begin(
        format: Format,
        name: &str,
        headings: Vec<Heading>,
    ) -> Result<Self, FormatError> {
        Ok(match format {
            Format::Csv => Self::Csv(Box::new(Csv::begin(headings)?)),
            Format::Ndjson => Self::Ndjson(Ndjson::begin(headings)),
            Format::Xlsx => Self::Xlsx(Box::new(Xlsx::begin(name, headings)?)),
        })
    }

    /// Adds a row: a cell a column; none: there is nothing.
    pub(super) fn row(&mut self, cells: &[Option<&str>]) -> Result<(), FormatError> {
        match self {
            Self::Csv(csv) => csv.row(cells),
            Self::Ndjson(ndjson) => {
                ndjson.row(cells);
                Ok(())
            }
            Self::Xlsx(xlsx) => xlsx.row(cells),
        }
    }

    /// Adds a line as it stands, which is none of the columns; to NDJSON alone.
    pub(super) fn line(&mut self, line: &str) {
        if let Self::Ndjson(ndjson) = self {
            ndjson.line(line);
        }
    }

    /// The bytes so far, when they are worth it.
    pub(super) fn filled(&mut self) -> Result<Option<Vec<u8>>, FormatError> {
        match self {
            Self::Csv(csv) => csv.filled(),
            Self::Ndjson(ndjson) => Ok(ndjson.filled()),
            Self::Xlsx(_) => Ok(None),
        }
    }

    /// Ends the file. May take long, and waits for the disc.
    pub(super) fn finish(self) -> Result<Ending, FormatError> {
        match self {
            Self::Csv(csv) => csv.finish().map(Ending::Bytes),
            Self::Ndjson(ndjson) => Ok(Ending::Bytes(ndjson.finish())),
            Self::Xlsx(xlsx) => xlsx.finish().map(Ending::File),
        }
    }
}

/// Whether a spreadsheet could take what is of this kind for a formula.
fn may_run(kind: Kind) -> bool {
    matches!(kind, Kind::Text | Kind::Json | Kind::List)
}
