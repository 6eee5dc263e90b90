//! Who may do what: one table in one place, asked by the guard for commands, reads, lists alike.
//!
//! Pure: it is told the role and the relation, never looks anything up. Permission grants as events
//! will replace the table without touching its callers. Called by the gateway's guard, by the read
//! side's scope, and for what a ticket offers its reader.

pub mod actions;
pub mod decide;
pub mod doer;
pub mod filter;
pub mod fit;
pub mod giving;
pub mod known;
pub mod model;
pub mod permission;
pub mod population;
pub mod premise;
pub mod preview;
pub mod sod;
pub mod standard;
pub mod table;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod who;

pub use actions::{Standpoint, TicketAction, allowed_actions};
pub use permission::Permission;
pub use premise::Premise;
pub use table::Reach;
pub use who::{Relation, TicketParties, Who};
