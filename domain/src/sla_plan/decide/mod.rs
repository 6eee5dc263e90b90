//! One verb a file; how each clock must be stands in a file of its own.

mod clock;
pub mod define;
