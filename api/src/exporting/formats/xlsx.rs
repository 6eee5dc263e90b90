//! XLSX workbooks: a sheet of at most 1,048,576 rows, then the next, each with the names of the columns
//! above it.
//!
//! Rows go to a temporary file as they come. A text stands in a cell as in CSV, so that a sheet that is
//! saved as CSV runs nothing either; one longer than a cell can hold is cut, and says so.

use std::borrow::Cow;
use std::fs::File;
use std::io::{Seek, SeekFrom};

use domain::report::cell::protected;
use projections::exports::Kind;
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{FormatError, Heading, may_run};

/// Rows of a sheet, with the names of the columns.
const ROWS: u32 = 1_048_576;
/// Characters of a cell.
const CHARS: usize = 32_767;
/// What a text ends with that is longer.
const CUT: &str = "… (cut)";
/// Characters of a sheet's name, without a number.
const NAME: usize = 24;
/// Whole numbers of more digits are not kept exactly.
const DIGITS: usize = 15;

/// Writes a workbook.
pub(in crate::exporting) struct Xlsx {
    workbook: Workbook,
    name: String,
    headings: Vec<Heading>,
    /// Sheets so far, and rows of the last.
    sheets: usize,
    rows: u32,
    most: u32,
}

impl Xlsx {
    pub(super) fn begin(name: &str, headings: Vec<Heading>) -> Result<Self, FormatError> {
        Self::of_at_most(ROWS, name, headings)
    }

    /// With sheets of so many rows.
    pub(super) fn of_at_most(
        most: u32,
        name: &str,
        headings: Vec<Heading>,
    ) -> Result<Self, FormatError> {
        let name = name.chars().take(NAME).collect();
        let workbook = Workbook::new();
        let mut xlsx = Self { workbook, name, headings, sheets: 0, rows: 0, most };
        xlsx.next_sheet().map_err(fault)?;
        Ok(xlsx)
    }

    pub(super) fn row(&mut self, cells: &[Option<&str>]) -> Result<(), FormatError> {
        self.written(cells).map_err(fault)
    }

    /// The workbook, from its beginning.
    pub(super) fn finish(mut self) -> Result<File, FormatError> {
        let mut file = tempfile::tempfile()?;
        self.workbook.save_to_writer(&mut file).map_err(fault)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }

    fn written(&mut self, cells: &[Option<&str>]) -> Result<(), XlsxError> {
        if self.rows == self.most {
            self.next_sheet()?;
        }
        let sheet = self.workbook.worksheet_from_index(self.sheets - 1)?;
        for (column, (cell, heading)) in (0u16..).zip(cells.iter().zip(&self.headings)) {
            if let Some(text) = cell {
                push(sheet, (self.rows, column), text, heading.kind)?;
            }
        }
        self.rows += 1;
        Ok(())
    }

    fn next_sheet(&mut self) -> Result<(), XlsxError> {
        self.sheets += 1;
        let name = match self.sheets {
            1 => self.name.clone(),
            nr => format!("{} {nr}", self.name),
        };
        let sheet = self.workbook.add_worksheet_with_constant_memory();
        sheet.set_name(name)?;
        for (column, heading) in (0u16..).zip(&self.headings) {
            sheet.write_string(0, column, fitting(&protected(&heading.name)))?;
        }
        self.rows = 1;
        Ok(())
    }
}

fn push(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    kind: Kind,
) -> Result<(), XlsxError> {
    match kind {
        Kind::Boolean => sheet.write_boolean(row, column, text == "true")?,
        Kind::Integer | Kind::Decimal => match number(text) {
            Some(number) => sheet.write_number(row, column, number)?,
            None => sheet.write_string(row, column, text)?,
        },
        _ if may_run(kind) => sheet.write_string(row, column, fitting(&protected(text)))?,
        _ => sheet.write_string(row, column, text)?,
    };
    Ok(())
}

/// The number that a sheet would show with the same digits.
fn number(text: &str) -> Option<f64> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits > DIGITS { None } else { text.parse().ok() }
}

/// A text that a cell holds.
fn fitting(text: &str) -> Cow<'_, str> {
    if text.len() <= CHARS || text.chars().count() <= CHARS {
        return Cow::Borrowed(text);
    }
    let mut cut: String = text.chars().take(CHARS - CUT.chars().count()).collect();
    cut.push_str(CUT);
    Cow::Owned(cut)
}

fn fault(error: XlsxError) -> FormatError {
    match error {
        XlsxError::IoError(error) => FormatError::File(error),
        other => FormatError::Xlsx(other.to_string()),
    }
}
