//! One crossing or reminder as a command, and all those of a ticket's past.

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::kernel::TicketId;
use domain::sla::stopwatch::Course;
use domain::ticket::Ticket;
use domain::ticket_clock::TicketClock;
use futures_util::future::try_join;
use projections::sla_timers::{Alarm, TimersRow};
use projections::{Almanac, AlmanacError, ReadError};

use crate::gateway::{Caller, Gateway, GatewayError, Idempotency, Request};

/// What became of a crossing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recorded {
    /// It is recorded.
    Now,
    /// It was already.
    Before,
    /// Too many write to the clocks: another time.
    Later,
}

/// Records it as of its own instant.
pub(super) async fn record(
    gateway: &Gateway,
    caller: &Caller,
    (ticket, alarm): (TicketId, Alarm),
) -> Result<Recorded, GatewayError> {
    // The identity says it all: there is no other input.
    let named = Idempotency { key: alarm.command_id(ticket), input_hash: [0; 32] };
    let mut request = Request::new(alarm.command(), ticket.0).correlated(named.key);
    request.idempotency = Some(named);
    request.at = Some(alarm.at());
    match gateway.execute(caller, request).await {
        Ok(outcome) if outcome.receipt.replayed || outcome.receipt.token.is_none() => {
            Ok(Recorded::Before)
        }
        Ok(_) => Ok(Recorded::Now),
        Err(GatewayError::Busy | GatewayError::Outdated | GatewayError::Stale { .. }) => {
            Ok(Recorded::Later)
        }
        Err(error) => Err(error),
    }
}

/// Records, as history, every crossing and reminder of a ticket up to this instant by what its streams
/// say, whether or not a view knows of the ticket; how many were not recorded before.
///
/// For imports: after the last row of a ticket with that row's instant; if also before a row, then
/// with an instant before that row's, for what the row says counts from its own instant on. Nothing
/// follows from what is recorded so: its source is an import.
///
/// # Errors
/// The journal or the database; what was recorded until then stays, and to try again adds the rest.
pub async fn record_until(
    gateway: &Gateway,
    ticket: TicketId,
    until: DateTime<Utc>,
) -> Result<usize, GatewayError> {
    let journal = gateway.journal();
    let (told, recorded) = try_join(
        journal.stream(Ticket::TYPE, ticket.0, 0),
        journal.stream(TicketClock::TYPE, ticket.0, 0),
    )
    .await?;
    let Some(row) = TimersRow::of_streams(&told, &recorded)? else { return Ok(0) };
    let versions = row.course.as_ref().map(Course::calendars).unwrap_or_default();
    let hours = async {
        let mut conn = journal.pool().acquire().await.map_err(AlmanacError::from)?;
        let hours = Almanac::default().hours(&mut conn, &versions).await?;
        Ok::<_, AlmanacError>(row.armed(&hours)?)
    };
    let alarms = hours.await.map_err(ReadError::from)?;
    let mut count = 0;
    for alarm in alarms.into_iter().take_while(|alarm| alarm.at() <= until) {
        match record(gateway, &Caller::import(), (ticket, alarm)).await? {
            Recorded::Now => count += 1,
            Recorded::Before => {}
            Recorded::Later => return Err(GatewayError::Busy),
        }
    }
    Ok(count)
}
