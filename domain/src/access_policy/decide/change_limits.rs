//! Change limits: more or less is asked for and allowed.

use super::{Decided, fit_span};
use crate::access_policy::event::{AccessPolicyEvent, LimitsChanged};
use crate::access_policy::refusal::AccessPolicyRefusal;
use crate::access_policy::state::AccessPolicy;
use crate::access_request::stage::Span;
use crate::kernel::Context;

/// The longest justification that can be asked for.
pub(in crate::access_policy) const JUSTIFICATION_MAX: u16 = 500;
/// Most levels up.
pub(in crate::access_policy) const ESCALATIONS_MAX: u8 = 5;
/// Most people to whom a rule can grant by itself.
pub(in crate::access_policy) const PEOPLE_MAX: u32 = 10_000;

/// AP1, AP5. This much is asked for and allowed from now on. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeLimits {
    /// How many characters a justification has at least, 0 to 500.
    pub justification_min: u16,
    /// How often a stage goes a level up, 0 to 5.
    pub max_escalations: u8,
    /// How long a stage may take that no rule made.
    pub span: Span,
    /// Whether nobody decides what somebody asks for whom they answer to.
    pub without_subordinates: bool,
    /// Up to how many people a rule grants by itself without a second person, 0 to 10,000.
    pub rule_people_max: u32,
}

impl ChangeLimits {
    pub(in crate::access_policy) fn decide(self, policy: &AccessPolicy, cx: &Context) -> Decided {
        if self.justification_min > JUSTIFICATION_MAX {
            return Err(AccessPolicyRefusal::JustificationUnfit);
        }
        if self.max_escalations > ESCALATIONS_MAX {
            return Err(AccessPolicyRefusal::EscalationsUnfit);
        }
        if self.rule_people_max > PEOPLE_MAX {
            return Err(AccessPolicyRefusal::PeopleUnfit);
        }
        fit_span(self.span, cx)?;
        let changed = AccessPolicyEvent::LimitsChanged(LimitsChanged {
            justification_min: self.justification_min,
            max_escalations: self.max_escalations,
            span: self.span,
            without_subordinates: self.without_subordinates,
            rule_people_max: self.rule_people_max,
        });
        let mut after = policy.clone();
        after.evolve(changed.clone());
        Ok(if after == *policy { vec![] } else { vec![changed] })
    }
}
