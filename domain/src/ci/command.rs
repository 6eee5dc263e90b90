//! The item's verbs: a table of contents.

pub use super::decide::correct::Correct;
pub use super::decide::find_again::FindAgain;
pub use super::decide::liken::Liken;
pub use super::decide::merge_into::MergeInto;
pub use super::decide::miss::Miss;
pub use super::decide::register::Register;
pub use super::decide::relate::Relate;
pub use super::decide::retire::Retire;
pub use super::decide::revert::Revert;
pub use super::decide::tell_apart::TellApart;
pub use super::decide::unrelate::Unrelate;
use super::event::CiEvent;
use super::refusal::CiRefusal;
use super::state::Ci;
use crate::cmdb::IDENTITY;
use crate::kernel::{ClaimChange, Command, Context, Needs};

/// What can be asked of an item.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum CiCommand {
    Register(Box<Register>),
    Correct(Box<Correct>),
    Relate(Relate),
    Unrelate(Unrelate),
    Retire(Retire),
    MergeInto(MergeInto),
    Revert(Revert),
    Miss(Miss),
    FindAgain(FindAgain),
    Liken(Liken),
    TellApart(TellApart),
}

impl Command for CiCommand {
    type State = Ci;
    type Event = CiEvent;
    type Refusal = CiRefusal;

    fn needs(&self, _ci: &Ci) -> Needs {
        let mut needs = Needs { catalogue: true, ..Needs::default() };
        match self {
            Self::Register(c) => c.name_items(&mut needs),
            Self::Correct(c) => c.name_items(&mut needs),
            Self::Relate(c) => needs.items.extend([c.to]),
            Self::MergeInto(c) => needs.items.extend([c.into]),
            Self::Liken(c) => needs.items.extend([c.other]),
            Self::TellApart(c) => needs.items.extend([c.other]),
            Self::Unrelate(_)
            | Self::Retire(_)
            | Self::Revert(_)
            | Self::Miss(_)
            | Self::FindAgain(_) => {}
        }
        needs
    }

    fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        match self {
            Self::Register(c) => c.decide(ci, cx),
            Self::Correct(c) => c.decide(ci, cx),
            Self::Relate(c) => c.decide(ci, cx),
            Self::Unrelate(c) => c.decide(ci, cx),
            Self::Retire(c) => c.decide(ci, cx),
            Self::MergeInto(c) => c.decide(ci, cx),
            Self::Revert(c) => c.decide(ci, cx),
            Self::Miss(c) => c.decide(ci, cx),
            Self::FindAgain(c) => c.decide(ci, cx),
            Self::Liken(c) => c.decide(ci, cx),
            Self::TellApart(c) => c.decide(ci, cx),
        }
    }

    fn claims(before: &Ci, event: &CiEvent) -> Vec<ClaimChange> {
        let mut after = before.clone();
        after.evolve(event.clone());
        let (old, new) = (before.identities(), after.identities());
        let release = old.iter().filter(|key| !new.contains(key)).cloned();
        let release = release.map(|key| ClaimChange::Release { scope: IDENTITY, key });
        let hold = new.iter().filter(|key| !old.contains(key)).cloned();
        release.chain(hold.map(|key| ClaimChange::Hold { scope: IDENTITY, key })).collect()
    }
}
