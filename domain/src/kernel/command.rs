//! The seam between an aggregate's commands and whoever executes them.

use cqrs_es::{Aggregate, DomainEvent};

use super::claim::ClaimChange;
use super::context::Context;
use super::facts::Needs;
use super::refusal::Refusal;

/// A command of one aggregate: pure, synchronous, repeatable.
pub trait Command: Clone + Send + Sync + 'static {
    /// The aggregate's state.
    type State: Aggregate<Event = Self::Event> + Clone;
    /// Its events.
    type Event: DomainEvent;
    /// Its business "no".
    type Refusal: Refusal + Send;

    /// Which other aggregates the decision must know of; whoever does it is always known.
    fn needs(&self, _state: &Self::State) -> Needs {
        Needs::default()
    }

    /// The rule: events, none when it is already so, or a refusal.
    fn decide(self, state: &Self::State, cx: &Context) -> Result<Vec<Self::Event>, Self::Refusal>;

    /// What an event of this aggregate, met by this state, holds or releases of set-wide unique
    /// keys.
    fn claims(_before: &Self::State, _event: &Self::Event) -> Vec<ClaimChange> {
        Vec::new()
    }
}

/// A command with its context: what cqrs-es calls the command of an aggregate.
#[derive(Debug, Clone)]
pub struct Directed<C> {
    /// What is wanted.
    pub body: C,
    /// By whom, when and why.
    pub context: Context,
}
