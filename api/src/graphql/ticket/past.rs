//! Tickets as they were: one by what was known then or by what had happened, and lists by what was
//! known.

use async_graphql::{Context, Error, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::kernel::TicketId;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::tickets::{self, Until};
use projections::{ProjectionError, ticket_states};

use super::facets::Facets;
use super::{Ticket, TicketConnection};
use crate::graphql::access::{reads_all, reads_of_ticket, sees_still};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, forbidden, internal, unread};
use crate::graphql::moment::{Moment, Past, Then};
use crate::graphql::names::Names;
use crate::graphql::page::{Connection, Counter, Edge};
use crate::graphql::scalar::Cursor;

/// What shows tickets.
const MODELS: [&str; 1] = ["tickets"];

/// Until when a ticket's events are taken, and what stands for now.
pub(super) type Asked = (Until, Then);

/// That of a ticket; none: it is asked about now.
///
/// # Errors
/// Several moments are named; a position beyond the log.
pub(super) fn until<'c>(
    cx: &'c Context<'_>,
    known: Moment,
    occurred: Option<DateTime<Utc>>,
) -> BoxFuture<'c, Result<Option<Asked>>> {
    async move {
        match (known.past(cx, &MODELS).await?, occurred) {
            (None, None) => Ok(None),
            (None, Some(instant)) => Ok(Some((Until::Occurred(instant), Then::At(instant)))),
            (Some(past), None) => Ok(Some((Until::Number(past.number), past.then))),
            (Some(_), Some(_)) => Err(bad_request(SEVERAL)),
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
    (until, then): Asked,
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
        Ok(row.filter(|_| told).map(|row| Ticket(row, Names::default(), Some(then))))
    }
    .boxed()
}

/// What shows lists of the past.
const LISTS: [&str; 1] = ["ticket_states"];

/// The moment of which a list is asked; none: now.
///
/// # Errors
/// The caller may not read lists of the past; several moments are named, or one beyond the log.
pub(in crate::graphql) fn of_list<'c>(
    cx: &'c Context<'_>,
    moment: Moment,
) -> BoxFuture<'c, Result<Option<Past>>> {
    async move {
        let past = moment.past(cx, &LISTS).await?;
        // Who saw what then is not known: whoever reads lists of the past sees all of them.
        let wide = [Permission::TicketRead, Permission::TimelineRead];
        if past.is_some() && !wide.into_iter().all(|permission| reads_all(cx, permission)) {
            return Err(forbidden());
        }
        Ok(past)
    }
    .boxed()
}

/// One page of a list as it was behind this event, which can also be counted.
pub(in crate::graphql) fn page<'c>(
    cx: &'c Context<'_>,
    query: tickets::TicketQuery,
    Past { number, then }: Past,
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
            node: Ticket(row, names.clone(), Some(then)),
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
