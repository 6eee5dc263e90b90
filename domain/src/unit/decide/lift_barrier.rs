//! Lift barrier: what is granted above the unit reaches it again.

use super::must_not_bind;
use crate::access::doer::Doer;
use crate::access::model::ClassSet;
use crate::kernel::{Context, UnitId};
use crate::unit::event::{BarrierLifted, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U11, U13. Of a closed unit as well: its tickets still lie there. Lifting twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct LiftBarrier {
    /// The unit itself: where it lies the rules tell.
    pub unit: UnitId,
}

impl LiftBarrier {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        if unit.body()?.barrier.is_empty() {
            return Ok(vec![]);
        }
        must_not_bind(self.unit, ClassSet::NONE, &Doer::of(cx))?;
        Ok(vec![UnitEvent::BarrierLifted(BarrierLifted {})])
    }
}
