//! An event, as a row of the timeline.

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::ci::Ci;
use domain::ci_class::CiClass;
use domain::kernel::{Actor, PersonId, Source};
use projections::cis::At;
use projections::timeline::TimelineRow;

use super::changes;
use crate::graphql::ci::catalogue;
use crate::graphql::error::internal;
use crate::graphql::id::{GlobalId, encode};
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::scalar::Position;

/// The door a command came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::kernel::Source")]
pub(super) enum EventSource {
    /// This API.
    Graphql,
    /// History from another desk.
    Import,
    /// A due timer.
    Timer,
    /// Annals itself: first start, process managers.
    Process,
    /// Incoming mail.
    Mail,
    /// A directory through SCIM.
    Scim,
    /// Restored by the replay tools.
    Replay,
}

/// What sort of actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum ActorKind {
    /// Somebody who signed in.
    Person,
    /// A program with an account of its own.
    Service,
    /// An import of another desk's history.
    Import,
    /// Annals itself.
    System,
}

/// Who acted.
pub(in crate::graphql) struct EventActor(Actor);

/// Who acted.
#[Object]
impl EventActor {
    /// What sort.
    async fn kind(&self) -> ActorKind {
        match self.0 {
            Actor::Person(_) => ActorKind::Person,
            Actor::Service(_) => ActorKind::Service,
            Actor::Import => ActorKind::Import,
            Actor::System => ActorKind::System,
        }
    }

    /// The person, when it was one.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.person_id()).await
    }

    /// The name of the program, when it was one.
    async fn service_name(&self, cx: &Context<'_>) -> Result<Option<String>> {
        let Actor::Service(account) = self.0 else { return Ok(None) };
        loader::service_name(cx, account).await
    }
}

impl EventActor {
    /// Whoever is named so.
    pub(in crate::graphql) fn of(actor: Actor) -> Self {
        Self(actor)
    }

    fn person_id(&self) -> Option<PersonId> {
        match self.0 {
            Actor::Person(id) => Some(id),
            Actor::Service(_) | Actor::Import | Actor::System => None,
        }
    }
}

/// A field that an event changed. Ids are global ones, lists are joined by a comma and a space.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub(super) struct FieldChange {
    /// Which field.
    pub(super) field: String,
    /// What it was; null when it was absent.
    pub(super) from: Option<String>,
    /// What it is; null when it is absent.
    pub(super) to: Option<String>,
}

/// Something that happened and will never change.
pub(in crate::graphql) struct Event(pub(in crate::graphql) TimelineRow);

/// Something that happened and will never change.
#[Object]
impl Event {
    /// Its permanent number in the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.global_seq)
    }

    /// What happened, such as ticket.assigned.
    async fn event_type(&self) -> &str {
        &self.0.event_type
    }

    /// To what; null for what has no id of its own.
    async fn node_id(&self) -> Option<ID> {
        GlobalId::of_stream(&self.0.aggregate_type, self.0.aggregate_id).map(encode)
    }

    /// Its number among the events of the same thing, from 1.
    async fn version(&self) -> i64 {
        self.0.sequence
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.0.occurred_at
    }

    /// When it was written down.
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }

    /// Who did it.
    async fn actor(&self) -> Result<EventActor> {
        self.0.actor.parse().map(EventActor).map_err(internal)
    }

    /// For whom, when that was somebody else.
    async fn on_behalf_of(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.0.on_behalf_of).await
    }

    /// Why, in the actor's words.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Through which door.
    async fn source(&self) -> Result<EventSource> {
        self.0.source.parse::<Source>().map(Into::into).map_err(internal)
    }

    /// The command that made it, by its bare id; events of one command have the same.
    async fn command_id(&self) -> ID {
        ID(self.0.command_id.to_string())
    }

    /// The request that it is part of, by its bare id; whatever a request caused has the same.
    async fn correlation_id(&self) -> ID {
        ID(self.0.correlation_id.to_string())
    }

    /// The command that led to the one that made it, by its bare id; null when somebody or something
    /// from outside did.
    async fn causation_id(&self) -> Option<ID> {
        self.0.causation_id.map(|id| ID(id.to_string()))
    }

    /// What it changed.
    async fn changes(&self, cx: &Context<'_>) -> Result<Vec<FieldChange>> {
        let all = self.0.changes.iter();
        if !matches!(self.0.aggregate_type.as_str(), Ci::TYPE | CiClass::TYPE) {
            return Ok(all.map(changes::public).collect());
        }
        let catalogue = catalogue(cx, At::Now).await?;
        Ok(all.map(|change| changes::of_item(change, &catalogue)).collect())
    }
}

async fn person(cx: &Context<'_>, id: Option<PersonId>) -> Result<Option<Person>> {
    let Some(id) = id else { return Ok(None) };
    loader::person(cx, id).await
}
