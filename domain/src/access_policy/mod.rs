//! The policy of access: who decides requests, how much of a reason is asked for, what no subject of a
//! sort goes beyond. One stream, whose identity is [`STREAM_ID`].
//!
//! - **AP1** What is shipped holds until it is changed; each part changes as a whole.
//! - **AP2** At most a hundred rules of requests, each with a key of its own, for some roles or tiers
//!   of risk, or for all. A rule adds at most ten stages, each of an order of its own, of 1 to 20
//!   approvers, of a mode that its approvers can satisfy, and of a minute to ninety days.
//! - **AP3** A rule without stages lets pass what it is for: it names its roles, and whoever makes it
//!   may give them.
//! - **AP4** Roles, groups and people that it names are there: not retired, active.
//! - **AP5** Justifications of 0 to 500 characters, 0 to 5 escalations, rules that grant by themselves
//!   to 0 to 10,000 people without a second person.
//! - **AP6** A boundary is of at most two hundred patterns. Without one, nothing is beyond it. Nobody
//!   widens it by what they hold, and it keeps from them.
//! - **AP7** At most twenty roles can be taken in an emergency, each by the people of a group; whoever
//!   prepares that may give them.
//!
//! Read by requests (who approves), by rules that grant by themselves, and by the decision (boundary).
//! Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod rules;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::AccessPolicyCommand;
pub use event::AccessPolicyEvent;
pub use refusal::AccessPolicyRefusal;
pub use rules::{Approver, RequestRule, StageRule};
pub use state::AccessPolicy;

/// The one stream's identity.
pub const STREAM_ID: uuid::Uuid = uuid::Uuid::from_u128(0x0000_0000_0000_8000_8000_ac5e_5501_0001);
