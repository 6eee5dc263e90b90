//! Define: there is another rule.

use crate::access::doer::Doer;
use crate::deny_rule::bounds;
use crate::deny_rule::event::{Definition, DenyRuleEvent};
use crate::deny_rule::refusal::DenyRuleRefusal;
use crate::deny_rule::state::DenyRule;
use crate::kernel::Context;

/// DR1 to DR4. A rule is defined once, as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// What it is to be.
    pub definition: Definition,
}

impl Define {
    pub(in crate::deny_rule) fn decide(
        self,
        rule: &DenyRule,
        cx: &Context,
    ) -> Result<Vec<DenyRuleEvent>, DenyRuleRefusal> {
        if rule.0.is_some() {
            return Err(DenyRuleRefusal::Exists);
        }
        let wanted = bounds::fit(self.definition, &Doer::of(cx).rules, cx)?;
        Ok(vec![DenyRuleEvent::Defined(Box::new(wanted))])
    }
}
