//! A checkpoint: what a log says of its tree at one size. The text of a signed note.

use std::fmt;
use std::str::FromStr;

use super::text;
use crate::leaf::Hash;

/// Origins are short, and so are the extension lines nobody should use.
const LINE_MAX: usize = 1_024;
const EXTENSIONS_MAX: usize = 16;

/// Why a text is no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines, an empty or overlong one, too many, or no line feed at the end.
    #[error("a checkpoint has three to 19 lines, none empty or longer than 1,024 bytes")]
    Lines,
    /// The second line.
    #[error("a checkpoint's size is a decimal number without leading zeros")]
    Size,
    /// The third line.
    #[error("a checkpoint's root is 32 bytes in base64")]
    Root,
}

/// The tree of a log at one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// Lines that mean nothing to us, and are signed all the same.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Without extension lines.
    pub fn new(origin: &str, size: u64, root: Hash) -> Self {
        Self { origin: origin.to_owned(), size, root, extensions: Vec::new() }
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let lines = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?;
        let lines: Vec<&str> = lines.split('\n').take(EXTENSIONS_MAX + 4).collect();
        let bad = |line: &&str| line.is_empty() || line.len() > LINE_MAX;
        if lines.len() > EXTENSIONS_MAX + 3 || lines.iter().any(bad) {
            return Err(CheckpointError::Lines);
        }
        let [origin, size, root, extensions @ ..] = lines.as_slice() else {
            return Err(CheckpointError::Lines);
        };
        Ok(Self {
            origin: (*origin).to_owned(),
            size: text::decimal(size).ok_or(CheckpointError::Size)?,
            root: text::hash(root).ok_or(CheckpointError::Root)?,
            extensions: extensions.iter().map(|&line| line.to_owned()).collect(),
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}\n{}", self.origin, self.size, text::base64(&self.root))?;
        self.extensions.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
