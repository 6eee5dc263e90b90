//! Define: there is another rule.

use crate::access::doer::Doer;
use crate::access::model;
use crate::kernel::Context;
use crate::sod_rule::bounds;
use crate::sod_rule::event::SodRuleEvent;
use crate::sod_rule::refusal::SodRuleRefusal;
use crate::sod_rule::state::SodRule;

/// SD1, SD2, SD3. A rule is defined once, as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// What it is to be; its identity is that of the stream.
    pub definition: model::SodRule,
}

impl Define {
    pub(in crate::sod_rule) fn decide(
        self,
        rule: &SodRule,
        cx: &Context,
    ) -> Result<Vec<SodRuleEvent>, SodRuleRefusal> {
        if rule.0.is_some() {
            return Err(SodRuleRefusal::Exists);
        }
        let wanted = bounds::fit(self.definition, &Doer::of(cx).rules)?;
        Ok(vec![SodRuleEvent::Defined(Box::new(wanted))])
    }
}
