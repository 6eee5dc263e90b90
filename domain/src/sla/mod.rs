//! Service levels: how long things may take, and how long they took.

pub mod by_hand;
pub mod hours;
pub mod stamp;
pub mod stopwatch;
pub mod terms;

pub use hours::{Closed, Hours, Piece};
pub use terms::{
    CalendarVersion, ChangePolicy, ClockKind, ClockTerms, PauseState, Terms, TermsCause,
};
