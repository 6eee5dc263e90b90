//! A group of those who have access: named one by one, or by what they are, or both; one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine, choose population, add, remove
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **AG1** A group is defined once, with a unique name, what it is for, and an active owner.
//! - **AG2** Its members are people and programs that are active, and groups that are not retired; at
//!   most two thousand. Besides, it may have whoever is of a population.
//! - **AG3** No group is within itself, and at most eight lie one in the other.
//! - **AG4** Whoever lets others in may give what the group holds, around it too, and what was prepared
//!   for it to be taken in an emergency. Nobody lets themselves in.
//! - **AG5** Nobody comes to break a static rule of duties by being let in; of a population that is
//!   found out later, and watched.
//! - **AG6** A retired group is over: nobody has anything through it, and its name is free.
//! - **AG7** Whoever is denied something because they belong to a group, or hold what it holds, neither
//!   leaves nor ends it by themselves.
//!
//! Not here: who is of the population today (the read side). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::AccessGroupCommand;
pub use event::AccessGroupEvent;
pub use refusal::AccessGroupRefusal;
pub use state::AccessGroup;
