//! Withdraw: it does not count any more.

use crate::baseline::event::{BaselineEvent, Withdrawn};
use crate::baseline::refusal::BaselineRefusal;
use crate::baseline::state::Baseline;
use crate::kernel::Context;

/// O4. It is there to be read as before; withdrawing twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Withdraw {}

impl Withdraw {
    pub(in crate::baseline) fn decide(
        self,
        baseline: &Baseline,
        _cx: &Context,
    ) -> Result<Vec<BaselineEvent>, BaselineRefusal> {
        if baseline.body()?.withdrawn {
            return Ok(vec![]);
        }
        Ok(vec![BaselineEvent::Withdrawn(Withdrawn {})])
    }
}
