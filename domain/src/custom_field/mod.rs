//! A custom field: something tickets of some kinds say besides, one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **F1** A field is defined once, with a unique name, the kinds of tickets that have it and what
//!   it takes.
//! - **F2** What is chosen from has 1 to 100 distinct choices; texts have none.
//! - **F3** Everything but its form may be said anew; what is filled in already stays.
//! - **F4** A retired field is over, and its name is free.
//!
//! Not here: what a ticket's field says (the dossier). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::CustomFieldCommand;
pub use event::CustomFieldEvent;
pub use refusal::CustomFieldRefusal;
pub use state::CustomField;
pub use words::FieldForm;
