//! Retire: the item is not used any more.

use super::active;
use crate::ci::event::{CiEvent, Retired};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::ci::words::CiLife;
use crate::kernel::Context;

/// M6. The item does not change any more, and its identity is free. Again changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retire;

impl Retire {
    pub(in crate::ci) fn decide(self, ci: &Ci, _cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        if ci.0.as_ref().is_some_and(|body| body.life == CiLife::Retired) {
            return Ok(vec![]);
        }
        active(ci)?;
        Ok(vec![CiEvent::Retired(Retired {})])
    }
}
