//! The clocks of tickets as a reader sees them: histories come in as commands, readings go out over
//! GraphQL, and somebody else has worked out what they must be.
//!
//! `section_d` are the worked rows of the helpdesk that was taken as the measure, `examples` what the
//! book explains, `random` histories nobody thought of, judged by an evaluator that shares nothing
//! with the stopwatch but its rules.

mod examples;
mod random;
mod section_d;
mod stage;
