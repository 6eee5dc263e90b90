//! `tickets`: one row a ticket, everything a list or a detail page needs.
//!
//! Not the rules (those are the domain's, whose evolve this fold uses) and not the history (that is
//! `timeline`). Read by the API; its fold alone by the replay tools.

mod apply;
mod arm;
mod asked;
mod columns;
mod condition;
pub(crate) mod course;
mod crossings;
mod cursor;
pub mod due;
mod dues;
mod field;
mod filter;
mod implied;
mod keyset;
mod line;
mod loads;
mod long;
mod matches;
mod measure;
pub mod measured;
mod narrow;
mod operand;
mod order;
pub(crate) mod past;
pub mod queue;
pub mod read;
mod row;
pub mod scope;
mod seen;
pub mod sla;
mod standing;
mod statement;
pub mod tally;
#[cfg(test)]
mod tests;
mod then;
mod ways;

/// The views that say who sees a ticket, for those that tell what is in one; the last of them, which
/// stays behind the others.
pub(crate) const SEEN_BY: &[&str] = &["tickets"];

pub use apply::Tickets;
#[cfg(test)]
pub(crate) use apply::from_stored;
pub(crate) use apply::to_stored;
pub use crossings::{Crossed, crossings};
pub use cursor::Cursor;
pub use dues::Dues;
pub use filter::{Compare, Operand, Search, TicketField, TicketFilter};
pub use loads::{Load, loads};
pub use long::Long;
pub use measure::measure;
pub use order::{ATTENTION, Direction, INCOMING, TicketOrder};
pub use queue::{BuiltIn, Lined};
pub use read::{Page, TicketQuery, by_id, by_ids, by_number, count, page};
pub use row::TicketRow;
pub use scope::Scope;
pub use tally::{Facet, FacetCount, counts, facets};
pub use then::{Until, then, then_all};
