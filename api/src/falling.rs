//! What falls with a ticket's items, computed before the command that tells it.
//!
//! Items, relations, classes and other tickets are asked as they were at one position of the log, to
//! which the read side has come; the rows of the set are made later from the same position, and come
//! out alike. Not the rules of falling, which are the domain's, nor who may name items. Called by the
//! mutations that name items.

use std::time::Duration;

use domain::kernel::TicketId;
use domain::ticket_items::{Computed, ItemRole, TicketItems};
use projections::ci_classes::Classes;
use projections::ticket_items::{DEPTH, Wanted, compute, failed_besides, position};
use projections::{ReadError, Waiter};
use sqlx::PgPool;

/// The models that are asked.
const MODELS: [&str; 3] = ["ci_classes", "cis", "ticket_items"];
/// How long is waited until they show what is written by now. Later, they are asked as they are.
const PATIENCE: Duration = Duration::from_secs(2);

/// What falls when the ticket has these items.
///
/// # Errors
/// The read side cannot be asked.
pub async fn computed(
    (reads, classes, waiter): (&PgPool, &Classes, &Waiter),
    ticket: TicketId,
    items: &TicketItems,
) -> Result<Computed, ReadError> {
    let shown = waiter.shown_through(&MODELS, PATIENCE).await;
    let mut conn = reads.acquire().await?;
    let position = match shown {
        Some(number) => number,
        // Whoever is behind is asked as it is: the answer says up to where everything was known.
        None => position(&mut conn).await?,
    };
    let wanted = Wanted {
        sources: items.in_role(ItemRole::Manual),
        walls: items.in_role(ItemRole::NotImpacted),
        others: failed_besides(&mut conn, ticket, position).await?,
        depth: DEPTH,
        redundancy: true,
    };
    let falls = compute((&mut conn, classes), &wanted, position).await?;
    Ok(falls.told(wanted, position))
}
