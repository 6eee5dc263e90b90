//! Define: there is a rule.

use super::{Decided, Wish, fit};
use crate::assignment_rule::refusal::AssignmentRuleRefusal as No;
use crate::assignment_rule::state::AssignmentRule;
use crate::kernel::Context;

/// AA1 to AA5. A rule is defined once; it is in force, or waits for a second person.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// What it says, and what was seen to come of it.
    pub wish: Wish,
}

impl Define {
    pub(in crate::assignment_rule) fn decide(self, rule: &AssignmentRule, cx: &Context) -> Decided {
        if rule.0.is_some() {
            return Err(No::Exists);
        }
        let definition = fit(&self.wish.definition, cx)?;
        self.wish.decide(definition, cx)
    }
}
