//! Bytes that are no text and stand outside events: sealed like an envelope, but not written as one.

use std::collections::BTreeSet;

use domain::kernel::DataSubject;
use uuid::Uuid;

use super::keyring::{KeyState, Keyring};
use super::{SealError, cipher};

impl Keyring {
    /// Seals bytes under the subject's data key; the key's identity, and nonce, ciphertext and tag.
    /// `bound_to` must be given again to open them.
    pub async fn seal_content(
        &self,
        subject: DataSubject,
        content: &[u8],
        bound_to: &str,
    ) -> Result<(Uuid, Vec<u8>), SealError> {
        let keys = self.keys_of(&BTreeSet::from([subject])).await?;
        let key = keys.get(&subject).ok_or(SealError::UnknownKey)?;
        Ok((key.id, cipher::encrypt(&key.bytes, content, bound_to.as_bytes())?))
    }

    /// Opens them; none when the key was destroyed.
    pub async fn open_content(
        &self,
        key_id: Uuid,
        sealed: &[u8],
        bound_to: &str,
    ) -> Result<Option<Vec<u8>>, SealError> {
        let mut states = self.states(&BTreeSet::from([key_id])).await?;
        match states.remove(&key_id).ok_or(SealError::UnknownKey)? {
            KeyState::Destroyed => Ok(None),
            KeyState::Live(key) => key.open(sealed, bound_to.as_bytes()).map(Some),
        }
    }
}
