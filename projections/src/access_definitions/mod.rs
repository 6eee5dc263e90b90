//! `access_definitions`: what says who may do what, as it is and as it was on any day: roles, rules of
//! segregation of duties, rules that deny, groups, templates, resource types, the policy, rules that
//! grant by themselves.
//!
//! One model for all eight, because they are one shape: a name, a version, a body that is said as a
//! whole, an end. What differs is the body, and that is the state of the noun's own aggregate, folded by
//! the aggregate itself; [`Definition`] says of each what it is called. Only the members of groups stand
//! apart, one row a stay: a group may have two thousand, and each that comes or goes is an event.
//!
//! Not what decisions ask: that is the directory's, which is never behind. Not who has a role: that
//! stands with the grants. Read by the API.

mod apply;
mod definition;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::AccessDefinitions;
pub use definition::Definition;
pub use read::{
    Listing, Members, WorkedOut, by_ids, count, members, members_count, page, policy, worked_out,
};
pub use row::Defined;
