//! A subject: what tickets are about, one stream each.
//!
//! - **B1** A subject is created once, with a unique name.
//!
//! Not here: routing defaults. Called by the gateway alone.

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
