//! The rule's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::SodRuleEvent;
use super::refusal::SodRuleRefusal;
use super::state::SodRule;
use crate::access::known::AccessNeeds;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a rule of segregation of duties.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SodRuleCommand {
    Define(Box<Define>),
    Redefine(Box<Redefine>),
    Retire(Retire),
}

impl Command for SodRuleCommand {
    type State = SodRule;
    type Event = SodRuleEvent;
    type Refusal = SodRuleRefusal;

    fn needs(&self, _rule: &SodRule) -> Needs {
        AccessNeeds::rules().into()
    }

    fn decide(self, rule: &SodRule, cx: &Context) -> Result<Vec<SodRuleEvent>, SodRuleRefusal> {
        match self {
            Self::Define(c) => c.decide(rule, cx),
            Self::Redefine(c) => c.decide(rule, cx),
            Self::Retire(c) => c.decide(rule, cx),
        }
    }

    fn claims(before: &SodRule, event: &SodRuleEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::of_name);
        let wanted = match event {
            SodRuleEvent::Defined(e) | SodRuleEvent::Redefined(e) => Some(e.name.as_str()),
            SodRuleEvent::Retired(_) => None,
        };
        ClaimChange::exchange("sod_rule.name", held, wanted.map(ClaimKey::of_name))
    }
}
