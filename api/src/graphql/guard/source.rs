//! The check of the raw text, before the parser sees it.
//!
//! The parser builds a tree and calls itself for each bracket, so a text must be known to be short
//! and shallow first. This scanner knows only what separates tokens; it does not say what is valid.

use super::{GuardCode, GuardRefusal, Limits};

/// Counts bytes, tokens and open brackets of a document in one pass that stops at the first excess.
///
/// # Errors
/// `DOCUMENT_TOO_LARGE` for bytes or tokens, `DEPTH_LIMIT` for brackets.
pub fn check_source(text: &str, limits: &Limits) -> Result<(), GuardRefusal> {
    let large = GuardCode::DocumentTooLarge;
    above(large, "the document has bytes:", text.len(), limits.body_bytes)?;
    let mut scanner = Scanner { bytes: text.as_bytes(), at: 0 };
    let (mut tokens, mut open) = (0_usize, 0_usize);
    while let Some(first) = scanner.next_token() {
        tokens += 1;
        above(large, "the document has tokens:", tokens, limits.tokens)?;
        match first {
            b'{' | b'(' | b'[' => open += 1,
            b'}' | b')' | b']' => open = open.saturating_sub(1),
            _ => {}
        }
        above(GuardCode::DepthLimit, "the document opens brackets:", open, limits.brackets)?;
    }
    Ok(())
}

fn above(
    code: GuardCode,
    what: &'static str,
    actual: usize,
    limit: usize,
) -> Result<(), GuardRefusal> {
    GuardRefusal::above(code, what, actual as u64, limit as u64)
}

struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Scanner<'_> {
    /// The first byte of the next token, having moved past the whole of it.
    fn next_token(&mut self) -> Option<u8> {
        self.skip_ignored();
        let first = *self.bytes.get(self.at)?;
        match first {
            b'"' if self.rest().starts_with(b"\"\"\"") => self.skip_block_string(),
            b'"' => self.skip_string(),
            b'.' if self.rest().starts_with(b"...") => self.at += 3,
            b'-' | b'0'..=b'9' => self.skip_while(is_number),
            byte if is_name(byte) => self.skip_while(is_name),
            _ => self.at += 1,
        }
        Some(first)
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    fn skip_while(&mut self, wanted: impl Fn(u8) -> bool) {
        while self.bytes.get(self.at).is_some_and(|byte| wanted(*byte)) {
            self.at += 1;
        }
    }

    /// White space, commas, byte order marks and comments.
    fn skip_ignored(&mut self) {
        loop {
            self.skip_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | b','));
            if self.rest().starts_with("\u{feff}".as_bytes()) {
                self.at += 3;
            } else if self.rest().starts_with(b"#") {
                self.skip_while(|byte| byte != b'\n' && byte != b'\r');
            } else {
                return;
            }
        }
    }

    /// To the closing quote, or to the end of the line when there is none: the parser complains.
    fn skip_string(&mut self) {
        self.at += 1;
        while let Some(byte) = self.bytes.get(self.at) {
            match byte {
                b'\n' | b'\r' => return,
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at = self.bytes.len();
    }

    fn skip_block_string(&mut self) {
        self.at += 3;
        while self.at < self.bytes.len() {
            if self.rest().starts_with(b"\\\"\"\"") {
                self.at += 4;
            } else if self.rest().starts_with(b"\"\"\"") {
                self.at += 3;
                return;
            } else {
                self.at += 1;
            }
        }
    }
}

/// A byte outside ASCII is no name, but a run of them is one thing to complain about.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// A sign, a point or an exponent inside a number does not make it two tokens.
fn is_number(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.')
}
