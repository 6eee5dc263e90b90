//! A subject: what tickets are about, one stream each.
//!
//! - **B1** A subject is created once, with a unique name.
//! - **B2** A subject may have another unique name; the old one is free.
//! - **B3** A subject says how tickets about it start: at which unit that is open and takes tickets,
//!   at which priority, for which skill and tier, under which plan.
//! - **B4** A subject is retired and restored, and keeps its name.
//!
//! Not here: what becomes of the defaults (routing). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::SubjectCommand;
pub use event::SubjectEvent;
pub use refusal::SubjectRefusal;
pub use state::Subject;
