//! In which lines of a table its rows begin, and whether it ends within quotes. The reader of tables
//! does not tell: not after empty lines, nor where lines end as on Windows.

use std::collections::VecDeque;

/// The mark that a text in UTF-8 may begin with.
const MARK: &[u8] = &[0xef, 0xbb, 0xbf];

/// See the module. Bytes are told as they come; what is behind is forgotten.
#[derive(Debug)]
pub(super) struct Places {
    delimiter: u8,
    /// Of each line with something in it: its first byte, and its number.
    starts: VecDeque<(u64, u64)>,
    /// Bytes so far.
    at: u64,
    /// Lines that have ended.
    ended: u64,
    /// Whether something of a line was there.
    within: bool,
    after_return: bool,
    cell: Cell,
    is_over: bool,
}

/// Where in a cell the last byte was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Before,
    Plain,
    Quoted,
    /// Behind a quote that ends it, or is the first of two.
    Quote,
}

impl Places {
    /// Of a table with this between its cells.
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            delimiter,
            starts: VecDeque::new(),
            at: 0,
            ended: 0,
            within: false,
            after_return: false,
            cell: Cell::Before,
            is_over: false,
        }
    }

    /// These bytes come next; none: it is over.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
        self.is_over = bytes.is_empty();
        for byte in bytes {
            match byte {
                // Of a pair that ends a line.
                b'\n' if self.after_return => {}
                b'\n' | b'\r' => {
                    self.ended += 1;
                    self.within = false;
                }
                _ if !self.within => {
                    self.within = true;
                    self.starts.push_back((self.at, self.ended + 1));
                }
                _ => {}
            }
            self.after_return = *byte == b'\r';
            if MARK.get(usize::try_from(self.at).unwrap_or(MARK.len())).is_none_or(|m| m != byte) {
                self.cell = self.cell.then(*byte, self.delimiter);
            }
            self.at += 1;
        }
    }

    /// The line in which the first row begins that is not before this byte.
    pub(super) fn line(&mut self, byte: u64) -> u64 {
        while self.starts.front().is_some_and(|(start, _)| *start < byte) {
            self.starts.pop_front();
        }
        self.starts.front().map_or(self.ended + 1, |(_, line)| *line)
    }

    /// Whether all of it was there, and a quote was not closed.
    pub(super) fn ends_quoted(&self) -> bool {
        self.is_over && self.cell == Cell::Quoted
    }
}

impl Cell {
    fn then(self, byte: u8, delimiter: u8) -> Self {
        match (self, byte) {
            (Self::Before | Self::Quote, b'"') => Self::Quoted,
            (Self::Quoted, b'"') => Self::Quote,
            (Self::Quoted, _) => Self::Quoted,
            (_, b'\r' | b'\n') => Self::Before,
            (_, byte) if byte == delimiter => Self::Before,
            _ => Self::Plain,
        }
    }
}
