//! Who may do what: one table in one place, asked by the guard for commands, reads, lists alike.
//!
//! Pure: it is told the role and the relation, never looks anything up. Permission grants as events
//! will replace the table without touching its callers. Called by the gateway's guard and, for
//! lists, by the read side through [`table::reach`].

pub mod permission;
pub mod table;

pub use permission::Permission;
pub use table::{Reach, Relation};
