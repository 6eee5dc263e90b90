//! `ticket_items`: the items of the CMDB that tickets are about, named by hand and computed, each
//! for as long as it was so.
//!
//! An event says from what a set was computed, at which position of the log, and the set's digest;
//! the rows of the set are made here again, by the same engine over `cis` and `ci_classes` as they
//! were at that position, and must have that digest. So this model waits until those two are that
//! far; both keep their past, so that it comes to the same rows whenever it is folded. What other
//! open incidents' items were at a position it remembers itself. Read by the API; the gateway's
//! callers ask [`compute`](compute()) before they decide.

mod apply;
mod compute;
mod context;
mod desk;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::TicketItems;
pub use compute::{DEPTH, Falls, Wanted, compute};
pub use read::{
    ItemFilter, ItemPlace, counts, failed_besides, impacts, named, page, position, services_of,
    tickets_of,
};
pub use row::{ImpactRow, ItemRow, Role};
