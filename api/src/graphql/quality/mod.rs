//! How good the work on tickets was: ratings by those who asked for it, checks by those who answer
//! for it.

mod input;
mod load;
mod mutation;
mod query;
mod types;

pub(super) use load::of;
pub(super) use mutation::QualityMutation;
pub(super) use query::QualityQuery;
pub(super) use types::{DueQualityCheck, TicketQuality};
