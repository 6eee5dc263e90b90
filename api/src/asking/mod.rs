//! Questions about access: may somebody do this to that, and who may; now, or as of any moment.
//!
//! Now is answered from what the append keeps, a moment of the past from a fold of the log up to there;
//! both by the evaluator that the guard asks. Knows no wire format, and not who is told what: GraphQL's
//! `can`, `whoCan` and `effectiveAccess` and the decisions that other systems ask for over HTTP see to
//! that.

mod error;
mod question;
mod standpoint;
mod thing;

pub(crate) use error::AskingError;
pub(crate) use question::{Found, Question};
pub(crate) use standpoint::{Standpoint, Subject};
pub(crate) use thing::{External, Named, Thing};
