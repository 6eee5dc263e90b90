//! Entries as static files: up to 256 of them, each behind its length in two bytes.

use std::fmt;
use std::str::FromStr;

use super::tile::{Place, TileError, WIDTH};

/// Where a bundle lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bundle {
    /// Its place, from 0.
    pub index: u64,
    /// How many entries, 1 to 256.
    pub width: u16,
}

/// The content of a bundle is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// It ends within an entry.
    #[error("the bundle ends within an entry")]
    Short,
    /// Not as many entries as its width says.
    #[error("the bundle does not have the entries of its width")]
    Width,
    /// An entry of 65,536 bytes or more.
    #[error("an entry has more than 65,535 bytes")]
    TooLong,
}

impl Bundle {
    /// The entries of its file.
    ///
    /// # Errors
    /// The file is malformed, or has more entries, or fewer.
    pub fn entries<'b>(&self, mut bytes: &'b [u8]) -> Result<Vec<&'b [u8]>, BundleError> {
        let mut entries = Vec::new();
        while !bytes.is_empty() {
            if entries.len() == usize::from(self.width) {
                return Err(BundleError::Width);
            }
            let (length, rest) = bytes.split_first_chunk::<2>().ok_or(BundleError::Short)?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (entry, rest) = rest.split_at_checked(length).ok_or(BundleError::Short)?;
            entries.push(entry);
            bytes = rest;
        }
        if entries.len() == usize::from(self.width) { Ok(entries) } else { Err(BundleError::Width) }
    }

    /// The file of these entries, of which there are as many as its width says.
    ///
    /// # Errors
    /// They are not, or one is too long.
    pub fn file<'e>(
        &self,
        entries: impl IntoIterator<Item = &'e [u8]>,
    ) -> Result<Vec<u8>, BundleError> {
        let (mut file, mut count) = (Vec::new(), 0);
        for entry in entries {
            let length = u16::try_from(entry.len()).map_err(|_| BundleError::TooLong)?;
            file.extend_from_slice(&length.to_be_bytes());
            file.extend_from_slice(entry);
            count += 1;
        }
        let whole = count == usize::from(self.width) && (1..=WIDTH).contains(&self.width);
        if whole { Ok(file) } else { Err(BundleError::Width) }
    }
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/entries/{}", Place { index: self.index, width: self.width })
    }
}

impl FromStr for Bundle {
    type Err = TileError;

    fn from_str(path: &str) -> Result<Self, TileError> {
        let place = path.strip_prefix("tile/entries/").filter(|place| place.len() <= 64);
        let Place { index, width } = place.and_then(Place::parse).ok_or(TileError::Path)?;
        Ok(Self { index, width })
    }
}
