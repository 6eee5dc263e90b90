//! Redefine: the rule is another one.

use super::must_not_bind;
use crate::access::doer::Doer;
use crate::deny_rule::bounds;
use crate::deny_rule::event::{Definition, DenyRuleEvent};
use crate::deny_rule::refusal::DenyRuleRefusal;
use crate::deny_rule::state::DenyRule;
use crate::kernel::Context;

/// DR1 to DR6. The rule is said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// What it is to be.
    pub definition: Definition,
}

impl Redefine {
    pub(in crate::deny_rule) fn decide(
        self,
        rule: &DenyRule,
        cx: &Context,
    ) -> Result<Vec<DenyRuleEvent>, DenyRuleRefusal> {
        let body = rule.body()?;
        if body.retired {
            return Err(DenyRuleRefusal::Retired);
        }
        let doer = Doer::of(cx);
        let wanted = bounds::fit(self.definition, &doer.rules, cx)?;
        if wanted == body.definition {
            return Ok(vec![]);
        }
        must_not_bind(&body.definition, &doer)?;
        Ok(vec![DenyRuleEvent::Redefined(Box::new(wanted))])
    }
}
