//! Retire: it grants nothing any more.

use super::Decided;
use crate::assignment_rule::event::{AssignmentRuleEvent, Retired};
use crate::assignment_rule::state::AssignmentRule;
use crate::kernel::Context;

/// AA6. It is over, what it gave ends, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::assignment_rule) fn decide(
        self,
        rule: &AssignmentRule,
        _cx: &Context,
    ) -> Decided {
        if rule.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![AssignmentRuleEvent::Retired(Retired {})])
    }
}
