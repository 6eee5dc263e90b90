//! `cases`: one row a ticket, as reports count it.
//!
//! Nothing personal is in it: numbers, identities, instants, terms. What a report counts is the
//! domain's; here is which tickets can be in one, found by index. Read by the API's reports and their
//! CSV files; its fold by the replay tools, too.

mod apply;
mod choice;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Cases;
pub use read::{Found, Lines, Place, kpis, lines, report};
pub use row::CaseRow;
