//! A source that sends items: whose word counts, what it may say, what is done with its rows and with
//! items that it does not send any more.
//!
//! - **Y1** A source is defined as a whole, with a unique name that stays; `manual` and `import` are
//!   none. The same again changes nothing.
//! - **Y2** Its rank says how much its word counts among others': 1 to 999, the lowest goes first and
//!   people before all of them. Rows are taken, reported or queued by how many items they match.
//! - **Y3** What a complete run did not send is left, flagged, or flagged and retired up to ten years
//!   later; sent again before, it is not missing any more.
//! - **Y4** It says what it likes, but of classes that are named (at most 200, with what inherits from
//!   them) no more than the attributes that are named.
//! - **Y5** Each run is recorded with what it came to; nobody says so by hand.
//!
//! Not here: reading rows (imports), what each item is told (`ci`). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::SyncSourceCommand;
pub use event::{Definition, Run, SyncSourceEvent};
pub use refusal::SyncSourceRefusal;
pub use state::SyncSource;
pub use words::{OnMany, OnMissing, OnNone, OnOne};
