//! A template: what a ticket of a recurring sort starts with, one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **P1** A template is defined once, with a unique name.
//! - **P2** What it says would do for a ticket: its bounds, a subject that is not retired, a unit
//!   that takes tickets and is open, any kind but a task.
//! - **P3** It may be defined anew; tickets opened from it stay as they are.
//! - **P4** A retired template is over, and its name is free.
//!
//! Not here: opening a ticket from it (the caller fills the ticket's own verb). Called by the
//! gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::TemplateCommand;
pub use event::{Content, TemplateEvent};
pub use refusal::TemplateRefusal;
pub use state::Template;
