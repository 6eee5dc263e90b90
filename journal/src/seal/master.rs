//! The key outside the database that wraps all data keys: a file beside the data folder, 0600.

use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::SealError;
use super::cipher::{decrypt, encrypt, random};

/// The wrapping key.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MasterKey")
    }
}

impl MasterKey {
    /// A key from its bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Reads the file, or makes it with a new random key; 64 hex digits.
    pub fn read_or_create(path: &Path) -> Result<Self, SealError> {
        match fs::read_to_string(path) {
            Ok(text) => Self::parse(text.trim()).ok_or(SealError::BadMasterFile),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::create(path),
            Err(error) => Err(SealError::MasterFile(error.kind())),
        }
    }

    fn create(path: &Path) -> Result<Self, SealError> {
        let key = Self(random());
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        // Written whole under another name first: a killed first start must not leave half a key.
        // A name of its own: two first starts must not write into each other's draft.
        let draft = path.with_extension(format!("{}.new", hex(&random::<8>())));
        let written = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&draft)
            .and_then(|mut file| {
                file.write_all(hex(&key.0).as_bytes())?;
                file.sync_all()
            })
            .and_then(|()| fs::hard_link(&draft, path));
        // At worst it stays behind and nobody reads it.
        let _ = fs::remove_file(&draft);
        match written {
            Ok(()) => Ok(key),
            // Another process was first: its key counts.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Self::read_or_create(path),
            Err(error) => Err(SealError::MasterFile(error.kind())),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    pub(super) fn wrap(&self, key: &[u8; 32], subject: &str) -> Result<Vec<u8>, SealError> {
        encrypt(&self.0, key, subject.as_bytes())
    }

    pub(super) fn unwrap(&self, wrapped: &[u8], subject: &str) -> Result<[u8; 32], SealError> {
        decrypt(&self.0, wrapped, subject.as_bytes())
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or(SealError::WrongMasterKey)
    }
}

/// A keyed hash for claims on personal keys: equal texts meet, nobody can guess them.
pub(super) fn pseudonym(key: &[u8; 32], scope: &str, text: &str) -> String {
    let mut mac =
        <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(scope.as_bytes());
    mac.update(&[0]);
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
