//! Retire: the rule is over.

use super::must_not_bind;
use crate::access::doer::Doer;
use crate::deny_rule::event::{DenyRuleEvent, Retired};
use crate::deny_rule::refusal::DenyRuleRefusal;
use crate::deny_rule::state::DenyRule;
use crate::kernel::Context;

/// DR5, DR6. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::deny_rule) fn decide(
        self,
        rule: &DenyRule,
        cx: &Context,
    ) -> Result<Vec<DenyRuleEvent>, DenyRuleRefusal> {
        let body = rule.body()?;
        if body.retired {
            return Ok(vec![]);
        }
        must_not_bind(&body.definition, &Doer::of(cx))?;
        Ok(vec![DenyRuleEvent::Retired(Retired {})])
    }
}
