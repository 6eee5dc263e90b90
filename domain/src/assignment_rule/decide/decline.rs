//! Decline: what waits does not come into force.

use super::Decided;
use crate::assignment_rule::event::{AssignmentRuleEvent, Declined};
use crate::assignment_rule::state::AssignmentRule;
use crate::kernel::Context;

/// AA5. What waits does not come into force; what was before stays. When nothing waits, nothing
/// changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Decline {}

impl Decline {
    pub(in crate::assignment_rule) fn decide(
        self,
        rule: &AssignmentRule,
        _cx: &Context,
    ) -> Decided {
        if rule.open()?.waiting.is_none() {
            return Ok(vec![]);
        }
        Ok(vec![AssignmentRuleEvent::Declined(Declined {})])
    }
}
