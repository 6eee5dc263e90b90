//! The few spellings that all these files share. Each value has exactly one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::leaf::Hash;

/// A decimal number without sign and without leading zeros.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let short = text == "0" || !text.starts_with('0');
    (plain && short).then(|| text.parse().ok()).flatten()
}

/// The bytes of padded, canonical base64.
pub(super) fn bytes(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// A SHA-256 value in base64.
pub(super) fn hash(text: &str) -> Option<Hash> {
    // Longer ones are not even decoded.
    if text.len() != 44 {
        return None;
    }
    bytes(text)?.try_into().ok()
}

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}
