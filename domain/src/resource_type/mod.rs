//! A resource type: what another system has and Annals decides about, one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **RT1** A type is defined once: whose it is and what it is called there, for ever; together no
//!   other type is called so.
//! - **RT2** Systems, types and verbs are words of lower-case letters, digits and underscores, up to
//!   32, a letter first; no other system is called `annals`, and no verb `use`.
//! - **RT3** It has 1 to 200 verbs. Each reads, does something, or approves; to have to do with the
//!   type at all is no verb of its own.
//! - **RT4** Verbs are added, and none is taken away: roles and decisions of the past name them. The
//!   class of a verb stays.
//! - **RT5** A program changes what it defined itself, and nothing else.
//! - **RT6** A retired type is over: nobody may do anything with it, and its name is free.
//!
//! Not here: who may do what with it (roles and grants name `system:type.verb`). Called by the
//! gateway alone; its state by the registry of actions.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::ResourceTypeCommand;
pub use decide::is_system;
pub use event::ResourceTypeEvent;
pub use refusal::ResourceTypeRefusal;
pub use state::ResourceType;
