//! A rule of segregation of duties: what one human must not have, or do, together; one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **SD1** A rule is defined as a whole, with a unique name; each definition is a version of it. The
//!   same definition again changes nothing. Who breaks it at that moment keeps what they have, unless
//!   it takes that back.
//! - **SD2** A static rule counts 2 to 50 roles that are there, or actions or patterns of them, and is
//!   broken by so many of them: 2 at least, all at most.
//! - **SD3** A dynamic rule is for a type of objects that there is, and separates 2 to 16 duties of
//!   distinct names. Each is taken on by up to 50 actions on such objects, and no action takes on two.
//!   What was done cannot be taken back.
//! - **SD4** Nobody changes a rule that keeps something from them: one that a single role or action
//!   more would have them break, or two of whose duties they can take on. What Annals ships has no
//!   bounds here.
//! - **SD5** A retired rule is over: it separates nothing, and its name is free.
//!
//! Not here: whether somebody breaks it (the evaluator, and the streams of subjects). Called by the
//! gateway alone.

pub mod aggregate;
mod bounds;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::SodRuleCommand;
pub use event::SodRuleEvent;
pub use refusal::SodRuleRefusal;
pub use state::SodRule;
