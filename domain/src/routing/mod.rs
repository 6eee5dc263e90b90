//! Routing: whom a new ticket goes to when nobody named one, and why.
//!
//! Pure: it is given the subject's defaults, the unit's people and their load, and answers a target
//! with an explanation that is stamped into the event. What cannot be placed goes to dispatch.

mod explanation;

pub use explanation::{Outcome, PassedOver, Routing, Why};
