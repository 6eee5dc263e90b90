//! The files of a bundle, each hashed while it is written or read.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::io::Errno;
use sha2::{Digest, Sha256};

use super::error::BundleError;
use super::sums::Sums;
use super::{CHECKPOINTS, LEAVES};
use crate::leaf::Hash;
use crate::signer::files::open;
use crate::signer::{Checkpoints, SignError};

/// Files that are read at once are not larger.
const SMALL: u64 = 4 << 20;
/// Nor is a line: the texts of an event are far below it.
const LINE_MAX: u64 = 64 << 20;

/// A file in the making.
#[derive(Debug)]
pub(super) struct Writing {
    name: &'static str,
    path: PathBuf,
    file: BufWriter<File>,
    digest: Sha256,
}

impl Writing {
    pub(super) fn create(folder: &Path, name: &'static str) -> Result<Self, BundleError> {
        let path = folder.join(name);
        let file = File::create_new(&path).map_err(BundleError::file(&path))?;
        Ok(Self { name, path, file: BufWriter::new(file), digest: Sha256::new() })
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), BundleError> {
        self.digest.update(bytes);
        self.file.write_all(bytes).map_err(BundleError::file(&self.path))
    }

    /// Makes it last, and writes its digest down.
    pub(super) fn finish(mut self, sums: &mut Sums) -> Result<(), BundleError> {
        let flushed = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        flushed.map_err(BundleError::file(&self.path))?;
        sums.put(self.name, self.digest.finalize().into());
        Ok(())
    }
}

/// Writes a file at once.
pub(super) fn write(
    folder: &Path,
    name: &'static str,
    bytes: &[u8],
    sums: &mut Sums,
) -> Result<(), BundleError> {
    let mut file = Writing::create(folder, name)?;
    file.write(bytes)?;
    file.finish(sums)
}

/// A file that is read line by line.
#[derive(Debug)]
pub(super) struct Reading {
    name: &'static str,
    path: PathBuf,
    lines: BufReader<File>,
    digest: Sha256,
    count: u64,
}

impl Reading {
    pub(super) fn open(folder: &Path, name: &'static str) -> Result<Self, BundleError> {
        let path = folder.join(name);
        let file = plain(&path, name)?;
        Ok(Self {
            name,
            lines: BufReader::with_capacity(1 << 18, file),
            digest: Sha256::new(),
            path,
            count: 0,
        })
    }

    /// The next line, without its line feed; false at the end.
    pub(super) fn line(&mut self, line: &mut Vec<u8>) -> Result<bool, BundleError> {
        line.clear();
        self.append(line)
    }

    /// The same, behind what is there.
    pub(super) fn append(&mut self, line: &mut Vec<u8>) -> Result<bool, BundleError> {
        let begin = line.len();
        let mut bounded = (&mut self.lines).take(LINE_MAX);
        bounded.read_until(b'\n', line).map_err(BundleError::file(&self.path))?;
        if line.len() == begin {
            return Ok(false);
        }
        self.digest.update(&line[begin..]);
        self.count += 1;
        if line.pop() != Some(b'\n') {
            return Err(BundleError::missing(
                self.name,
                format!("ends within line {}", self.count),
            ));
        }
        Ok(true)
    }

    /// Whether everything that was read is the file that was written.
    pub(super) fn check(self, sums: &Sums) -> Result<(), BundleError> {
        sums.check(self.name, &self.digest.finalize().into())
    }
}

/// The hashes of an epoch's events, one after the other.
#[derive(Debug)]
pub(super) struct Leaves {
    path: PathBuf,
    hashes: BufReader<File>,
    digest: Sha256,
}

impl Leaves {
    pub(super) fn open(folder: &Path) -> Result<Self, BundleError> {
        let path = folder.join(LEAVES);
        let file = plain(&path, LEAVES)?;
        Ok(Self { hashes: BufReader::with_capacity(1 << 18, file), path, digest: Sha256::new() })
    }

    /// The next one; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Hash>, BundleError> {
        if self.hashes.fill_buf().map_err(BundleError::file(&self.path))?.is_empty() {
            return Ok(None);
        }
        let mut hash = Hash::default();
        let cut = |_| BundleError::missing(LEAVES, "ends within a hash");
        self.hashes.read_exact(&mut hash).map_err(cut)?;
        self.digest.update(hash);
        Ok(Some(hash))
    }

    /// Refuses what stands behind them, and a file that is not the one that was written.
    pub(super) fn end(mut self, sums: &Sums) -> Result<(), BundleError> {
        if self.next()?.is_some() {
            return Err(BundleError::changed(LEAVES, "it has more hashes than there are events"));
        }
        sums.check(LEAVES, &self.digest.finalize().into())
    }
}

/// Opens a file of a bundle, which somebody else has made.
fn plain(path: &Path, name: &str) -> Result<File, BundleError> {
    open(path, OFlags::NOFOLLOW).map_err(|error| {
        let is_link = Errno::from_io_error(&error) == Some(Errno::LOOP);
        if is_link || error.kind() == ErrorKind::InvalidInput {
            return BundleError::NotABundle { path: path.to_owned(), what: "it is no plain file" };
        }
        BundleError::read(path, name)(error)
    })
}

/// What was signed, of a bundle.
pub(super) fn checkpoints(folder: &Path) -> Result<Checkpoints, SignError> {
    Checkpoints::open_plain(&folder.join(CHECKPOINTS))
}

/// The digest of a file, however large.
pub(super) fn digest(path: &Path, name: &str) -> Result<Hash, BundleError> {
    let mut file = plain(path, name)?;
    let mut digest = Sha256::new();
    std::io::copy(&mut file, &mut digest).map_err(BundleError::file(path))?;
    Ok(digest.finalize().into())
}

/// A whole file of a bundle, which is not large.
pub(super) fn small(folder: &Path, name: &str) -> Result<Vec<u8>, BundleError> {
    let path = folder.join(name);
    let file = plain(&path, name)?;
    let mut bytes = Vec::new();
    file.take(SMALL + 1).read_to_end(&mut bytes).map_err(BundleError::file(&path))?;
    if bytes.len() as u64 > SMALL {
        return Err(BundleError::NotABundle { path, what: "it is too large" });
    }
    Ok(bytes)
}

/// A new folder, or one that is empty.
pub(super) fn new_folder(folder: &Path) -> Result<(), BundleError> {
    fs::create_dir_all(folder).map_err(BundleError::file(folder))?;
    let mut entries = fs::read_dir(folder).map_err(BundleError::file(folder))?;
    match entries.next() {
        None => Ok(()),
        Some(_) => Err(BundleError::Refused("the folder of a new bundle has to be empty")),
    }
}
