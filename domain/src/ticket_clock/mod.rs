//! What became of a ticket's clocks: thresholds that were crossed, limits that were breached. One
//! stream a ticket, with the ticket's identity.
//!
//! - **E1** Each threshold of a clock is recorded at most once a cycle; beyond 100 percent it is the
//!   breach.
//! - **E2** What is recorded stays: terms that judge better afterwards unsay nothing.
//! - **E3** Only Annals itself and imports record; people do not.
//! - **E4** Whom the plan names is told of a crossing at most once.
//! - **E5** Of a deadline that was set by hand, watchers are reminded once when it is near and once
//!   when it is over.
//!
//! Not here: when a threshold is crossed, and in which cycle (the stopwatch), when a deadline set by
//! hand is near (`sla::by_hand`), what is done then (the
//! plan, workers), and which people are told (the read model `notices`). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::TicketClockCommand;
pub use event::TicketClockEvent;
pub use refusal::TicketClockRefusal;
pub use state::TicketClock;
