//! What the guard must know of a command before it is decided: one permission each, and how the
//! caller stands to the object.

mod access;
mod catalog;
mod erasure;
mod items;
mod people;
mod rules;
mod ticket;

use domain::access::decide::{ObjectView, World};
use domain::access::{Permission, Relation, Who};
use domain::kernel::{Command, Facts, Needs, TicketId};
use uuid::Uuid;

use super::{GatewayError, Step};
pub(super) use ticket::known;

/// What a command is about, and who asks.
#[derive(Debug)]
pub struct On<'a, S> {
    /// The stream.
    pub stream: Uuid,
    /// As it is.
    pub state: &'a S,
    /// Who asks.
    pub who: &'a Who,
    /// What they hold.
    pub world: &'a World,
    /// What is known of others.
    pub facts: &'a Facts,
}

impl<S> On<'_, S> {
    /// The object as it is seen by whoever asks, and by those in whose place they act.
    pub(super) fn as_seen(&self, relation: impl Fn(&On<'_, S>) -> Relation) -> ObjectView {
        ObjectView::as_seen(self.who, |who| relation(&On { who, ..*self }))
    }
}

/// A command the gateway accepts.
pub trait Guarded: Command {
    /// The one permission of this verb.
    fn permission(&self) -> Permission;

    /// What the guard needs to know of others, besides what the decision does.
    fn guard_needs(&self, _stream: Uuid, _needs: &mut Needs) {}

    /// The ticket to be looked at once more, with its dossier, before somebody is told that there
    /// is none.
    fn second_look(&self, _stream: Uuid) -> Option<TicketId> {
        None
    }

    /// How the caller stands to the object.
    fn relation(&self, _on: &On<'_, Self::State>) -> Relation {
        Relation::default()
    }

    /// The object as the guard sees it: how the caller stands to it, and where it lies, which is at the
    /// root unless said.
    fn object(&self, on: &On<'_, Self::State>) -> ObjectView {
        on.as_seen(|on| self.relation(on))
    }

    /// The read that shows every such object to those whose reads reach everything: they are told
    /// that they may not, not that there is none.
    fn sight(&self) -> Option<Permission> {
        None
    }

    /// The same as a step of several, if Annals itself draws consequences that are stored with it.
    fn step(&self, _stream: Uuid) -> Option<Step> {
        None
    }

    /// The answer for what the caller may not even see: the same as for what is absent.
    fn hidden(&self) -> GatewayError {
        GatewayError::Forbidden
    }
}
