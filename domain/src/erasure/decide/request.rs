//! Request: somebody asks that a person be erased.

use super::{Decided, fit_why, known};
use crate::erasure::event::{ErasureEvent, Requested};
use crate::erasure::refusal::ErasureRefusal;
use crate::erasure::state::Erasure;
use crate::erasure::words::ErasureGround;
use crate::kernel::{Context, PersonId};

/// ER1, ER6. A person is to be erased. Nothing has to be out of the way yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Whom; oneself, too.
    pub person: PersonId,
    /// With which right.
    pub ground: ErasureGround,
    /// Why, at most 2,000 characters. It stays, so it names nobody.
    pub why: String,
}

impl Request {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, cx: &Context) -> Decided {
        if erasure.0.is_some() {
            return Err(ErasureRefusal::Exists);
        }
        if known(self.person, cx)?.begun.is_some() {
            return Err(ErasureRefusal::PersonErased);
        }
        let why = fit_why(&self.why)?;
        let Self { person, ground, .. } = self;
        Ok(vec![ErasureEvent::Requested(Requested { person, ground, why, requester: cx.doer() })])
    }
}
