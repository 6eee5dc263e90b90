//! `evidence_holds`: one row a hold on evidence.
//!
//! Whether one is in force is asked with an instant: nothing is written when its end comes. Read by the
//! API; what keeps somebody from being erased is asked of the journal, which is never behind.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::EvidenceHolds;
pub use read::{by_ids, count, page};
pub use row::HoldRow;
