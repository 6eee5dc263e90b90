//! A macro: several verbs of a ticket, done as one.

pub mod event;
pub mod step;

pub use event::MacroEvent;
pub use step::MacroStep;
