//! The verbs on a rule that grants by itself: a table of contents.

pub use super::decide::Wish;
pub use super::decide::confirm::Confirm;
pub use super::decide::decline::Decline;
pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::AssignmentRuleEvent;
use super::refusal::AssignmentRuleRefusal;
use super::state::AssignmentRule;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// The scope of the claims on names of rules.
pub const NAMES: &str = "assignment_rule.name";

/// What can be asked of a rule.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum AssignmentRuleCommand {
    Define(Box<Define>),
    Redefine(Box<Redefine>),
    Confirm(Confirm),
    Decline(Decline),
    Retire(Retire),
}

impl Command for AssignmentRuleCommand {
    type State = AssignmentRule;
    type Event = AssignmentRuleEvent;
    type Refusal = AssignmentRuleRefusal;

    fn needs(&self, rule: &AssignmentRule) -> Needs {
        match self {
            Self::Define(c) => c.wish.needs(),
            Self::Redefine(c) => c.wish.needs(),
            Self::Confirm(c) => c.needs(rule),
            Self::Decline(_) | Self::Retire(_) => Needs::default(),
        }
    }

    fn decide(
        self,
        rule: &AssignmentRule,
        cx: &Context,
    ) -> Result<Vec<AssignmentRuleEvent>, AssignmentRuleRefusal> {
        match self {
            Self::Define(c) => c.decide(rule, cx),
            Self::Redefine(c) => c.decide(rule, cx),
            Self::Confirm(c) => c.decide(rule, cx),
            Self::Decline(c) => c.decide(rule, cx),
            Self::Retire(c) => c.decide(rule, cx),
        }
    }

    fn claims(before: &AssignmentRule, event: &AssignmentRuleEvent) -> Vec<ClaimChange> {
        let mut after = before.clone();
        after.evolve(event.clone());
        let key = |rule: &AssignmentRule| rule.name_held().map(ClaimKey::of_name);
        ClaimChange::exchange(NAMES, key(before), key(&after))
    }
}
