//! The answer, as the schema shows it.

use std::fmt;
use std::str::FromStr;

use async_graphql::{ComplexObject, Context, ID, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use domain::sla::ClockKind as Kind;
use domain::what_if::ClockTotals;
use projections::what_if::{Answer, Changed};
use uuid::Uuid;

use super::words::SlaVerdict;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::page::{Connection, PageSize, part};
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::{Cursor, Position};
use crate::graphql::sla_plan::ClockKind;
use crate::graphql::ticket::Ticket;

/// What the cursors of the lists belong to.
const BREACHED: &str = "slaWhatIfNewlyBreached";
const MET: &str = "slaWhatIfNewlyMet";

/// What would be otherwise. Cancelled and merged tickets are left out.
#[derive(Default, SimpleObject)]
#[graphql(complex)]
pub(super) struct SlaWhatIf {
    /// The instant for which clocks are read; null without an answer.
    at: Option<DateTime<Utc>>,
    /// Up to where in the log; null without an answer.
    position: Option<Position>,
    /// How many tickets were looked at.
    tickets: u64,
    /// Of each clock over all of them.
    totals: Vec<SlaWhatIfTotals>,
    /// Why there is no answer; empty when there is one.
    user_errors: Vec<UserError>,
    #[graphql(skip)]
    answer: Answer,
}

/// Of one clock, over all tickets that were looked at.
#[derive(SimpleObject)]
pub(super) struct SlaWhatIfTotals {
    /// Which clock.
    clock: ClockKind,
    /// Beyond their limit under the supposition alone.
    newly_breached: u64,
    /// Beyond their limit in reality alone.
    newly_met: u64,
    /// Measured by both, and beyond their limit in both or in neither.
    unchanged: u64,
    /// Not measured in reality, but under the supposition; those that would be beyond their limit are
    /// newly breached besides.
    was_unmeasured: u64,
    /// Measured in reality, but not under the supposition; those that are beyond their limit are newly
    /// met besides.
    would_be_unmeasured: u64,
    /// Really beyond their limit.
    breached_real: u64,
    /// Supposedly beyond their limit.
    breached_supposed: u64,
    /// How long they really took, where both measure.
    seconds_real: i64,
    /// How long they would have taken, where both measure.
    seconds_supposed: i64,
    /// How much longer they would have taken; less than 0: shorter.
    seconds_difference: i64,
}

/// A clock of a ticket of which the verdict would be another.
#[derive(SimpleObject)]
#[graphql(complex)]
pub(in crate::graphql) struct SlaWhatIfChange {
    #[graphql(skip)]
    ticket_id: TicketId,
    /// Its number, such as INC-1042.
    number: String,
    /// When it was opened.
    opened_at: DateTime<Utc>,
    /// Which clock.
    clock: ClockKind,
    /// What it really says.
    real: SlaVerdict,
    /// What it would say.
    supposed: SlaVerdict,
    /// How long it really took; null: there is no clock.
    seconds_real: Option<i64>,
    /// How long it would have taken; null: there would be no clock.
    seconds_supposed: Option<i64>,
}

/// Where a clock stands in a list: by when its ticket was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    opened: i64,
    ticket: Uuid,
    clock: u8,
}

impl SlaWhatIf {
    /// The answer at an instant and a place in the log.
    pub(super) fn of(answer: Answer, at: DateTime<Utc>, through: i64) -> Self {
        let clocks = [Kind::Reaction, Kind::Work, Kind::Deadline];
        let totals = clocks.map(|clock| totals(clock, answer.totals.of(clock)));
        Self {
            at: Some(at),
            position: Some(Position::Number(through)),
            tickets: answer.totals.tickets,
            totals: totals.into(),
            user_errors: Vec::new(),
            answer,
        }
    }

    /// No answer, and why.
    pub(super) fn refused(error: UserError) -> Self {
        Self { user_errors: vec![error], ..Self::default() }
    }
}

/// What would be otherwise.
#[ComplexObject]
impl SlaWhatIf {
    /// Clocks beyond their limit under the supposition alone, the earliest opened first.
    async fn newly_breached(
        &self,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<SlaWhatIfChange>> {
        part(BREACHED, placed(&self.answer.newly_breached), first, after)
    }

    /// Clocks beyond their limit in reality alone, the earliest opened first.
    async fn newly_met(
        &self,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<SlaWhatIfChange>> {
        part(MET, placed(&self.answer.newly_met), first, after)
    }
}

/// A clock of a ticket of which the verdict would be another.
#[ComplexObject]
impl SlaWhatIfChange {
    /// The id of the ticket.
    async fn ticket_id(&self) -> ID {
        encode(self.ticket_id)
    }

    /// The ticket; null when you may not see it.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        loader::ticket(cx, self.ticket_id).await
    }
}

fn totals(clock: Kind, of: &ClockTotals) -> SlaWhatIfTotals {
    SlaWhatIfTotals {
        clock: clock.into(),
        newly_breached: of.newly_breached,
        newly_met: of.newly_met,
        unchanged: of.unchanged,
        was_unmeasured: of.was_unmeasured,
        would_be_unmeasured: of.would_be_unmeasured,
        breached_real: of.breached_real,
        breached_supposed: of.breached_supposed,
        seconds_real: of.seconds_real,
        seconds_supposed: of.seconds_supposed,
        seconds_difference: of.seconds_difference(),
    }
}

fn placed(list: &[Changed]) -> Vec<(Place, SlaWhatIfChange)> {
    let place = |it: &Changed| {
        let opened = it.opened_at.timestamp_micros();
        let clock = it.compared.clock as u8;
        (Place { opened, ticket: it.ticket.0, clock }, SlaWhatIfChange::from(it))
    };
    list.iter().map(place).collect()
}

impl From<&Changed> for SlaWhatIfChange {
    fn from(it: &Changed) -> Self {
        Self {
            ticket_id: it.ticket,
            number: it.number.clone(),
            opened_at: it.opened_at,
            clock: it.compared.clock.into(),
            real: it.compared.real.into(),
            supposed: it.compared.supposed.into(),
            seconds_real: it.compared.seconds_real,
            seconds_supposed: it.compared.seconds_supposed,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.opened, self.ticket, self.clock)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        let read = || {
            let (opened, rest) = text.split_once('/')?;
            let (ticket, clock) = rest.split_once('/')?;
            let ticket = Uuid::parse_str(ticket).ok()?;
            Some(Self { opened: opened.parse().ok()?, ticket, clock: clock.parse().ok()? })
        };
        read().ok_or(())
    }
}
