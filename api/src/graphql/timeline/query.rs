//! The roots of history.

use async_graphql::{Context, ID, InputObject, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::kernel::{Actor, PersonId};
use projections::cis::At;
use projections::timeline::EventQuery;
use uuid::Uuid;

use super::list;
use super::tree::{self, CausationTree};
use super::types::Event;
use crate::graphql::access::{MayRead, SignedIn, reads_all, reads_some};
use crate::graphql::access_group::AccessGroup;
use crate::graphql::access_template::AccessTemplate;
use crate::graphql::assignment_rule::AssignmentRule;
use crate::graphql::definition::{self, Noun};
use crate::graphql::deny_rule::DenyRule;
use crate::graphql::error::{bad_id, bad_request};
use crate::graphql::id::{self, GlobalId};
use crate::graphql::loader;
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::resource_type::ResourceType;
use crate::graphql::role::AccessRole;
use crate::graphql::scalar::{Cursor, Position};
use crate::graphql::sod_rule::SodRule;

/// Most event types in one question.
const TYPES: usize = 50;

/// A span of time; what is absent is open.
#[derive(Debug, Clone, Default, InputObject)]
struct TimeSpan {
    /// From this instant on.
    from: Option<DateTime<Utc>>,
    /// Before this instant.
    to: Option<DateTime<Utc>>,
}

/// History.
#[derive(Default)]
pub(in crate::graphql) struct TimelineQuery;

/// History.
#[Object]
impl TimelineQuery {
    /// What happened to one thing, oldest first; null when there is none whose history you may
    /// read.
    #[graphql(guard = "SignedIn")]
    async fn timeline(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The id of a ticket, a person or a unit.")] node_id: ID,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Option<Connection<Event>>> {
        let node = GlobalId::decode(&node_id).map_err(bad_id)?;
        // A ticket's trail is for those of the staff who see the ticket, and an item's likewise.
        let may = match node {
            GlobalId::Ticket(_) | GlobalId::Ci(_) => reads_some(cx, Permission::TimelineRead),
            _ => reads_all(cx, Permission::TimelineRead),
        };
        if !may || !is_known(cx, node).await? {
            return Ok(None);
        }
        if let GlobalId::Ticket(id) = node {
            return list::of_ticket(cx, id, first, after).await;
        }
        list::of(cx, node, first, after).await.map(Some)
    }

    /// Everything that happened, in the order of the log.
    #[graphql(guard = "MayRead(Permission::EventRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn events(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of these types alone, such as ticket.assigned; at most 50.")]
        types: Option<Vec<String>>,
        #[graphql(
            desc = "By this actor alone: the id of a person or a service account, or IMPORT, or SYSTEM."
        )]
        actor: Option<ID>,
        #[graphql(desc = "Written down in this span alone.")] between: Option<TimeSpan>,
        #[graphql(desc = "Happened in this span alone.")] occurred_between: Option<TimeSpan>,
        #[graphql(desc = "To this thing alone: the id of anything that has one.")] node_id: Option<
            ID,
        >,
        #[graphql(desc = "Part of this request alone, by its bare id.")] correlation_id: Option<ID>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Event>> {
        let types = types.unwrap_or_default();
        if types.len() > TYPES {
            return Err(bad_request(format!("at most {TYPES} event types at once")));
        }
        let node = node_id.map(|id| GlobalId::decode(&id).map_err(bad_id)).transpose()?;
        let (recorded, occurred) =
            (between.unwrap_or_default(), occurred_between.unwrap_or_default());
        let query = EventQuery {
            types,
            actor: actor.as_ref().map(actor_name).transpose()?,
            from: recorded.from,
            to: recorded.to,
            occurred_from: occurred.from,
            occurred_to: occurred.to,
            aggregate_id: node.map(GlobalId::uuid),
            correlation_id: correlation_id.as_ref().map(bare).transpose()?,
            ..EventQuery::default()
        };
        list::events(cx, query, first, after).await
    }

    /// What led to what: everything that one request caused, on whichever things, each event behind
    /// what it followed from; null when there is no such request. It is named by itself or by one of
    /// its events.
    #[graphql(guard = "MayRead(Permission::EventRead)")]
    async fn causation_tree(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The request, by its bare id.")] correlation_id: Option<ID>,
        #[graphql(desc = "The position of one of its events, instead.")] position: Option<Position>,
    ) -> Result<Option<CausationTree>> {
        let correlation = match (correlation_id, position) {
            (Some(id), None) => Some(bare(&id)?),
            (None, Some(position)) => {
                let moment = Moment { as_of_position: Some(position), ..Moment::default() };
                let At::After(number) = moment.of(cx, &["timeline"]).await? else {
                    return Ok(None);
                };
                tree::request_of(cx, number).await?
            }
            _ => return Err(bad_request("name a request by its id or by one of its events")),
        };
        match correlation {
            Some(correlation) => tree::of(cx, correlation).await,
            None => Ok(None),
        }
    }
}

/// Whether there is something there that the caller may see; nothing else tells that it is there.
async fn is_known(cx: &Context<'_>, node: GlobalId) -> Result<bool> {
    Ok(match node {
        GlobalId::Ticket(id) => loader::ticket(cx, id).await?.is_some(),
        GlobalId::Person(id) => loader::seen_person(cx, id).await?.is_some(),
        GlobalId::Unit(id) => loader::unit(cx, id).await?.is_some(),
        GlobalId::Subject(id) => loader::subject(cx, id).await?.is_some(),
        GlobalId::CustomField(id) => loader::custom_field(cx, id).await?.is_some(),
        GlobalId::Template(id) => loader::template(cx, id).await?.is_some(),
        GlobalId::Macro(id) => loader::macro_of(cx, id).await?.is_some(),
        GlobalId::Calendar(id) => loader::calendar(cx, id).await?.is_some(),
        GlobalId::SlaPlan(id) => loader::sla_plan(cx, id).await?.is_some(),
        GlobalId::Recurrence(id) => loader::recurrence(cx, id).await?.is_some(),
        GlobalId::CiClass(id) => loader::ci_class(cx, id).await?.is_some(),
        GlobalId::Ci(id) => loader::ci(cx, id).await?.is_some(),
        GlobalId::SyncSource(id) => loader::sync_source(cx, id).await?.is_some(),
        GlobalId::ServiceAccount(id) => loader::service_account(cx, id).await?.is_some(),
        GlobalId::Baseline(id) => loader::baseline(cx, id).await?.is_some(),
        GlobalId::AccessRequest(id) => loader::access_request(cx, id).await?.is_some(),
        GlobalId::AccessRole(id) => is_defined::<AccessRole>(cx, id.0).await?,
        GlobalId::SodRule(id) => is_defined::<SodRule>(cx, id.0).await?,
        GlobalId::DenyRule(id) => is_defined::<DenyRule>(cx, id.0).await?,
        GlobalId::AccessGroup(id) => is_defined::<AccessGroup>(cx, id.0).await?,
        GlobalId::AccessTemplate(id) => is_defined::<AccessTemplate>(cx, id.0).await?,
        GlobalId::ResourceType(id) => is_defined::<ResourceType>(cx, id.0).await?,
        GlobalId::AssignmentRule(id) => is_defined::<AssignmentRule>(cx, id.0).await?,
        GlobalId::Erasure(id) => loader::erasure(cx, id).await?.is_some(),
        GlobalId::EvidenceHold(id) => loader::evidence_hold(cx, id).await?.is_some(),
        // It stands in its ticket's history.
        GlobalId::Comment(_) => false,
    })
}

/// An identity that is of no thing.
fn bare(id: &ID) -> Result<Uuid> {
    Uuid::parse_str(id).map_err(|_| bad_request("a request is named by a UUID"))
}

/// The actor as events name it.
fn actor_name(actor: &ID) -> Result<String> {
    let actor = match actor.as_str() {
        "IMPORT" => Actor::Import,
        "SYSTEM" => Actor::System,
        _ => match GlobalId::decode(actor) {
            Ok(GlobalId::ServiceAccount(id)) => Actor::Service(id),
            _ => Actor::Person(id::decode::<PersonId>(actor).map_err(bad_id)?),
        },
    };
    Ok(actor.to_string())
}

async fn is_defined<N: Noun>(cx: &Context<'_>, id: Uuid) -> Result<bool> {
    Ok(definition::one::<N>(cx, id, At::Now).await?.is_some())
}
