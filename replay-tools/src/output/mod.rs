//! The answer on standard output: tables for people, or one JSON object a line with sorted keys.

use std::io::{BufWriter, Stdout, Write, stdout};

use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;

/// Standard output.
#[derive(Debug)]
pub(crate) struct Output {
    out: BufWriter<Stdout>,
    json: bool,
}

impl Output {
    /// For a program, or for a person.
    pub(crate) fn new(json: bool) -> Self {
        Self { out: BufWriter::new(stdout()), json }
    }

    /// Whether a program reads.
    pub(crate) fn is_json(&self) -> bool {
        self.json
    }

    /// A line for a person; a program does not get it.
    pub(crate) fn say(&mut self, line: &str) -> Result<(), Failure> {
        if !self.json {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    /// An object for a program; a person does not get it.
    pub(crate) fn record(&mut self, record: &impl Serialize) -> Result<(), Failure> {
        if self.json {
            writeln!(self.out, "{}", sorted(record))?;
        }
        Ok(())
    }

    /// An object for both: a line for a program, indented for a person.
    pub(crate) fn show(&mut self, record: &impl Serialize) -> Result<(), Failure> {
        if self.json {
            return self.record(record);
        }
        Ok(writeln!(self.out, "{:#}", sorted(record))?)
    }

    /// An object a line for both: nobody lays out rows that may have any fields.
    pub(crate) fn row(&mut self, record: &impl Serialize) -> Result<(), Failure> {
        Ok(writeln!(self.out, "{}", sorted(record))?)
    }

    /// A text as it is, for whoever reads.
    pub(crate) fn raw(&mut self, text: &[u8]) -> Result<(), Failure> {
        Ok(self.out.write_all(text)?)
    }

    /// Makes what was said visible before something long begins, and at the end.
    pub(crate) fn flush(&mut self) -> Result<(), Failure> {
        Ok(self.out.flush()?)
    }
}

fn sorted(record: &impl Serialize) -> Value {
    // Our own rows have string keys, which is all that can fail here.
    let mut value = serde_json::to_value(record).unwrap_or_default();
    value.sort_all_objects();
    value
}

/// A text as one cell: printable, and no longer than `width` characters.
pub(crate) fn cell(text: &str, width: usize) -> String {
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    if text.chars().count() <= width {
        return text.chars().map(printable).collect();
    }
    let kept = text.chars().take(width.saturating_sub(1)).map(printable);
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests;
