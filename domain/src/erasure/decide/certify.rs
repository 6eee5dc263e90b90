//! Certify: it is done.

use super::{Decided, step};
use crate::erasure::event::{Certified, ErasureEvent};
use crate::erasure::refusal::ErasureRefusal;
use crate::erasure::state::Erasure;
use crate::erasure::words::Phase;
use crate::kernel::Context;

/// Digits of a root in hex.
const ROOT_LENGTH: usize = 64;

/// ER5. The log was searched once more after the purge, and nothing was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Certify {
    /// How many events it had.
    pub position: i64,
    /// The root of its tree then, 64 digits in lower case.
    pub root: String,
}

impl Certify {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, _cx: &Context) -> Decided {
        let body = erasure.body()?;
        let Self { position, root } = self;
        let digit = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        if position < 0 || root.len() != ROOT_LENGTH || !root.bytes().all(digit) {
            return Err(ErasureRefusal::RecordUnfit);
        }
        step(body, Phase::Purged, ErasureEvent::Certified(Certified { position, root }))
    }
}
