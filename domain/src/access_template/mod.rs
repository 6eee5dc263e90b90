//! A template of grants: what is granted together, one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **AT1** A template is defined as a whole, with a unique name; each definition is a version of it,
//!   and whoever uses it says which. The same definition again changes nothing.
//! - **AT2** It has 1 to 100 items, none of them there twice in one place.
//! - **AT3** A role of it is there; what is granted besides roles is within its bounds, and of actions
//!   that there are.
//! - **AT4** An item is for 1 hour to ten years, or for good, and for no longer than its role is granted
//!   at a time.
//! - **AT5** A retired template is over: nothing is granted by it, and its name is free. What was
//!   granted by it stays.
//!
//! Not here: who is granted what by it (requests, and the streams of subjects, which ask anew whether
//! the one who grants holds it). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::AccessTemplateCommand;
pub use event::AccessTemplateEvent;
pub use refusal::AccessTemplateRefusal;
pub use state::AccessTemplate;
