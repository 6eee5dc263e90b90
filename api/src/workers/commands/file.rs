//! Reads the file line by line; memory does not grow with it.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;
use tokio::sync::mpsc::Sender;

use super::error::CommandsError;
use super::fault::Fault;
use crate::workers::incident_log::{Counted, Progress};

/// Bytes a line may have.
pub(super) const LINE_MAX: usize = 1 << 20;
/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;
/// How many times its size a file may unpack to: text like this packs to a tenth or a fiftieth.
const SWELL: u64 = 250;
/// What it may unpack to besides, however small it is.
const SMALL: u64 = 64 << 20;

/// A line as it stands in the file, without its end.
#[derive(Debug)]
pub(super) struct Raw {
    /// From 1.
    pub(super) number: u64,
    pub(super) text: Result<Vec<u8>, Fault>,
}

/// Reads it all; blank lines are none, but count. Ends early when nobody takes lines any more.
pub(super) fn read(
    path: &Path,
    progress: &Arc<Progress>,
    lines: &Sender<Raw>,
) -> Result<(), CommandsError> {
    let swollen = Rc::new(Cell::new(false));
    let failed = |error: std::io::Error| match swollen.get() {
        true => CommandsError::Swells { file: path.to_owned(), most: SWELL },
        false => CommandsError::Unreadable { file: path.to_owned(), kind: error.kind() },
    };
    let mut reader = open(path, progress, &swollen).map_err(failed)?;
    for number in 1.. {
        let Some(text) = next(&mut reader).map_err(failed)? else { break };
        if text.as_ref().is_ok_and(|text| text.trim_ascii().is_empty()) {
            continue;
        }
        if lines.blocking_send(Raw { number, text }).is_err() {
            break;
        }
    }
    Ok(())
}

/// The next line; of one that is too long nothing is kept.
fn next(reader: &mut impl BufRead) -> std::io::Result<Option<Result<Vec<u8>, Fault>>> {
    let mut line = Vec::new();
    let (mut began, mut fits) = (false, true);
    loop {
        let read = match reader.fill_buf() {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            other => other?,
        };
        if read.is_empty() {
            break;
        }
        began = true;
        let end = read.iter().position(|byte| *byte == b'\n');
        let part = &read[..end.unwrap_or(read.len())];
        fits = fits && line.len() + part.len() <= LINE_MAX;
        if fits {
            line.extend_from_slice(part);
        } else {
            line = Vec::new();
        }
        let taken = part.len() + usize::from(end.is_some());
        reader.consume(taken);
        if end.is_some() {
            break;
        }
    }
    let line = if fits { Ok(line) } else { Err(Fault::LineTooLong) };
    Ok(began.then_some(line))
}

fn open(
    path: &Path,
    progress: &Arc<Progress>,
    swollen: &Rc<Cell<bool>>,
) -> std::io::Result<BufReader<Box<dyn Read>>> {
    let counted = Counted::new(File::open(path)?, progress);
    let inner: Box<dyn Read> = if path.extension().is_some_and(|ending| ending == "gz") {
        let packed = Rc::new(Cell::new(0));
        let metered = Metered { inner: counted, read: Rc::clone(&packed) };
        let unpacking = MultiGzDecoder::new(BufReader::with_capacity(BUFFER, metered));
        Box::new(Bounded { inner: unpacking, packed, unpacked: 0, swollen: Rc::clone(swollen) })
    } else {
        Box::new(counted)
    };
    Ok(BufReader::with_capacity(BUFFER, inner))
}

/// Tells how many bytes went through.
struct Metered<R> {
    inner: R,
    read: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

/// Ends the reading of a file that unpacks to far more than text does.
struct Bounded<R> {
    inner: R,
    packed: Rc<Cell<u64>>,
    unpacked: u64,
    swollen: Rc<Cell<bool>>,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.unpacked += read as u64;
        if self.unpacked > SMALL + SWELL * self.packed.get() {
            self.swollen.set(true);
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}
