//! Sealing: personal data leave this crate's append only as envelopes.
//!
//! An envelope is `v1.<key id>.<base64url of nonce, ciphertext, tag>`, AES-256-GCM under the
//! subject's data key; the associated data bind it to its aggregate, sequence and field, so that it
//! opens nowhere else. A destroyed key opens to "erased". Called by append and by the readers.

pub(crate) mod cipher;
mod content;
pub mod keyring;
mod master;
mod rotation;
#[cfg(test)]
mod tests;
pub mod walk;

pub use cipher::DataKey;
pub use keyring::Keyring;
pub use master::MasterKey;

pub(crate) use master::sync_folder;

/// Why sealing or opening failed.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key table cannot be reached.
    #[error("key table: {}", crate::error::describe(.0))]
    Database(#[from] sqlx::Error),
    /// The envelope was altered, moved, or sealed under another key.
    #[error("an envelope does not open here")]
    Forged,
    /// The wrapping key does not open the stored data keys.
    #[error("the master key does not fit this database")]
    WrongMasterKey,
    /// No key of this identity was ever made.
    #[error("the envelope names an unknown key")]
    UnknownKey,
    /// The subject was erased: nothing new can be sealed for it.
    #[error("the data subject was erased")]
    Erased,
    /// The master key file cannot be read or made.
    #[error("master key file: {0}")]
    MasterFile(std::io::ErrorKind),
    /// The master key file does not hold 32 bytes in hex.
    #[error("the master key file does not hold a key")]
    BadMasterFile,
}

impl SealError {
    /// Whether trying again later can help.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Database(error) if crate::error::is_transient(error))
    }
}

/// Where an envelope stands; it opens nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Stream type.
    pub aggregate_type: &'a str,
    /// Stream identity.
    pub aggregate_id: &'a str,
    /// Number within the stream.
    pub sequence: i64,
}
