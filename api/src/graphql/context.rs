//! What resolvers are given: the services of the process and the visit of one request.

use std::collections::HashMap;
use std::error::Error;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::dataloader::{DataLoader, Loader};
use async_graphql::{Context, Request, Result};
use domain::access::Permission;
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, try_join_all};
use journal::receipts::Receipts;
use journal::signer::Folder;
use projections::almanac::Almanac;
use projections::ci_classes::Classes;
use projections::feed::Feed;
use projections::tickets::Long;
use projections::{DeadLetters, Waiter};
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::{OnceCell, Semaphore};
use uuid::Uuid;

use super::ci::Catalogues;
use super::definition::RolesWorkedOut;
use super::error::internal;
use super::said::Said;
use super::{access, loader::Reads, scalar::Position};
use crate::boot::App;
use crate::gateway::{Caller, Gateway};
use crate::identity::Identity;
use crate::reporting::Reporting;

/// How long an answer waits for the read side to show what a command did.
pub(super) const PATIENCE: Duration = Duration::from_secs(2);

/// The read models that answer queries.
const VIEWS: [&str; 31] = [
    "watchers",
    "tickets",
    "timeline",
    "people",
    "units",
    "subjects",
    "conversation",
    "dossiers",
    "ticket_items",
    "ticket_states",
    "custom_fields",
    "templates",
    "macros",
    "calendars",
    "sla_plans",
    "cases",
    "search",
    "queues",
    "notices",
    "quality",
    "recurrences",
    "ci_classes",
    "cis",
    "sync_sources",
    "service_accounts",
    "baselines",
    "access_definitions",
    "access_grants",
    "access_requests",
    "erasures",
    "evidence_holds",
];

/// What the process offers to every request; cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The one door for writing.
    pub gateway: Gateway,
    /// Signing in and out.
    pub identity: Identity,
    /// Connections that search the read models' schemas.
    pub reads: PgPool,
    /// The same for what is looked up by its identity.
    pub look_ups: PgPool,
    /// What is known of lists of tickets.
    pub long: Arc<Long>,
    /// The hours of calendars.
    pub almanac: Almanac,
    /// Counts reports.
    pub reporting: Reporting,
    /// The classes of configuration items.
    pub classes: Classes,
    /// Knows how far the read models are.
    pub waiter: Waiter,
    /// Decides about events that a read model could not apply.
    pub dead_letters: DeadLetters,
    /// Tells what happens to tickets.
    pub feed: Feed,
    /// Where the log is signed.
    pub folder: Folder,
    /// Promises what the log will hold.
    pub receipts: Receipts,
    /// Logs in, for what needs a connection of its own.
    pub login: PgConnectOptions,
    /// One at a time asks what if.
    pub what_if: Arc<Semaphore>,
}

impl Services {
    /// From the composition.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let almanac = Almanac::default();
        Self {
            gateway: app.gateway.clone(),
            identity: app.identity.clone(),
            reads: app.reads.clone(),
            look_ups: app.look_ups.clone(),
            long: Arc::default(),
            reporting: Reporting::new(app.reads.clone(), almanac.clone()),
            almanac,
            classes: Classes::default(),
            waiter: app.waiter.clone(),
            dead_letters: app.dead_letters.clone(),
            feed: app.feed.clone(),
            folder: app.folder.clone(),
            receipts: Receipts::new(&app.folder),
            login: app.deployment.login.clone(),
            what_if: Arc::new(Semaphore::new(1)),
        }
    }
}

/// One request: who calls, and by which names its traces are found.
pub struct Visit {
    /// Who is signed in, with what the directory knows of them now.
    pub caller: Option<Caller>,
    /// Whether the caller's password serves for choosing another and nothing else.
    pub must_change_password: bool,
    /// Groups what this request causes.
    pub correlation_id: Uuid,
    /// W3C trace id, 32 hex digits.
    pub trace_id: Option<String>,
    /// What the answer says beside its data; none: nobody would read it.
    pub said: Option<Said>,
}

impl Visit {
    /// Puts the visit and its own loaders into a request. Loaders are never shared between
    /// requests: what they load depends on who calls.
    #[must_use]
    pub fn enter(self, request: Request, services: &Services) -> Request {
        let tickets = access::scope_of(&self, Permission::TicketRead, services.gateway.now());
        let reads = Reads {
            pool: services.look_ups.clone(),
            tickets,
            policy: OnceCell::new(),
            almanac: services.almanac.clone(),
            catalogues: Catalogues::default(),
            roles: RolesWorkedOut::default(),
        };
        request.data(Arc::new(DataLoader::new(reads, tokio::spawn))).data(self)
    }
}

/// Waits until all read models that answer queries have passed a position.
///
/// # Errors
/// The first that has not within `patience`.
pub async fn caught_up(
    waiter: &Waiter,
    position: Position,
    patience: Duration,
) -> std::result::Result<(), projections::Stale> {
    match position {
        Position::Token(token) => waiter.all_passed(&VIEWS, token, patience).await,
        Position::Number(number) => {
            let all = VIEWS.map(|view| waiter.passed_number(view, number, patience));
            try_join_all(all).await.map(|_| ())
        }
    }
}

/// The visit; none in an execution that nobody prepared, which counts as a stranger's.
pub(super) fn visit<'c>(cx: &Context<'c>) -> Option<&'c Visit> {
    cx.data_opt::<Visit>()
}

pub(super) fn services<'c>(cx: &Context<'c>) -> Result<&'c Services> {
    cx.data::<Services>()
}

pub(super) fn loader<'c>(cx: &Context<'c>) -> Result<&'c Arc<DataLoader<Reads>>> {
    cx.data::<Arc<DataLoader<Reads>>>()
}

/// What stands behind a key, read together with whatever else this level of the answer asks for.
///
/// Boxed, as everything is that most fields go through: otherwise the compiler proves of each field
/// anew that all that lies behind it may move between threads.
pub(super) fn load<'c, K>(
    cx: &'c Context<'_>,
    key: K,
) -> BoxFuture<'c, Result<Option<<Reads as Loader<K>>::Value>>>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Reads: Loader<K, Error: Error>,
{
    async move { loader(cx)?.load_one(key).await.map_err(internal) }.boxed()
}

/// The same of several keys; what is not there is left out.
pub(super) fn load_all<'c, K>(
    cx: &'c Context<'_>,
    keys: impl IntoIterator<Item = K>,
) -> BoxFuture<'c, Result<HashMap<K, <Reads as Loader<K>>::Value>>>
where
    K: Send + Sync + Hash + Eq + Clone + 'static,
    Reads: Loader<K, Error: Error>,
{
    let keys: Vec<K> = keys.into_iter().collect();
    async move { loader(cx)?.load_many(keys).await.map_err(internal) }.boxed()
}
