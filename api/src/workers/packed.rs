//! Text files, plain or gzip, read within bounds: memory does not grow with a file, with a line, or
//! with what a small file unpacks to. Called by the imports that read line by line.

use std::cell::Cell;
use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use flate2::read::MultiGzDecoder;

use super::incident_log::{Counted, Progress};

/// Bytes a line may have.
pub(super) const LINE_MAX: usize = 1 << 20;
/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;
/// How many times its size a file may unpack to: text like this packs to a tenth or a fiftieth.
pub(super) const SWELL: u64 = 250;
/// What it may unpack to besides, however small it is.
const SMALL: u64 = 64 << 20;

/// A file, unpacked on the way.
pub(super) type Unpacked = BufReader<Box<dyn Read>>;

/// A line without its end.
pub(super) enum Line {
    /// As it stands.
    Whole(Vec<u8>),
    /// It has more than [`LINE_MAX`] bytes; nothing of it is kept.
    TooLong,
}

/// Opens it. After a failure `swollen` says whether that is why.
pub(super) fn open(
    path: &Path,
    progress: &Arc<Progress>,
    swollen: &Rc<Cell<bool>>,
) -> std::io::Result<Unpacked> {
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

/// The next line; none at the end.
pub(super) fn next_line(reader: &mut impl BufRead) -> std::io::Result<Option<Line>> {
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
    let line = if fits { Line::Whole(line) } else { Line::TooLong };
    Ok(began.then_some(line))
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
