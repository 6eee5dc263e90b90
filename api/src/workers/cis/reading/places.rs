//! In which lines of a file its rows begin. The reader of tables does not tell after empty lines, nor
//! where lines end as on Windows.

use std::collections::VecDeque;

/// See the module. Bytes are told as they come; what is behind is forgotten.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// Of each line with something in it: its first byte, and its number.
    starts: VecDeque<(u64, u64)>,
    /// Bytes so far.
    at: u64,
    /// Lines that have ended.
    ended: u64,
    /// Whether something of a line was there.
    within: bool,
    after_return: bool,
}

impl Places {
    /// These bytes come next.
    pub(super) fn pass(&mut self, bytes: &[u8]) {
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
}
