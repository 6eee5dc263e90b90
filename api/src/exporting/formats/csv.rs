//! CSV as RFC 4180 has it. No cell runs in a spreadsheet; nothing at all is an empty cell.

use std::borrow::Cow;

use domain::report::cell::protected;
use projections::exports::Kind;

use super::{FormatError, Heading, PIECE, may_run};

/// Writes lines.
pub(in crate::exporting) struct Csv {
    writer: csv::Writer<Vec<u8>>,
    kinds: Vec<Kind>,
}

impl Csv {
    pub(super) fn begin(headings: Vec<Heading>) -> Result<Self, FormatError> {
        let mut csv = Self { writer: writer(), kinds: Vec::with_capacity(headings.len()) };
        let names = headings.iter().map(|heading| protected(&heading.name).into_owned());
        csv.writer.write_record(names).map_err(|_| FormatError::Csv)?;
        csv.kinds.extend(headings.into_iter().map(|heading| heading.kind));
        Ok(csv)
    }

    pub(super) fn row(&mut self, cells: &[Option<&str>]) -> Result<(), FormatError> {
        for (cell, kind) in cells.iter().zip(&self.kinds) {
            let text = cell.unwrap_or_default();
            let text = if may_run(*kind) { protected(text) } else { Cow::Borrowed(text) };
            self.writer.write_field(text.as_bytes()).map_err(|_| FormatError::Csv)?;
        }
        let end: [&[u8]; 0] = [];
        self.writer.write_record(end).map_err(|_| FormatError::Csv)
    }

    pub(super) fn filled(&mut self) -> Result<Option<Vec<u8>>, FormatError> {
        // What the writer itself still has in its own buffer comes with the next piece.
        if self.writer.get_ref().len() < PIECE {
            return Ok(None);
        }
        let full = std::mem::replace(&mut self.writer, writer());
        bytes(full).map(Some)
    }

    pub(super) fn finish(self) -> Result<Vec<u8>, FormatError> {
        bytes(self.writer)
    }
}

fn writer() -> csv::Writer<Vec<u8>> {
    csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::with_capacity(PIECE))
}

fn bytes(writer: csv::Writer<Vec<u8>>) -> Result<Vec<u8>, FormatError> {
    writer.into_inner().map_err(|_| FormatError::Csv)
}
