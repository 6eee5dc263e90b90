//! Calendars, and tickets that are measured by them.

use std::collections::BTreeSet;

use chrono::DateTime;
use domain::Fact;
use domain::calendar::event::Defined;
use domain::calendar::{CalendarEvent, HoursDraft, Weekday, WeeklyDraft};
use domain::kernel::{CalendarId, SlaPlanId, TicketId};
use domain::sla::{
    CalendarVersion, ChangePolicy, ClockKind, ClockTerms, PauseState, Terms, TermsCause,
};
use domain::ticket::event::{
    Cancelled, Pended, Reopened, Resolved, Resumed, SlaTermsRestated, WorkStarted, WorkStopped,
};
use domain::ticket::{PendingReason, TicketEvent};
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_clock::event::{Breached, ThresholdReached};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{AGENT, at, opened};

pub(crate) const OFFICE: CalendarId = CalendarId(Uuid::from_u128(0xca1));
pub(crate) const NIGHTS: CalendarId = CalendarId(Uuid::from_u128(0xca2));

pub(crate) const PLAN: SlaPlanId = SlaPlanId(Uuid::from_u128(0x91a1));
/// Opened under a plan, under other terms later, never done.
pub(crate) const MEASURED: TicketId = TicketId(Uuid::from_u128(0x5a1));
/// Opened without a plan, under one later, reopened.
pub(crate) const JUDGED: TicketId = TicketId(Uuid::from_u128(0x5a2));
/// Has a deadline by hand.
pub(crate) const PROMISED: TicketId = TicketId(Uuid::from_u128(0x5a3));
/// Had a plan, has none.
pub(crate) const RELEASED: TicketId = TicketId(Uuid::from_u128(0x5a4));

/// A calendar's next version: the same hours every day, in UTC.
pub(crate) fn defined(id: CalendarId, opens: &str, closes: &str) -> Fact {
    let hours =
        |weekday| WeeklyDraft { weekday, opens: opens.to_owned(), closes: closes.to_owned() };
    let weekly = Weekday::iter().map(hours).collect();
    let draft = HoursDraft { zone: "UTC".to_owned(), weekly, ..HoursDraft::default() };
    let defined = Defined { name: id.to_string(), hours: draft.fit().unwrap() };
    Fact::Calendar(id, CalendarEvent::Defined(Box::new(defined)))
}

/// The same of the office.
pub(crate) fn office(opens: &str, closes: &str) -> Fact {
    defined(OFFICE, opens, closes)
}

/// Terms of a plan: all clocks by one version of the office, these limits, and that policy.
pub(crate) fn terms(version: i64, limits: [u32; 3], policy: ChangePolicy) -> Option<Box<Terms>> {
    let clock = |limit_seconds| ClockTerms {
        limit_seconds,
        calendar: Some(CalendarVersion { id: OFFICE, version }),
        pause_states: BTreeSet::from([PauseState::Pending]),
        thresholds: BTreeSet::from([75, 100]),
    };
    let [reaction, work, deadline] = limits.map(clock);
    Some(Box::new(Terms { plan: PLAN, plan_version: 1, policy, reaction, work, deadline }))
}

/// A ticket's first event, under these terms or with a deadline by hand.
pub(crate) fn opened_under(
    number: &str,
    terms: Option<Box<Terms>>,
    deadline_at: Option<DateTime<chrono::Utc>>,
) -> TicketEvent {
    match opened(number, "Measured") {
        TicketEvent::Opened(mut opened) => {
            (opened.sla, opened.deadline_at) = (terms, deadline_at);
            TicketEvent::Opened(opened)
        }
        other => other,
    }
}

/// From now on, these terms.
pub(crate) fn restated(terms: Option<Box<Terms>>) -> TicketEvent {
    TicketEvent::SlaTermsRestated(SlaTermsRestated { terms, cause: TermsCause::Plan })
}

/// The calendars that the tickets' terms name: they stand before these.
pub(crate) fn calendars() -> Vec<Fact> {
    vec![office("00:00", "12:00"), office("00:00", "24:00")]
}

/// What happens to measured tickets.
pub(crate) fn tickets() -> Vec<Fact> {
    use ChangePolicy::{CarryOver, Restart, Restate};
    let started = || TicketEvent::WorkStarted(WorkStarted { holder: AGENT });
    let pended = Pended { pending_reason: PendingReason::Vendor, until: None };
    let limits = [300, 600, 3_600];
    let of = |ticket, events: Vec<TicketEvent>| {
        events.into_iter().map(move |event| Fact::Ticket(ticket, event))
    };
    let mut facts = Vec::new();
    facts.extend(of(
        MEASURED,
        vec![
            opened_under("INC-31", terms(1, limits, Restate), None),
            started(),
            TicketEvent::WorkStopped(WorkStopped { holder: AGENT }),
            restated(terms(2, [60, 6_000, 7_200], CarryOver)),
            TicketEvent::Pended(pended.clone()),
            TicketEvent::Resumed(Resumed {}),
            started(),
        ],
    ));
    facts.extend(of(
        JUDGED,
        vec![
            opened_under("INC-32", None, None),
            started(),
            restated(terms(1, limits, Restart)),
            TicketEvent::Resolved(Resolved { code: None, solution: None }),
            TicketEvent::Reopened(Reopened { holder: Some(AGENT) }),
        ],
    ));
    facts.extend(of(PROMISED, vec![opened_under("INC-33", None, Some(at(600)))]));
    facts.extend(of(
        RELEASED,
        vec![
            opened_under("INC-34", terms(1, limits, Restate), None),
            restated(None),
            TicketEvent::Cancelled(Cancelled {}),
        ],
    ));
    let (reaction, deadline) = (ClockKind::Reaction, ClockKind::Deadline);
    facts.extend([
        reached(MEASURED, (reaction, 75, 1)),
        breached(MEASURED, (reaction, 1)),
        reached(MEASURED, (deadline, 75, 2)),
        breached(JUDGED, (deadline, 2)),
    ]);
    facts
}

/// A threshold of a ticket's clock was crossed, in this cycle.
pub(crate) fn reached(ticket: TicketId, (clock, percent, cycle): (ClockKind, u16, u32)) -> Fact {
    let reached = ThresholdReached {
        clock,
        percent,
        cycle,
        plan: PLAN,
        plan_version: 1,
        limit_seconds: 300,
        used_seconds: 226,
        reached_since: None,
    };
    Fact::TicketClock(ticket, TicketClockEvent::ThresholdReached(reached))
}

/// A limit of a ticket's clock was breached, in this cycle.
pub(crate) fn breached(ticket: TicketId, (clock, cycle): (ClockKind, u32)) -> Fact {
    let breached = Breached {
        clock,
        cycle,
        plan: PLAN,
        plan_version: 1,
        limit_seconds: 300,
        used_seconds: 301,
        breached_since: Some(at(3)),
    };
    Fact::TicketClock(ticket, TicketClockEvent::Breached(breached))
}
