//! Configuration items: one, lists of them, their relations, now and at any time before; and every
//! verb of their life.

mod attribute;
mod diff;
mod differences;
mod filter;
mod input;
mod licence;
mod load;
mod many;
mod merge;
mod mutation;
mod query;
mod reading;
mod relation;
mod said;
mod types;
mod words;

pub(super) use differences::{CiDifference, CiDifferenceRelation, CiDifferenceWhere, differences};
pub(super) use load::{Catalogues, catalogue, ci, cis};
pub(super) use mutation::{CiMutation, CiPayload};
pub(super) use query::CiQuery;
pub(super) use relation::CiRelation;
pub(super) use types::Ci;
pub(super) use words::{CiAttributeKind, CiLife};
