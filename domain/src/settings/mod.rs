//! The deployment's settings: one stream, whose identity is [`STREAM_ID`].
//!
//! - **C1** Settings are established once, at the first start: priority matrix, reopening window.
//!   Whatever follows changes what is established.
//! - **C2** The priority matrix changes as a whole.
//! - **C3** Tickets close 0 to 365 days after their resolution and are reopened within 0 to 3650.
//! - **C4** There is at least one language, and none twice.
//! - **C5** Files are bounded in size, at most 25 MiB, and in media types, at most a hundred.
//! - **C6** The staff of an open unit that takes tickets dispatch, or all who belong to a unit.
//! - **C7** Assignees hear of work on a ticket, or do not.
//! - **C8** Plans measure tickets, or people name deadlines; a kind of tickets may have a plan.
//! - **C9** Of 0 to 100 percent of the closed tickets the requester is asked how it was, within 1 to
//!   365 days; as many, but others, are checked by a checklist of 1 to 20 different questions of
//!   weight 1 to 100. Each other checklist has the next version.
//!
//! Decisions read them as a [`Policy`] and stamp what they used into their events, so that a replay
//! never depends on today's settings. Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod matrix;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::SettingsCommand;
pub use event::SettingsEvent;
pub use matrix::PriorityMatrix;
pub use refusal::SettingsRefusal;
pub use state::{CheckQuestion, Policy, Quality, Settings};
pub use words::Language;

/// The one stream's identity.
pub const STREAM_ID: uuid::Uuid = uuid::Uuid::from_u128(0x0000_0000_0000_8000_8000_5e77_1265_0001);
