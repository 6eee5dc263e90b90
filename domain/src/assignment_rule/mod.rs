//! A rule that grants by itself: whoever is of a population has these roles; one stream each.
//!
//! ```text
//!   (none) ── define ──┬──▶ in force ── retire ──▶ retired
//!                      │      ▲   │ redefine
//!                      └▶ waiting │
//!                          ▲  │ confirm ─▶ in force; decline ─▶ as before
//!                          └──┴───┘
//! ```
//!
//! Rules, by number:
//! - **AA1** A rule is defined once, with a unique name; defined anew, it has the next version.
//! - **AA2** It is for a population, and gives 1 to 20 roles that are there, each somewhere. A role that
//!   has an end is not given by a rule.
//! - **AA3** Whoever makes it has seen what comes of it: who gains, who loses, whose duties would not be
//!   separated; what they saw is so still.
//! - **AA4** Whoever makes it may give what it gives, there and for good.
//! - **AA5** When more people gain or lose than the policy lets pass, when a role is privileged, or when
//!   duties would not be separated, it waits until a second human confirms it, having seen the same.
//!   Until then what was in force stays so.
//! - **AA6** A retired rule is over: what it gave ends, and its name is free.
//!
//! Not here: the grants that follow (`subject_access`), and the simulation (the read side). Called by
//! the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod simulation;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::AssignmentRuleCommand;
pub use event::AssignmentRuleEvent;
pub use refusal::AssignmentRuleRefusal;
pub use state::AssignmentRule;
