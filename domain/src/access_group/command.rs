//! The group's verbs: a table of contents.

pub use super::decide::add_member::AddMember;
pub use super::decide::choose_population::ChoosePopulation;
pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::remove_member::RemoveMember;
pub use super::decide::retire::Retire;
use super::event::AccessGroupEvent;
use super::refusal::AccessGroupRefusal;
use super::state::AccessGroup;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// The scope of the claims on names of groups.
pub const NAMES: &str = "access_group.name";

/// What can be asked of a group.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum AccessGroupCommand {
    Define(Define),
    Redefine(Redefine),
    ChoosePopulation(ChoosePopulation),
    AddMember(AddMember),
    RemoveMember(RemoveMember),
    Retire(Retire),
}

impl Command for AccessGroupCommand {
    type State = AccessGroup;
    type Event = AccessGroupEvent;
    type Refusal = AccessGroupRefusal;

    fn needs(&self, _group: &AccessGroup) -> Needs {
        match self {
            Self::Define(c) => Needs { people: [c.owner].into(), ..Needs::default() },
            Self::Redefine(c) => Needs { people: [c.owner].into(), ..Needs::default() },
            Self::ChoosePopulation(c) => c.needs(),
            Self::AddMember(c) => c.needs(),
            Self::RemoveMember(c) => c.needs(),
            Self::Retire(c) => c.needs(),
        }
    }

    fn decide(
        self,
        group: &AccessGroup,
        cx: &Context,
    ) -> Result<Vec<AccessGroupEvent>, AccessGroupRefusal> {
        match self {
            Self::Define(c) => c.decide(group, cx),
            Self::Redefine(c) => c.decide(group, cx),
            Self::ChoosePopulation(c) => c.decide(group, cx),
            Self::AddMember(c) => c.decide(group, cx),
            Self::RemoveMember(c) => c.decide(group, cx),
            Self::Retire(c) => c.decide(group, cx),
        }
    }

    fn claims(before: &AccessGroup, event: &AccessGroupEvent) -> Vec<ClaimChange> {
        let held = before.name_held();
        let wanted = match event {
            AccessGroupEvent::Defined(e) => Some(e.name.as_str()),
            AccessGroupEvent::Redefined(e) => Some(e.name.as_str()),
            AccessGroupEvent::Retired(_) => None,
            AccessGroupEvent::PopulationChosen(_)
            | AccessGroupEvent::MemberAdded(_)
            | AccessGroupEvent::MemberRemoved(_) => held,
        };
        let key = |name: Option<&str>| name.map(ClaimKey::of_name);
        ClaimChange::exchange(NAMES, key(held), key(wanted))
    }
}
