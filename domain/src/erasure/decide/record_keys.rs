//! Record keys: they are gone.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Decided, KEYS_MAX, step};
use crate::erasure::event::{ErasureEvent, KeysDestroyed};
use crate::erasure::refusal::ErasureRefusal;
use crate::erasure::state::Erasure;
use crate::erasure::words::Phase;
use crate::kernel::Context;

/// ER5. Said after it is true: the key store forgets first, and says the same when it is asked again.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordKeys {
    /// Their identities, at most 16.
    pub keys: BTreeSet<Uuid>,
}

impl RecordKeys {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, _cx: &Context) -> Decided {
        let body = erasure.body()?;
        if self.keys.len() > KEYS_MAX {
            return Err(ErasureRefusal::RecordUnfit);
        }
        step(body, Phase::Begun, ErasureEvent::KeysDestroyed(KeysDestroyed { keys: self.keys }))
    }
}
