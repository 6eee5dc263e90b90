//! The rule's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::{Definition, DenyRuleEvent};
use super::refusal::DenyRuleRefusal;
use super::state::DenyRule;
use crate::access::known::AccessNeeds;
use crate::access::model::{AccessSubject, Matcher};
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a rule that denies.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum DenyRuleCommand {
    Define(Box<Define>),
    Redefine(Box<Redefine>),
    Retire(Retire),
}

impl Command for DenyRuleCommand {
    type State = DenyRule;
    type Event = DenyRuleEvent;
    type Refusal = DenyRuleRefusal;

    fn needs(&self, _rule: &DenyRule) -> Needs {
        let rules = AccessNeeds::rules();
        let named = |definition: &Definition| match definition.whom {
            Matcher::Subject(AccessSubject::Group(id)) | Matcher::Group(id) => {
                AccessNeeds { groups: [id].into(), ..rules.clone() }
            }
            Matcher::Subject(subject) => {
                AccessNeeds { subjects: [subject].into(), ..rules.clone() }
            }
            Matcher::Any | Matcher::Role(_) => rules.clone(),
        };
        let access = match self {
            Self::Define(c) => named(&c.definition),
            Self::Redefine(c) => named(&c.definition),
            Self::Retire(_) => rules,
        };
        access.into()
    }

    fn decide(self, rule: &DenyRule, cx: &Context) -> Result<Vec<DenyRuleEvent>, DenyRuleRefusal> {
        match self {
            Self::Define(c) => c.decide(rule, cx),
            Self::Redefine(c) => c.decide(rule, cx),
            Self::Retire(c) => c.decide(rule, cx),
        }
    }

    fn claims(before: &DenyRule, event: &DenyRuleEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::of_name);
        let wanted = match event {
            DenyRuleEvent::Defined(e) | DenyRuleEvent::Redefined(e) => Some(e.name.as_str()),
            DenyRuleEvent::Retired(_) => None,
        };
        ClaimChange::exchange("deny_rule.name", held, wanted.map(ClaimKey::of_name))
    }
}
