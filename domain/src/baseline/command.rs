//! The baseline's verbs: a table of contents.

pub use super::decide::name::{Moment, Name};
pub use super::decide::rename::Rename;
pub use super::decide::withdraw::Withdraw;
use super::event::BaselineEvent;
use super::refusal::BaselineRefusal;
use super::state::Baseline;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context};

/// The scope of the claims on names of baselines.
pub const NAMES: &str = "baseline.name";

/// What can be asked of a baseline.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum BaselineCommand {
    Name(Name),
    Rename(Rename),
    Withdraw(Withdraw),
}

impl Command for BaselineCommand {
    type State = Baseline;
    type Event = BaselineEvent;
    type Refusal = BaselineRefusal;

    fn decide(
        self,
        baseline: &Baseline,
        cx: &Context,
    ) -> Result<Vec<BaselineEvent>, BaselineRefusal> {
        match self {
            Self::Name(c) => c.decide(baseline, cx),
            Self::Rename(c) => c.decide(baseline, cx),
            Self::Withdraw(c) => c.decide(baseline, cx),
        }
    }

    fn claims(before: &Baseline, event: &BaselineEvent) -> Vec<ClaimChange> {
        let held = before.0.as_deref().filter(|body| !body.withdrawn);
        let held = held.map(|body| ClaimKey::of_name(&body.name));
        let wanted = match event {
            BaselineEvent::Named(e) => Some(ClaimKey::of_name(&e.name)),
            BaselineEvent::Renamed(e) => Some(ClaimKey::of_name(&e.name)),
            BaselineEvent::Withdrawn(_) => None,
        };
        ClaimChange::exchange(NAMES, held, wanted)
    }
}
