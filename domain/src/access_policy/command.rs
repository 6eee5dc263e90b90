//! The policy's verbs: a table of contents.

use super::decide;
pub use super::decide::change_limits::ChangeLimits;
pub use super::decide::choose_governance::ChooseGovernance;
pub use super::decide::draw_boundary::DrawBoundary;
pub use super::decide::prepare_emergencies::PrepareEmergencies;
pub use super::decide::set_rules::SetRules;
use super::event::AccessPolicyEvent;
use super::refusal::AccessPolicyRefusal;
use super::state::AccessPolicy;
use crate::access::known::AccessNeeds;
use crate::kernel::{Command, Context, Needs};

/// What can be asked of the policy.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum AccessPolicyCommand {
    SetRules(SetRules),
    ChooseGovernance(ChooseGovernance),
    ChangeLimits(ChangeLimits),
    DrawBoundary(DrawBoundary),
    PrepareEmergencies(PrepareEmergencies),
}

impl Command for AccessPolicyCommand {
    type State = AccessPolicy;
    type Event = AccessPolicyEvent;
    type Refusal = AccessPolicyRefusal;

    fn needs(&self, _policy: &AccessPolicy) -> Needs {
        match self {
            Self::SetRules(c) => c.needs(),
            Self::ChooseGovernance(c) => c.needs(),
            Self::ChangeLimits(c) => decide::calendar_of(&c.span),
            Self::PrepareEmergencies(c) => c.needs(),
            Self::DrawBoundary(_) => AccessNeeds::rules().into(),
        }
    }

    fn decide(
        self,
        policy: &AccessPolicy,
        cx: &Context,
    ) -> Result<Vec<AccessPolicyEvent>, AccessPolicyRefusal> {
        match self {
            Self::SetRules(c) => c.decide(policy, cx),
            Self::ChooseGovernance(c) => c.decide(policy, cx),
            Self::ChangeLimits(c) => c.decide(policy, cx),
            Self::DrawBoundary(c) => c.decide(policy, cx),
            Self::PrepareEmergencies(c) => c.decide(policy, cx),
        }
    }
}
