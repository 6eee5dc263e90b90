//! A saved queue: a filter, an order and columns under a name, one stream each.
//!
//! ```text
//!   (none) ── save ──▶ there ── remove ──▶ gone
//!                      ▲   │ rearrange
//!                      └───┘
//! ```
//!
//! Rules, by number:
//! - **Q1** A queue is saved once, by a person, who owns it.
//! - **Q2** What it shows has bounds; what filter and order mean is the list's business.
//! - **Q3** Shared with a unit, it names one to which whoever shares it belongs; else it names none.
//! - **Q4** It may be rearranged until it is removed; then it is gone.
//!
//! Not here: who but its owner may touch it (the access guard), what a reader finds in it (each
//! reader's own reach). Called by the gateway alone.

pub mod aggregate;
pub mod arrangement;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use arrangement::Arrangement;
pub use command::QueueCommand;
pub use event::QueueEvent;
pub use refusal::QueueRefusal;
pub use state::Queue;
pub use words::Sharing;
