//! AES-256-GCM with a random 96-bit nonce, and the envelope's text form.

#![expect(
    clippy::disallowed_methods,
    reason = "keys and nonces must be unguessable, never repeatable"
)]

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, Key, KeyInit, Nonce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::RngCore;
use uuid::Uuid;

use super::SealError;

const NONCE: usize = 12;

/// A subject's 256-bit data key.
#[derive(Clone)]
pub struct DataKey {
    pub(super) id: Uuid,
    pub(super) subject: String,
    pub(super) bytes: [u8; 32],
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DataKey({} of {})", self.id, self.subject)
    }
}

impl DataKey {
    /// Seals a text; `bound_to` must be given again to open it.
    pub(super) fn seal(&self, text: &[u8], bound_to: &[u8]) -> Result<String, SealError> {
        let sealed = encrypt(&self.bytes, text, bound_to)?;
        Ok(format!("v1.{}.{}", self.id, URL_SAFE_NO_PAD.encode(sealed)))
    }

    pub(super) fn open(&self, sealed: &[u8], bound_to: &[u8]) -> Result<Vec<u8>, SealError> {
        decrypt(&self.bytes, sealed, bound_to).ok_or(SealError::Forged)
    }
}

/// The key's identity and the sealed bytes of an envelope.
pub(super) fn parse(envelope: &str) -> Result<(Uuid, Vec<u8>), SealError> {
    let (id, data) = split(envelope)?;
    let data = URL_SAFE_NO_PAD.decode(data).map_err(|_| SealError::Forged)?;
    Ok((id, data))
}

/// The key's identity and the rest of an envelope, as it stands there.
pub(super) fn split(envelope: &str) -> Result<(Uuid, &str), SealError> {
    let rest = envelope.strip_prefix("v1.").ok_or(SealError::Forged)?;
    let (id, data) = rest.split_once('.').ok_or(SealError::Forged)?;
    let id = Uuid::parse_str(id).map_err(|_| SealError::Forged)?;
    Ok((id, data))
}

pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

pub(super) fn encrypt(key: &[u8; 32], text: &[u8], aad: &[u8]) -> Result<Vec<u8>, SealError> {
    let nonce: [u8; NONCE] = random();
    let sealed = Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key))
        .encrypt(Nonce::from_slice(&nonce), Payload { msg: text, aad })
        .map_err(|_| SealError::Forged)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

pub(super) fn decrypt(key: &[u8; 32], sealed: &[u8], aad: &[u8]) -> Option<Vec<u8>> {
    let (nonce, text) = sealed.split_at_checked(NONCE)?;
    Aes256Gcm::new(Key::<Aes256Gcm>::from_slice(key))
        .decrypt(Nonce::from_slice(nonce), Payload { msg: text, aad })
        .ok()
}
