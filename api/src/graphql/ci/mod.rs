//! Configuration items: one, lists of them, their relations, now and at any time before.

mod attribute;
mod diff;
mod filter;
mod load;
mod query;
mod reading;
mod relation;
mod types;
mod words;

pub(super) use load::{Catalogues, catalogue, ci, cis};
pub(super) use query::CiQuery;
pub(super) use relation::CiRelation;
pub(super) use types::Ci;
pub(super) use words::CiLife;
