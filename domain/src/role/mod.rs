//! A role: permissions under one name, one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **RO1** A role is defined as a whole, with a unique name; each definition is a version of it. The
//!   same definition again changes nothing. Who owns it is an active member of staff.
//! - **RO2** It has up to 500 entries of its own and inherits from up to 64 roles, without up to 50
//!   actions or patterns of them. Each entry is within its bounds, and of actions that there are.
//!   It is granted for up to ten years at a time, or for good.
//! - **RO3** The roles it inherits from are there; none inherits from itself, and no more than 16
//!   stand one above the other.
//! - **RO4** Nobody changes a role they hold, by whatever account, group or inheritance.
//! - **RO5** Nobody puts into a role what they do not hold themselves: everywhere and in their own
//!   right. What is taken out of it is anybody's who may define roles. What other systems have is
//!   put in by whoever may define their resource types. What Annals ships has no bounds here, nor
//!   in RO4.
//! - **RO6** No role breaks a rule of segregation of duties all by itself, be it one that inherits
//!   from it; unless the rule only keeps a record. Who holds such a role is named.
//! - **RO7** A retired role is over: it permits nothing, and its name is free. No role is retired
//!   from which another inherits, and none that Annals ships: people have it by what they are.
//!
//! Not here: who has it (the streams of subjects), what it permits in the end (the evaluator). Called
//! by the gateway alone.

pub mod aggregate;
mod bounds;
pub mod command;
pub mod decide;
mod duties;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::RoleCommand;
pub use event::RoleEvent;
pub use refusal::RoleRefusal;
pub use state::Role;
