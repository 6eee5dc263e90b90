//! A rule that denies: what somebody may not do, whatever they were granted; one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ── retire ──▶ retired
//!                        ▲     │ redefine
//!                        └─────┘
//! ```
//!
//! Rules, by number:
//! - **DR1** A rule is defined as a whole, with a unique name; each definition is a version of it. The
//!   same definition again changes nothing.
//! - **DR2** It denies 1 to 50 actions or patterns of them, or up to 200 fields of what they are done
//!   to. Its condition is within its bounds; where it cannot be answered, the rule denies.
//! - **DR3** Whom it is for is there: a person, a program, a group or a role, and no
//!   group or role that is retired.
//! - **DR4** Somebody can always lift it: no rule denies to everybody that rules are defined.
//! - **DR5** Nobody changes a rule that keeps something from them: one that is for them, of what they
//!   were granted. What Annals ships has no bounds here.
//! - **DR6** A retired rule is over: it denies nothing, and its name is free.
//!
//! Not here: what is denied in the end (the evaluator), exceptions (the streams of subjects). Called by
//! the gateway alone.

pub mod aggregate;
mod bounds;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::DenyRuleCommand;
pub use event::DenyRuleEvent;
pub use refusal::DenyRuleRefusal;
pub use state::DenyRule;
