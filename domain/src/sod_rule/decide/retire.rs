//! Retire: the rule is over.

use super::must_not_bind;
use crate::access::doer::Doer;
use crate::kernel::Context;
use crate::sod_rule::event::{Retired, SodRuleEvent};
use crate::sod_rule::refusal::SodRuleRefusal;
use crate::sod_rule::state::SodRule;

/// SD4, SD5. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::sod_rule) fn decide(
        self,
        rule: &SodRule,
        cx: &Context,
    ) -> Result<Vec<SodRuleEvent>, SodRuleRefusal> {
        let body = rule.body()?;
        if body.retired {
            return Ok(vec![]);
        }
        must_not_bind(&body.definition, &Doer::of(cx))?;
        Ok(vec![SodRuleEvent::Retired(Retired {})])
    }
}
