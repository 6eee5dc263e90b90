//! `cis`: one row an item between two of its events, and one a relation for as long as it held, so
//! that any day of the past is read as today is.
//!
//! Not the rules (those are the domain's) and not who did what (that is `timeline`). Read by the API,
//! by imports and by the impact of items.

mod apply;
mod at;
mod columns;
mod condition;
mod cursor;
pub mod differences;
pub mod filter;
mod given;
pub mod health;
pub mod impact;
mod licences;
mod order;
pub mod read;
pub mod relations;
mod row;
mod statement;
mod states;
#[cfg(test)]
mod tests;

pub use apply::Cis;
pub use at::At;
pub use cursor::Cursor;
pub use differences::{
    DifferenceQuery, Differing, DifferingRelation, DifferingRelations, differing, differing_count,
    relations_differing, relations_differing_count,
};
pub use filter::{CiField, CiFilter, Compare, Operand, Sort};
pub use licences::licences_used;
pub use order::{CiOrder, Direction};
pub use read::{CiQuery, Page, by_ids, count, page};
pub use relations::{
    RelationPlace, RelationQuery, RelationRow, Way, relations_between, relations_count,
    relations_of,
};
pub use row::CiRow;
