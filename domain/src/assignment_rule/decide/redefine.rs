//! Redefine: the rule says something else.

use super::{Decided, Wish, fit};
use crate::assignment_rule::state::AssignmentRule;
use crate::kernel::Context;

/// AA1 to AA6. The rule says this from now on, or when a second person has confirmed it. What is in
/// force, or waits, already, changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// What it says, and what was seen to come of it.
    pub wish: Wish,
}

impl Redefine {
    pub(in crate::assignment_rule) fn decide(self, rule: &AssignmentRule, cx: &Context) -> Decided {
        let body = rule.open()?;
        let definition = fit(&self.wish.definition, cx)?;
        let newest = body.waiting.as_ref().map(|waiting| &waiting.definition);
        if newest.or(body.current.as_ref()) == Some(&definition) {
            return Ok(vec![]);
        }
        self.wish.decide(definition, cx)
    }
}
