//! How a ticket found those who have it, explained.

use async_graphql::{Context, Enum, Object, Result};
use domain::routing;
use projections::cis::At;

use crate::graphql::ci::{Ci, ci};
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::subject::Subject;

/// What a routing decision came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::routing::Outcome")]
enum RoutingOutcome {
    /// A person has it.
    ToPerson,
    /// The unit has it as a whole, as the unit wants it.
    ToUnit,
    /// Nobody in the unit fits; the unit has it as a whole.
    NobodyFits,
    /// Neither subject nor anything else names a unit: dispatch.
    NoUnit,
    /// The subject's unit takes no tickets any more: dispatch.
    UnitClosed,
}

/// Why somebody was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::routing::Why")]
enum PassedOverWhy {
    /// Suspended or gone.
    Inactive,
    /// Away, and nobody fit stands in.
    Absent,
    /// Lacks the skill, or its certificate has ended.
    LacksSkill,
    /// Works in another tier.
    OtherTier,
    /// Somebody else has less to do.
    MoreLoaded,
    /// Somebody else's turn.
    NotTheirTurn,
}

/// How a unit spreads its tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::unit::RoutingMethod")]
pub(in crate::graphql) enum RoutingMethod {
    /// Its people take what they can.
    Pull,
    /// To whoever has least to do.
    LeastLoaded,
    /// To one after the other.
    RoundRobin,
}

/// A routing decision, explained.
pub(super) struct Routing(pub(super) routing::Routing);

/// A routing decision, explained.
#[Object(name = "TicketRouting")]
impl Routing {
    /// What it came to.
    async fn outcome(&self) -> RoutingOutcome {
        self.0.outcome.into()
    }

    /// The subject whose defaults were used.
    async fn subject(&self, cx: &Context<'_>) -> Result<Option<Subject>> {
        let Some(id) = self.0.subject else { return Ok(None) };
        loader::subject(cx, id).await
    }

    /// The item that names the unit; null when it was found by its subject.
    async fn item(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        let Some(id) = self.0.item else { return Ok(None) };
        ci(cx, id, At::Now).await
    }

    /// How the unit spreads its tickets; null in dispatch.
    async fn method(&self) -> Option<RoutingMethod> {
        self.0.method.map(Into::into)
    }

    /// The skill that was asked for.
    async fn skill(&self) -> Option<&str> {
        self.0.skill.as_deref()
    }

    /// The tier that was asked for.
    async fn tier(&self) -> Option<i32> {
        self.0.tier.map(|tier| tier.0.into())
    }

    /// For whom the chosen one stands in.
    async fn deputy_of(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.deputy_of else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// Open tickets of the chosen one, before this one.
    async fn load(&self) -> Option<i64> {
        self.0.load.map(Into::into)
    }

    /// Who did not get it; at most 50 of them are named.
    async fn passed_over(&self) -> Vec<PassedOver> {
        self.0.passed_over.iter().copied().map(PassedOver).collect()
    }
}

/// Somebody who did not get a ticket.
struct PassedOver(routing::PassedOver);

/// Somebody who did not get a ticket.
#[Object]
impl PassedOver {
    /// Who.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.person).await
    }

    /// Why not.
    async fn why(&self) -> PassedOverWhy {
        self.0.why.into()
    }
}
