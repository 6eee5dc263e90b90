//! The desk under plans: calendars, plans, tickets that are measured, and what their clocks show.

use api::gateway::{Caller, Idempotency, Request};
use cqrs_es::Aggregate;
use domain::calendar::command::Define as DefineCalendar;
use domain::calendar::{CalendarCommand, HoursDraft, Weekday, WeeklyDraft};
use domain::kernel::{CalendarId, SlaPlanId, TicketId, UnitId};
use domain::sla::stopwatch::Timer;
use domain::sla::{ChangePolicy, ClockKind};
use domain::sla_plan::command::{Define, WantedClock, WantedTargets, WantedThreshold};
use domain::sla_plan::{EscalationAction, SlaPlanCommand};
use domain::ticket::command::PlanChoice;
use domain::ticket::{Priority, TicketCommand, TicketKind};
use domain::ticket_clock::command::Record;
use domain::ticket_clock::{TicketClock, TicketClockCommand};
use journal::StreamEvent;
use strum::IntoEnumIterator;
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::desk::{Desk, PATIENCE};

/// So long that no clock gets there while a test runs.
const YEARS: i64 = 5 * 366 * 86_400;

/// A plan without actions, by these hours.
pub(super) fn plan(policy: ChangePolicy, calendar: Option<CalendarId>) -> Define {
    // Each priority has its own, so that another one means other terms.
    let wanted = |priority| {
        let seconds = YEARS + priority as i64;
        WantedTargets {
            reaction_seconds: seconds,
            work_seconds: seconds,
            deadline_seconds: seconds,
        }
    };
    Define {
        name: format!("By {calendar:?} and {policy}"),
        policy,
        targets: Priority::iter().map(|priority| (priority, wanted(priority))).collect(),
        reaction: WantedClock::default(),
        work: WantedClock::default(),
        deadline: WantedClock { calendar, ..WantedClock::default() },
    }
}

/// A plan that does this when half of the time to the deadline is used, and that at the breach.
pub(super) fn acting(half: Vec<EscalationAction>, breach: Vec<EscalationAction>) -> Define {
    let threshold = |percent, actions| WantedThreshold { percent, actions };
    let thresholds = Some(vec![threshold(50, half), threshold(100, breach)]);
    let deadline = WantedClock { thresholds, ..WantedClock::default() };
    Define { deadline, ..plan(ChangePolicy::Restate, None) }
}

impl Desk {
    /// The plan is this from now on.
    pub(super) async fn define(&self, id: SlaPlanId, define: Define) {
        let request = Request::new(SlaPlanCommand::Define(Box::new(define)), id.0);
        self.app.gateway.execute(&Caller::system(), request).await.unwrap();
    }

    /// A new plan.
    pub(super) async fn new_plan(&self, define: Define) -> SlaPlanId {
        let id = SlaPlanId(self.app.gateway.new_id());
        self.define(id, define).await;
        id
    }

    /// The calendar is open on weekdays to this hour from now on.
    pub(super) async fn open_to(&self, id: CalendarId, hour: u32) {
        let hours = |weekday| WeeklyDraft {
            weekday,
            opens: "08:00".to_owned(),
            closes: format!("{hour:02}:00"),
        };
        let weekly = Weekday::iter().map(hours).collect();
        let hours = HoursDraft { zone: "UTC".to_owned(), weekly, ..HoursDraft::default() };
        let define = DefineCalendar { name: format!("Hours {id}"), hours };
        let request = Request::new(CalendarCommand::Define(Box::new(define)), id.0);
        self.app.gateway.execute(&Caller::system(), request).await.unwrap();
    }

    /// The one unit of a person.
    pub(super) async fn unit_of(&self, login: &str) -> UnitId {
        let person = self.person(login).await;
        self.app.gateway.units_of(person).await.unwrap().into_iter().next().unwrap()
    }

    /// A ticket for this unit under this plan, by nobody in particular.
    pub(super) async fn open_under(&self, plan: SlaPlanId, unit: Option<UnitId>) -> TicketId {
        let id = TicketId(self.app.gateway.new_id());
        let mut open = self.opening(TicketKind::Incident).await;
        (open.plan, open.unit) = (PlanChoice::Named(plan), unit);
        self.try_as("agent1", (id, TicketCommand::Open(Box::new(open)), None)).await.unwrap();
        id
    }

    /// The deadline clock of a ticket crosses a threshold now, by the terms it is under. Told what
    /// recorded it, and by whom.
    pub(super) async fn cross(
        &self,
        ticket: TicketId,
        (percent, cycle): (u16, u32),
        late: bool,
        caller: &Caller,
    ) -> Uuid {
        let now = self.app.gateway.now();
        let terms = self.ticket(ticket).await.sla.unwrap();
        let timer = Timer {
            clock: ClockKind::Deadline,
            percent,
            cycle,
            at: now,
            since: if late { now - chrono::TimeDelta::hours(1) } else { now },
            used_seconds: 1,
            limit_seconds: terms.deadline.limit_seconds,
            plan: terms.plan,
            plan_version: terms.plan_version,
        };
        let key = timer.command_id(ticket);
        let mut request = Request::new(TicketClockCommand::Record(Record { timer }), ticket.0);
        request.idempotency = Some(Idempotency { key, input_hash: [0; 32] });
        request.correlation_id = key;
        self.app.gateway.execute(caller, request).await.unwrap();
        key
    }

    /// What became of a ticket's clocks.
    pub(super) async fn crossings(&self, ticket: TicketId) -> Vec<StreamEvent> {
        self.app.gateway.journal().stream(TicketClock::TYPE, ticket.0, 0).await.unwrap()
    }

    /// Waits until it is so.
    pub(super) async fn until(&self, what: &str, is_so: impl AsyncFn() -> bool) {
        let there = async {
            while !is_so().await {
                sleep(std::time::Duration::from_millis(50)).await;
            }
        };
        timeout(2 * PATIENCE, there).await.unwrap_or_else(|_| panic!("not within time: {what}"));
    }
}
