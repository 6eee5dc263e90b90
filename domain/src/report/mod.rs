//! Reports: what became of tickets, counted from their events.
//!
//! A [`Case`] keeps what of a ticket's stream reports ask for. Not here: when a clock counts (the
//! stopwatch), where cases are kept (projections), who may see which figure (the API).

pub mod case;
#[cfg(test)]
mod tests;

pub use case::{About, Case, Hold, Noted, Opening, Outcome, Target, in_force};
