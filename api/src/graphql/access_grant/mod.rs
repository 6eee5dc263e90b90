//! What people, programs and groups may do: their grants, exceptions, and every change of them.

mod batch;
mod clean_up;
mod deeds;
mod filter;
mod input;
mod leaving;
mod mutation;
mod payload;
mod query;
mod templates;
mod types;
mod words;

pub(super) use deeds::fresh;
pub(super) use input::{AccessLiftedInput, granted};
pub(super) use mutation::AccessGrantMutation;
pub(super) use query::AccessGrantQuery;
pub(super) use templates::{Granting, grants_of};
pub(super) use types::{AccessChange, AccessException, AccessGrant, grant};
