//! The checkpoint file: every signed note, an empty line behind each. Only ever appended to.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, OFlags, flock};

use super::error::SignError;
use super::files::{self, sync};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::{LARGEST, Note};
use crate::tlog::policy::Policy;

/// A checkpoint with the note it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// With its signatures.
    pub note: Note,
}

impl Signed {
    /// A note that the log has signed by this policy.
    ///
    /// # Errors
    /// It is malformed, or the log has not.
    pub fn of(bytes: &[u8], policy: &Policy) -> Result<Self, SignError> {
        let note = Note::parse(bytes)?;
        Ok(Self { checkpoint: policy.signed_by_log(&note)?, note })
    }
}

/// Reads a checkpoint file from its beginning, one at a time.
#[derive(Debug)]
pub struct Checkpoints {
    lines: BufReader<File>,
    path: PathBuf,
    /// Where the next one begins.
    offset: u64,
    /// What is appended while we read is not read.
    end: u64,
}

impl Checkpoints {
    /// Of this file, as it is now.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn open(path: &Path) -> Result<Self, SignError> {
        Self::of(files::open(path, OFlags::empty()).map_err(SignError::file(path))?, path)
    }

    /// Of this file of somebody else's, who may have put a link in its place.
    pub(crate) fn open_plain(path: &Path) -> Result<Self, SignError> {
        Self::of(files::open(path, OFlags::NOFOLLOW).map_err(SignError::file(path))?, path)
    }

    fn of(file: File, path: &Path) -> Result<Self, SignError> {
        let end = file.metadata().map_err(SignError::file(path))?.len();
        Ok(Self { lines: BufReader::new(file), path: path.to_owned(), offset: 0, end })
    }

    /// The next note, unchecked; none at the end. What was being written when somebody was killed is
    /// no note: it has no empty line behind it, and nothing behind that.
    ///
    /// # Errors
    /// The file cannot be read, or does not hold notes.
    pub fn next_note(&mut self) -> Result<Option<Vec<u8>>, SignError> {
        let mut note = Vec::new();
        let mut empty = 0;
        loop {
            let begun = note.len();
            let mut bounded = (&mut self.lines).take(LARGEST as u64 + 1);
            let read = bounded.read_until(b'\n', &mut note);
            read.map_err(SignError::file(&self.path))?;
            if note.len() > LARGEST {
                return Err(SignError::Malformed);
            }
            let line = &note[begun..];
            if line == b"\n" {
                empty += 1;
            } else if line.last() != Some(&b'\n') {
                return Ok(None);
            }
            // The first empty line stands between a checkpoint and its signatures.
            if empty == 2 {
                if self.offset + note.len() as u64 > self.end {
                    return Ok(None);
                }
                self.offset += note.len() as u64;
                note.pop();
                return Ok(Some(note));
            }
            if note.len() > LARGEST {
                return Err(SignError::Malformed);
            }
        }
    }

    /// The next checkpoint that the log has signed, larger than the one before.
    ///
    /// # Errors
    /// The file cannot be read, or does not hold such checkpoints.
    pub fn next(
        &mut self,
        policy: &Policy,
        before: Option<u64>,
    ) -> Result<Option<Signed>, SignError> {
        let Some(bytes) = self.next_note()? else { return Ok(None) };
        let signed = Signed::of(&bytes, policy)?;
        if before.is_some_and(|before| signed.checkpoint.size <= before) {
            return Err(SignError::Malformed);
        }
        Ok(Some(signed))
    }
}

/// The file in the hands of the one who appends.
#[derive(Debug)]
pub(super) struct Appending {
    file: File,
    path: PathBuf,
}

/// The end of the file that is read to find the last note, at first.
const TAIL: u64 = 8 << 10;

impl Appending {
    /// Opens or makes it, for one process alone, and drops what was only half written. With the last
    /// checkpoint, which has to be ours.
    pub(super) fn open(path: &Path, policy: &Policy) -> Result<(Self, Option<Signed>), SignError> {
        let fault = || SignError::file(path);
        let folder =
            path.parent().ok_or_else(|| fault()(std::io::ErrorKind::InvalidInput.into()))?;
        std::fs::create_dir_all(folder).map_err(fault())?;
        let mut options = OpenOptions::new();
        let file = options.read(true).append(true).create(true).open(path).map_err(fault())?;
        sync(folder).map_err(fault())?;
        flock(&file, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| SignError::Locked(path.to_owned()))?;
        let mut notes = Checkpoints::open(path)?;
        let (length, (last, end)) = (notes.end, notes.find_last()?);
        if length - end > LARGEST as u64 {
            return Err(SignError::Malformed);
        }
        if length > end {
            file.set_len(end).map_err(fault())?;
        }
        let last = last.map(|note| Signed::of(&note, policy)).transpose()?;
        Ok((Self { file, path: path.to_owned() }, last))
    }

    /// Appends, and returns when it lasts.
    pub(super) fn append(&mut self, note: &Note) -> Result<(), SignError> {
        let written = self.file.write_all(format!("{note}\n").as_bytes());
        written.and_then(|()| self.file.sync_data()).map_err(SignError::file(&self.path))
    }
}

impl Checkpoints {
    /// The last checkpoint, which has to be ours.
    pub(crate) fn last(mut self, policy: &Policy) -> Result<Option<Signed>, SignError> {
        let (last, _) = self.find_last()?;
        last.map(|note| Signed::of(&note, policy)).transpose()
    }

    /// The last whole note, and where it ends. Begins to read near the end.
    fn find_last(&mut self) -> Result<(Option<Vec<u8>>, u64), SignError> {
        let mut tail = TAIL;
        loop {
            let start = self.end.saturating_sub(tail);
            self.offset = start;
            let sought = self.lines.seek(SeekFrom::Start(start));
            sought.map_err(SignError::file(&self.path))?;
            if start > 0 {
                self.skip_to_a_note()?;
            }
            let (mut last, mut end) = (None, self.offset);
            while let Some(note) = self.next_note()? {
                last = Some(note);
                end = self.offset;
            }
            if last.is_some() || start == 0 {
                return Ok((last, end));
            }
            tail *= 8;
        }
    }

    /// Past the end of the note that this is in the middle of: the empty line behind a signature.
    fn skip_to_a_note(&mut self) -> Result<(), SignError> {
        let mut before = Vec::new();
        loop {
            let mut line = Vec::new();
            let mut bounded = (&mut self.lines).take(LARGEST as u64 + 1);
            let read = bounded.read_until(b'\n', &mut line);
            self.offset += read.map_err(SignError::file(&self.path))? as u64;
            if line.len() > LARGEST {
                return Err(SignError::Malformed);
            }
            if line.last() != Some(&b'\n') {
                return Ok(());
            }
            if line == b"\n" && before.starts_with("\u{2014} ".as_bytes()) {
                return Ok(());
            }
            before = line;
        }
    }
}
