//! Everything a decision may look at besides the aggregate itself.

use chrono::{DateTime, Utc};

use super::actor::{Actor, DataSubject};
use super::facts::Facts;
use super::ids::PersonId;
use super::personal::Personal;
use crate::settings::Policy;

/// With what weight the actor speaks on this aggregate; the access guard says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As any permitted person.
    Ordinary,
    /// As a head of the unit or a director: may break a hold, may steer a resolved ticket.
    Steering,
    /// As an import of finished history: exempt from rights, never from the life cycle.
    Importing,
}

/// Who acts, when, why and what they need to know of others.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who issued the command.
    pub actor: Actor,
    /// For whom, when that is somebody else.
    pub on_behalf_of: Option<PersonId>,
    /// When it happens (the event's `occurred_at`).
    pub now: DateTime<Utc>,
    /// Why, in the actor's words.
    pub reason: Option<Personal<String>>,
    /// With what weight the actor speaks.
    pub standing: Standing,
    /// What other aggregates say, as far as the command asked.
    pub facts: Facts,
    /// The deployment's settings.
    pub policy: Policy,
}

impl Context {
    /// The person whose deed it is: whom the actor stands in for, else the actor.
    pub fn doer(&self) -> Option<PersonId> {
        self.on_behalf_of.or(match self.actor {
            Actor::Person(id) => Some(id),
            Actor::Service(_) | Actor::Import | Actor::System => None,
        })
    }

    /// Under whose key the doer's own words are sealed.
    pub fn words_of(&self) -> DataSubject {
        self.doer().map_or(DataSubject::Deployment, DataSubject::Person)
    }
}
