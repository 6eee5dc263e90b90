//! Redefine: the rule is another one.

use super::must_not_bind;
use crate::access::doer::Doer;
use crate::access::model;
use crate::kernel::Context;
use crate::sod_rule::bounds;
use crate::sod_rule::event::SodRuleEvent;
use crate::sod_rule::refusal::SodRuleRefusal;
use crate::sod_rule::state::SodRule;

/// SD1 to SD5. The rule is said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// What it is to be; its identity stays.
    pub definition: model::SodRule,
}

impl Redefine {
    pub(in crate::sod_rule) fn decide(
        self,
        rule: &SodRule,
        cx: &Context,
    ) -> Result<Vec<SodRuleEvent>, SodRuleRefusal> {
        let body = rule.body()?;
        if body.retired {
            return Err(SodRuleRefusal::Retired);
        }
        let doer = Doer::of(cx);
        let wanted = model::SodRule { id: body.definition.id, ..self.definition };
        let wanted = bounds::fit(wanted, &doer.rules)?;
        if wanted == body.definition {
            return Ok(vec![]);
        }
        must_not_bind(&body.definition, &doer)?;
        Ok(vec![SodRuleEvent::Redefined(Box::new(wanted))])
    }
}
