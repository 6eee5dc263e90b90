//! The answer: totals, and the tickets that a supposition tells apart.

use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use domain::report::Case;
use domain::what_if::{Compared, Difference, Totals};

/// What a supposition changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// Of all tickets that were looked at.
    pub totals: Totals,
    /// Clocks beyond their limit under the supposition alone, the earliest opened first.
    pub newly_breached: Vec<Changed>,
    /// Clocks beyond their limit in reality alone, likewise.
    pub newly_met: Vec<Changed>,
}

/// A clock of a ticket of which the verdict would be another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Which ticket.
    pub ticket: TicketId,
    /// For people: `INC-1042`.
    pub number: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// The clock, really and supposedly.
    pub compared: Compared,
}

impl Answer {
    /// One more ticket.
    pub(super) fn add(&mut self, ticket: TicketId, case: &Case, compared: &[Compared; 3]) {
        self.totals.add(compared);
        for compared in compared {
            let list = match compared.difference() {
                Difference::NewlyBreached => &mut self.newly_breached,
                Difference::NewlyMet => &mut self.newly_met,
                Difference::Unchanged => continue,
            };
            let (Some(opening), Some(opened_at)) = (case.opening(), case.course().opened_at())
            else {
                continue;
            };
            let (number, compared) = (opening.number.clone(), *compared);
            list.push(Changed { ticket, number, opened_at, compared });
        }
    }

    pub(super) fn extend(&mut self, more: Self) {
        self.totals.extend(&more.totals);
        self.newly_breached.extend(more.newly_breached);
        self.newly_met.extend(more.newly_met);
    }

    /// Whoever worked on which ticket: the lists come in one order.
    pub(super) fn put_in_order(&mut self) {
        for list in [&mut self.newly_breached, &mut self.newly_met] {
            list.sort_unstable_by_key(|it| (it.opened_at, it.ticket, it.compared.clock));
        }
    }
}
