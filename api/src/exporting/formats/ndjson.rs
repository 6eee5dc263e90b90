//! NDJSON: a JSON object a line, each with every column.

use projections::exports::Kind;

use super::{Heading, PIECE};

/// Writes lines.
pub(in crate::exporting) struct Ndjson {
    /// What stands before each value: `{"name":` or `,"name":`.
    before: Vec<(String, Kind)>,
    bytes: Vec<u8>,
}

impl Ndjson {
    pub(super) fn begin(headings: Vec<Heading>) -> Self {
        let before = headings.into_iter().enumerate().map(|(nr, heading)| {
            let mut text = Vec::from(if nr == 0 { b"{" } else { b"," });
            push_text(&mut text, &heading.name);
            text.push(b':');
            (String::from_utf8_lossy(&text).into_owned(), heading.kind)
        });
        Self { before: before.collect(), bytes: Vec::with_capacity(PIECE) }
    }

    pub(super) fn row(&mut self, cells: &[Option<&str>]) {
        for ((before, kind), cell) in self.before.iter().zip(cells) {
            self.bytes.extend_from_slice(before.as_bytes());
            match cell {
                None => self.bytes.extend_from_slice(b"null"),
                Some(text) if is_json(*kind) => self.bytes.extend_from_slice(text.as_bytes()),
                Some(text) => push_text(&mut self.bytes, text),
            }
        }
        self.bytes.extend_from_slice(b"}\n");
    }

    pub(super) fn line(&mut self, line: &str) {
        self.bytes.extend_from_slice(line.as_bytes());
        self.bytes.push(b'\n');
    }

    pub(super) fn filled(&mut self) -> Option<Vec<u8>> {
        let full = self.bytes.len() >= PIECE;
        full.then(|| std::mem::replace(&mut self.bytes, Vec::with_capacity(PIECE)))
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Whether the text is JSON as it stands.
fn is_json(kind: Kind) -> bool {
    match kind {
        Kind::Integer | Kind::Decimal | Kind::Boolean | Kind::Json | Kind::List => true,
        Kind::Uuid | Kind::Text | Kind::Instant | Kind::Date => false,
    }
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    serde_json::to_writer(bytes, text).expect("a text in memory is always JSON");
}
