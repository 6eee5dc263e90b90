//! What files say, row by row; hostile ones too.

mod lines;
mod tables;

use std::io::{BufReader, Read};

use crate::workers::packed::Unpacked;

/// A file of this text.
fn file(text: impl Into<Vec<u8>>) -> Unpacked {
    let bytes: Box<dyn Read> = Box::new(std::io::Cursor::new(text.into()));
    BufReader::new(bytes)
}
