//! The queues every desk has: which tickets wait where, for whom, in which order.
//!
//! Pure: a key and who asks become a filter and an order, the same for a page, a count and a
//! listener. What the asker may see is not said here; every list is cut to that besides. Called by
//! the API's queues and their subscription.

mod side;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::access::Who;
use domain::kernel::PersonId;
use domain::person::{PersonKind, Role};
use domain::ticket::TicketState;
use strum::IntoEnumIterator;

use side::{Side, of_clients, of_units};

use super::filter::{Compare, Operand, TicketField as Field, TicketFilter};
use super::order::{ATTENTION, Direction, INCOMING, TicketOrder};

/// For how many days something counts as recently resolved.
const RECENT_DAYS: i64 = 7;

/// Within how many hours of a breach something is due soon: half a day's work is left to prevent it.
const SOON_HOURS: i64 = 4;

/// A queue that every desk has. Its name in upper case is its key.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::EnumIter,
    strum::EnumString,
    strum::IntoStaticStr,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum BuiltIn {
    /// What routing could not place.
    Dispatch,
    /// What one holds or is named by.
    MyWork,
    /// What one's units have as a whole.
    Unassigned,
    /// What one's units have to do.
    UnitOpen,
    /// B5: what came in.
    Incoming,
    /// B5: what was reported.
    Outgoing,
    /// B5: what is over.
    Archive,
    /// What one reported.
    ReportedByMe,
    /// What was reported by or for one's group.
    MyGroup,
    /// What waits for somebody else.
    Pending,
    /// What was resolved in the last seven days, counted from midnight in UTC.
    RecentlyResolved,
    /// What is closed.
    Closed,
    /// What will be beyond a limit within four hours, if nothing else happens.
    DueSoon,
    /// What is beyond a limit, and not yet done.
    Breached,
}

/// A queue as one person has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Lined {
    /// Which tickets.
    pub filter: TicketFilter,
    /// In which order.
    pub order: Vec<(TicketOrder, Direction)>,
}

impl BuiltIn {
    /// For people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dispatch => "Dispatch",
            Self::MyWork => "My work",
            Self::Unassigned => "My units' unassigned",
            Self::UnitOpen => "My units' open",
            Self::Incoming => "Incoming",
            Self::Outgoing => "Outgoing",
            Self::Archive => "Archive",
            Self::ReportedByMe => "Reported by me",
            Self::MyGroup => "My group's",
            Self::Pending => "Pending",
            Self::RecentlyResolved => "Recently resolved",
            Self::Closed => "Closed",
            Self::DueSoon => "Due soon",
            Self::Breached => "Breached",
        }
    }

    /// Which tickets these are for this person, and in which order; none: the person has no such
    /// queue.
    pub fn of(self, who: &Who, now: DateTime<Utc>) -> Option<Lined> {
        let filter = self.filter(who, now)?;
        let order = match self {
            Self::Incoming => INCOMING.to_vec(),
            Self::Outgoing | Self::Archive => vec![(TicketOrder::CreatedAt, Direction::Desc)],
            Self::Dispatch
            | Self::MyWork
            | Self::Unassigned
            | Self::UnitOpen
            | Self::ReportedByMe
            | Self::MyGroup
            | Self::Pending
            | Self::RecentlyResolved
            | Self::Closed
            | Self::DueSoon
            | Self::Breached => ATTENTION.to_vec(),
        };
        Some(Lined { filter, order })
    }

    fn filter(self, who: &Who, now: DateTime<Utc>) -> Option<TicketFilter> {
        let staff = who.role.kind() == PersonKind::Staff;
        let works = staff && who.role != Role::Auditor;
        let in_units = works && !(who.units.is_empty() && who.heads.is_empty());
        let sides = Side::of(who);
        let by_side = |scope: fn(Side, &Who) -> TicketFilter| {
            TicketFilter::Or(sides.iter().map(|side| scope(*side, who)).collect())
        };
        let has_it = match self {
            Self::Dispatch => who.dispatches || sides.contains(&Side::All),
            Self::MyWork => works,
            Self::Unassigned | Self::UnitOpen => in_units,
            Self::ReportedByMe => who.role != Role::Auditor,
            Self::MyGroup => who.role == Role::ClientGroupLead,
            Self::Pending | Self::RecentlyResolved | Self::DueSoon | Self::Breached => staff,
            Self::Incoming | Self::Outgoing | Self::Archive | Self::Closed => true,
        };
        has_it.then(|| match self {
            Self::Dispatch => all([is_null(Field::UnitId), is_null(Field::AssigneeId), open()]),
            Self::MyWork => {
                let mine = [eq(Field::AssigneeId, who.person), eq(Field::HolderId, who.person)];
                all([any(mine), open()])
            }
            Self::Unassigned => all([of_units(who), is_null(Field::AssigneeId), open()]),
            Self::UnitOpen => all([of_units(who), open()]),
            Self::Incoming => all([by_side(Side::incoming), of_states(|state| !state.is_over())]),
            Self::Outgoing => all([by_side(Side::outgoing), of_states(|state| !state.is_over())]),
            Self::Archive => all([by_side(Side::archive), of_states(TicketState::is_over)]),
            Self::ReportedByMe => eq(Field::AuthorId, who.person),
            Self::MyGroup => of_clients(who),
            Self::Pending => of_states(|state| state == TicketState::Pending),
            Self::RecentlyResolved => all([
                of_states(|state| matches!(state, TicketState::Resolved | TicketState::Closed)),
                TicketFilter::Is(Field::ResolvedAt, Compare::Gte(Operand::Time(recently(now)))),
            ]),
            Self::Closed => of_states(|state| state == TicketState::Closed),
            Self::DueSoon => {
                let soon = breaches(Compare::Lte, (SOON_HOURS * 3_600, now));
                all([open(), breaches(Compare::Gt, (0, now)), soon])
            }
            Self::Breached => all([open(), breached(now)]),
        })
    }
}

/// All of them that this person has, in their order.
pub fn offered(who: &Who, now: DateTime<Utc>) -> Vec<(BuiltIn, Lined)> {
    BuiltIn::iter().filter_map(|key| Some((key, key.of(who, now)?))).collect()
}

/// The same instant all day long, so that a page follows the page before.
fn recently(now: DateTime<Utc>) -> DateTime<Utc> {
    now.date_naive().and_time(NaiveTime::MIN).and_utc() - TimeDelta::days(RECENT_DAYS)
}

/// What is beyond a limit and not yet done.
pub fn breached(now: DateTime<Utc>) -> TicketFilter {
    breaches(Compare::Lte, (0, now))
}

fn breaches(compare: fn(Operand) -> Compare, (seconds, now): (i64, DateTime<Utc>)) -> TicketFilter {
    TicketFilter::Is(Field::BreachAt, compare(Operand::FromNow { seconds, now }))
}

fn of_states(wanted: fn(TicketState) -> bool) -> TicketFilter {
    let words = TicketState::iter().filter(|state| wanted(*state));
    let words = words.map(|state| Operand::Text(state.to_string())).collect();
    among(Field::State, words)
}

fn open() -> TicketFilter {
    of_states(TicketState::is_open)
}

fn eq(field: Field, person: PersonId) -> TicketFilter {
    TicketFilter::Is(field, Compare::Eq(Operand::Id(person.0)))
}

fn among(field: Field, values: Vec<Operand>) -> TicketFilter {
    TicketFilter::Is(field, Compare::In(values))
}

fn is_null(field: Field) -> TicketFilter {
    TicketFilter::Is(field, Compare::IsNull(true))
}

fn all<const N: usize>(parts: [TicketFilter; N]) -> TicketFilter {
    TicketFilter::And(parts.into())
}

fn any<const N: usize>(parts: [TicketFilter; N]) -> TicketFilter {
    TicketFilter::Or(parts.into())
}
