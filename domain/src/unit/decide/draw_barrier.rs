//! Draw barrier: what is granted above the unit ends at it.

use super::must_not_bind;
use crate::access::Permission;
use crate::access::doer::Doer;
use crate::access::model::ClassSet;
use crate::kernel::{Context, UnitId};
use crate::unit::event::{BarrierDrawn, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U11 to U13. The barrier is said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawBarrier {
    /// The unit itself: where it lies the rules tell.
    pub unit: UnitId,
    /// For actions of these classes.
    pub classes: ClassSet,
}

impl DrawBarrier {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        let body = unit.open()?;
        if self.classes.is_empty() {
            return Err(UnitRefusal::BarrierUnfit);
        }
        if self.classes == body.barrier {
            return Ok(vec![]);
        }
        let doer = Doer::of(cx);
        must_not_bind(self.unit, self.classes, &doer)?;
        self.must_leave_keepers(&doer, cx)?;
        Ok(vec![UnitEvent::BarrierDrawn(BarrierDrawn { classes: self.classes })])
    }

    /// U12, unless whoever gives access from above still does.
    fn must_leave_keepers(&self, doer: &Doer<'_>, cx: &Context) -> Result<(), UnitRefusal> {
        let registry = &doer.rules.registry;
        let giving = registry.find(&Permission::AccessGrant.into());
        let stops = giving.is_some_and(|it| self.classes.contains(registry.info(it).class));
        let left = cx.facts.access.behind.get(&self.unit).is_some_and(|behind| !behind.is_empty());
        if stops && !left { Err(UnitRefusal::NobodyLeft) } else { Ok(()) }
    }
}
