//! What a witness signs: the text of a checkpoint, and when it saw it.

use super::key::{SignerKey, VerifierKey};

/// The time of a cosignature stays below 2^63.
const LATEST: u64 = (1 << 63) - 1;

fn message(text: &str, at: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {at}\n{text}").into_bytes()
}

/// The time, then the signature.
pub(super) fn sign(key: &SignerKey, text: &str, at: u64) -> Vec<u8> {
    let at = at.min(LATEST);
    [at.to_be_bytes().as_slice(), &key.sign(&message(text, at))].concat()
}

/// When the key signed this text, if these bytes are its signature.
pub(super) fn time_of(key: &VerifierKey, text: &str, bytes: &[u8]) -> Option<u64> {
    let (at, signature) = bytes.split_first_chunk::<8>()?;
    let at = u64::from_be_bytes(*at);
    (at <= LATEST && key.has_signed(&message(text, at), signature)).then_some(at)
}

/// The time that bytes as long as a cosignature name.
pub(super) fn said_at(bytes: &[u8]) -> Option<u64> {
    let (at, signature) = bytes.split_first_chunk::<8>()?;
    (signature.len() == 64).then(|| u64::from_be_bytes(*at))
}
