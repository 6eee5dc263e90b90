//! The key outside the database that wraps all data keys: a file beside the data folder, 0600.
//!
//! One line of 64 hex digits. While another key takes over there are two: the first wraps, the second
//! still opens what has not been wrapped again. The file is read again whenever a key is wrapped, and
//! whenever one does not open: a process need not be started anew to hear of it.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::SealError;
use super::cipher::{decrypt, encrypt, random};
use crate::hex::hex;

/// How drafts of the file end, and how many random bytes tell them apart.
const DRAFT: &str = ".new";
const DRAFT_ID: usize = 8;

/// The wrapping key; clones are the same one.
#[derive(Clone)]
pub struct MasterKey(Arc<Inner>);

struct Inner {
    /// None: it changes no more.
    path: Option<PathBuf>,
    keys: Mutex<Keys>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Keys {
    wraps: [u8; 32],
    /// The one before, while another takes over.
    opens: Option<[u8; 32]>,
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey")
    }
}

impl MasterKey {
    /// A key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self::of(None, Keys { wraps: bytes, opens: None })
    }

    fn of(path: Option<PathBuf>, keys: Keys) -> Self {
        Self(Arc::new(Inner { path, keys: Mutex::new(keys) }))
    }

    /// Reads the file, or makes it with a new random key; 64 hex digits.
    pub fn read_or_create(path: &Path) -> Result<Self, SealError> {
        let keys = match read(path) {
            Err(SealError::MasterFile(ErrorKind::NotFound)) => create(path)?,
            read => read?,
        };
        Ok(Self::of(Some(path.to_owned()), keys))
    }

    pub(super) fn wrap(&self, key: &[u8; 32], subject: &str) -> Result<Vec<u8>, SealError> {
        // Nothing new under a key that is about to go.
        self.read_again()?;
        let keys = *self.keys();
        encrypt(&keys.wraps, key, subject.as_bytes())
    }

    pub(super) fn unwrap(&self, wrapped: &[u8], subject: &str) -> Result<[u8; 32], SealError> {
        let keys = *self.keys();
        if let Some(key) = keys.unwrap(wrapped, subject) {
            return Ok(key);
        }
        self.read_again()?;
        let keys = *self.keys();
        keys.unwrap(wrapped, subject).ok_or(SealError::WrongMasterKey)
    }

    /// Whether it is the first key that opens this.
    pub(super) fn wraps_already(&self, wrapped: &[u8], subject: &str) -> bool {
        let first = Keys { opens: None, ..*self.keys() };
        first.unwrap(wrapped, subject).is_some()
    }

    /// Another key wraps from now on, and this one still opens; once more changes nothing.
    pub(super) fn begin_rotation(&self) -> Result<(), SealError> {
        self.read_again()?;
        let keys = *self.keys();
        match keys.opens {
            Some(_) => Ok(()),
            None => self.replace(Keys { wraps: random(), opens: Some(keys.wraps) }),
        }
    }

    /// The key before does not open anything any more.
    pub(super) fn end_rotation(&self) -> Result<(), SealError> {
        self.read_again()?;
        let keys = Keys { opens: None, ..*self.keys() };
        self.replace(keys)
    }

    fn replace(&self, keys: Keys) -> Result<(), SealError> {
        let path = self.0.path.as_deref().ok_or(SealError::MasterFile(ErrorKind::NotFound))?;
        let failed = |error: std::io::Error| SealError::MasterFile(error.kind());
        let draft = draft(path, keys).map_err(failed)?;
        fs::rename(&draft, path).map_err(failed)?;
        // What somebody left who was killed holds a key that goes.
        sweep(path).map_err(failed)?;
        sync_folder(path).map_err(failed)?;
        *self.keys() = keys;
        Ok(())
    }

    fn read_again(&self) -> Result<(), SealError> {
        if let Some(path) = &self.0.path {
            let keys = read(path)?;
            *self.keys() = keys;
        }
        Ok(())
    }

    fn keys(&self) -> MutexGuard<'_, Keys> {
        // Two plain keys cannot be left half changed.
        self.0.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Keys {
    fn unwrap(&self, wrapped: &[u8], subject: &str) -> Option<[u8; 32]> {
        let open = |key: [u8; 32]| decrypt(&key, wrapped, subject.as_bytes());
        let bytes = open(self.wraps).or_else(|| open(self.opens?))?;
        bytes.try_into().ok()
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.trim_end().split('\n').map(|line| parse(line.trim()));
        let wraps = lines.next()??;
        let opens = match lines.next() {
            Some(line) => Some(line?),
            None => None,
        };
        lines.next().is_none().then_some(Self { wraps, opens })
    }

    fn text(&self) -> String {
        let lines: Vec<String> =
            [Some(self.wraps), self.opens].iter().flatten().map(|key| hex(key)).collect();
        lines.join("\n")
    }
}

fn read(path: &Path) -> Result<Keys, SealError> {
    let text = fs::read_to_string(path).map_err(|error| SealError::MasterFile(error.kind()))?;
    Keys::parse(&text).ok_or(SealError::BadMasterFile)
}

fn create(path: &Path) -> Result<Keys, SealError> {
    let keys = Keys { wraps: random(), opens: None };
    // Written whole under another name first: a killed first start must not leave half a key.
    let linked = draft(path, keys).and_then(|draft| {
        let linked = fs::hard_link(&draft, path);
        // At worst it stays behind and nobody reads it.
        let _ = fs::remove_file(&draft);
        linked
    });
    match linked {
        Ok(()) => Ok(keys),
        // Another process was first: its key counts.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(path),
        Err(error) => Err(SealError::MasterFile(error.kind())),
    }
}

/// The file under a name of its own: two starts must not write into each other's draft.
fn draft(path: &Path, keys: Keys) -> std::io::Result<PathBuf> {
    let draft = path.with_extension(format!("{}{DRAFT}", hex(&random::<DRAFT_ID>())));
    let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
    file.write_all(keys.text().as_bytes())?;
    file.sync_all()?;
    Ok(draft)
}

/// Removes every draft beside the file. Nobody makes one meanwhile: it is there, and who replaces it does so
/// alone (`rotation`).
fn sweep(path: &Path) -> std::io::Result<()> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let is_draft = |name: &str| {
        let id = name.strip_prefix(&stem).and_then(|rest| rest.strip_prefix('.'));
        let id = id.and_then(|rest| rest.strip_suffix(DRAFT)).unwrap_or_default();
        id.len() == 2 * DRAFT_ID && id.bytes().all(|digit| digit.is_ascii_hexdigit())
    };
    for entry in fs::read_dir(folder_of(path))? {
        let entry = entry?;
        if is_draft(&entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Makes it last that a file of this folder has its name.
pub(crate) fn sync_folder(file: &Path) -> std::io::Result<()> {
    fs::File::open(folder_of(file))?.sync_all()
}

fn folder_of(file: &Path) -> &Path {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new("."))
}

fn parse(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(bytes)
}

/// A keyed hash for claims on personal keys: equal texts meet, nobody can guess them.
pub(super) fn pseudonym(key: &[u8; 32], scope: &str, text: &str) -> String {
    let mut mac =
        <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(scope.as_bytes());
    mac.update(&[0]);
    mac.update(text.as_bytes());
    hex(&mac.finalize().into_bytes())
}
