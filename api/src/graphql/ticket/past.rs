//! Tickets as they were: one by what was known then or by what had happened, and lists by what was
//! known.

use async_graphql::{Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::kernel::TicketId;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::cis::At;
use projections::tickets::{self, Until};
use projections::{ProjectionError, ticket_states, timeline};

use super::facets::Facets;
use super::{Ticket, TicketConnection};
use crate::graphql::access::{reads_all, reads_of_ticket, sees_still};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, forbidden, internal, unread};
use crate::graphql::moment::Moment;
use crate::graphql::names::Names;
use crate::graphql::page::{Connection, Counter, Edge};
use crate::graphql::scalar::Cursor;

/// What shows tickets.
const MODELS: [&str; 1] = ["tickets"];

/// Until when its events are taken; none: it is asked about now.
///
/// # Errors
/// Several moments are named; a position beyond the log.
pub(super) fn until<'c>(
    cx: &'c Context<'_>,
    known: Moment,
    occurred: Option<DateTime<Utc>>,
) -> BoxFuture<'c, Result<Option<Until>>> {
    async move {
        match (known.of(cx, &MODELS).await?, occurred) {
            (At::Now, occurred) => Ok(occurred.map(Until::Occurred)),
            (At::After(number), None) => Ok(Some(Until::Number(number))),
            (At::After(_), Some(_)) => Err(bad_request(SEVERAL)),
        }
    }
    .boxed()
}

/// What is wrong with a moment that is named twice.
const SEVERAL: &str = "name a moment by when it was recorded or by when it happened";

/// A ticket that the caller sees, as it was; none before it was opened, and when its history is not
/// theirs to read. What they may is asked again behind the reading.
pub(super) fn of<'c>(
    cx: &'c Context<'_>,
    ticket: TicketId,
    until: Until,
) -> BoxFuture<'c, Result<Option<Ticket>>> {
    async move {
        if !reads_of_ticket(cx, Permission::TimelineRead, ticket).await? {
            return Ok(None);
        }
        let services = services(cx)?;
        let mut conn = services.reads.acquire().await.map_err(internal)?;
        let from = (services.gateway.journal(), &services.almanac);
        let row = tickets::then(&mut conn, from, ticket, until).await.map_err(internal)?;
        drop(conn);
        sees_still(cx, ticket).await?;
        let told = reads_of_ticket(cx, Permission::TimelineRead, ticket).await?;
        Ok(row.filter(|_| told).map(|row| Ticket(row, Names::default())))
    }
    .boxed()
}

/// What shows lists of the past, and when events were recorded.
const LISTS: [&str; 2] = ["ticket_states", "timeline"];

/// A moment of which lists are asked.
#[derive(Debug, Clone, Copy)]
pub(in crate::graphql) struct Then {
    /// The number of its last event.
    pub(in crate::graphql) number: i64,
    /// What stands for now in what is asked.
    pub(in crate::graphql) instant: DateTime<Utc>,
}

impl Then {
    /// When that is; none: now.
    ///
    /// # Errors
    /// The caller may not read lists of the past; several moments are named, or one beyond the log.
    pub(in crate::graphql) fn of<'c>(
        cx: &'c Context<'_>,
        moment: Moment,
    ) -> BoxFuture<'c, Result<Option<Self>>> {
        async move {
            let named = moment.as_of;
            let At::After(number) = moment.of(cx, &LISTS).await? else { return Ok(None) };
            // Who saw what then is not known: whoever reads lists of the past sees all of them.
            let wide = [Permission::TicketRead, Permission::TimelineRead];
            if !wide.into_iter().all(|permission| reads_all(cx, permission)) {
                return Err(forbidden());
            }
            let recorded = timeline::by_numbers(&services(cx)?.reads, &[number]).await;
            let recorded = recorded.map_err(unread)?.first().map(|row| row.recorded_at);
            let instant = named.or(recorded).unwrap_or(DateTime::UNIX_EPOCH);
            Ok(Some(Self { number, instant }))
        }
        .boxed()
    }
}

/// One page of a list as it was behind this event, which can also be counted.
pub(in crate::graphql) fn page<'c>(
    cx: &'c Context<'_>,
    query: tickets::TicketQuery,
    number: i64,
) -> BoxFuture<'c, Result<TicketConnection>> {
    async move {
        let services = services(cx)?;
        let pool = services.reads.clone();
        let mut conn = pool.acquire().await.map_err(internal)?;
        let from = (services.gateway.journal(), &services.almanac);
        let found = ticket_states::page(&mut conn, from, &query, number).await;
        let found = found.map_err(unlisted)?;
        drop(conn);
        let rows: Vec<_> = found.rows.iter().map(|(_, row)| row).collect();
        let names = Names::of(cx, &rows).await?;
        let edge = |(cursor, row): (tickets::Cursor, _)| Edge {
            cursor: Cursor(cursor.0),
            node: Ticket(row, names.clone()),
        };
        let has_previous = query.after.is_some();
        let facets = Facets { which: None };
        let count: Counter = Box::new(move || {
            let (pool, filter) = (pool.clone(), query.filter.clone());
            Box::pin(async move {
                ticket_states::count(&pool, filter.as_ref(), number).await.map_err(unread)
            })
        });
        let edges = found.rows.into_iter().map(edge).collect();
        let connection = Connection { edges, has_next: found.has_next, has_previous, count };
        Ok(TicketConnection(connection, facets))
    }
    .boxed()
}

fn unlisted(error: ProjectionError) -> Error {
    match error {
        ProjectionError::Read(error) => unread(error),
        error => internal(error),
    }
}
