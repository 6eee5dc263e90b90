//! Who may do what: decided in one place, asked for commands, reads and lists alike.
//!
//! Pure: [`decide`] is told what somebody holds, the rules and the object, never looks anything up, and
//! [`filter`] says the same of all objects at once. Called by the gateway's guard, by the read side's
//! scope, and for what a ticket offers its reader.

pub mod actions;
pub mod decide;
pub mod doer;
pub mod effective;
pub mod filter;
pub mod fit;
pub mod giving;
pub mod known;
pub mod model;
mod object;
pub mod permission;
pub mod population;
pub mod premise;
pub mod preview;
mod privileged;
pub mod shadow;
pub mod sod;
pub mod standard;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod who;

pub use actions::{Standpoint, TicketAction, allowed_actions};
pub use filter::Reach;
pub use object::TicketAttribute;
pub use permission::Permission;
pub use premise::Premise;
pub use privileged::is_privileged;
pub use who::{Relation, TicketParties, TicketTraits, Who};
