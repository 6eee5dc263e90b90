//! The role's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::RoleEvent;
use super::refusal::RoleRefusal;
use super::state::Role;
use crate::access::known::AccessNeeds;
use crate::access::model::RoleDefinition;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a role.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum RoleCommand {
    Define(Box<Define>),
    Redefine(Box<Redefine>),
    Retire(Retire),
}

impl Command for RoleCommand {
    type State = Role;
    type Event = RoleEvent;
    type Refusal = RoleRefusal;

    fn needs(&self, _role: &Role) -> Needs {
        let named = |definition: &RoleDefinition| Needs {
            people: definition.owner.into_iter().collect(),
            access: AccessNeeds {
                rules: true,
                holders: [definition.id].into(),
                ..AccessNeeds::default()
            },
            ..Needs::default()
        };
        match self {
            Self::Define(c) => named(&c.definition),
            Self::Redefine(c) => named(&c.definition),
            Self::Retire(_) => AccessNeeds::rules().into(),
        }
    }

    fn decide(self, role: &Role, cx: &Context) -> Result<Vec<RoleEvent>, RoleRefusal> {
        match self {
            Self::Define(c) => c.decide(role, cx),
            Self::Redefine(c) => c.decide(role, cx),
            Self::Retire(c) => c.decide(role, cx),
        }
    }

    fn claims(before: &Role, event: &RoleEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::of_name);
        let wanted = match event {
            RoleEvent::Defined(e) | RoleEvent::Redefined(e) => Some(e.name.as_str()),
            RoleEvent::Retired(_) => None,
        };
        ClaimChange::exchange("role.name", held, wanted.map(ClaimKey::of_name))
    }
}
