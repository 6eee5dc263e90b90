//! A macro: several verbs of a ticket, done as one; one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **M1** A macro is defined once, with a unique name, for all staff or for those of a unit.
//! - **M2** It has 1 to 20 steps, each within the bounds of its verb; units it names take tickets
//!   and are open.
//! - **M3** It may be defined anew.
//! - **M4** A retired macro is over, and its name is free.
//!
//! Not here: applying it (the caller sends its verbs, each by the rights of whoever applies it).
//! Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
pub mod step;
#[cfg(test)]
mod tests;

pub use command::MacroCommand;
pub use event::MacroEvent;
pub use refusal::MacroRefusal;
pub use state::Macro;
pub use step::MacroStep;
