//! Macros: what is done to tickets in one go, and doing it.

mod apply;
mod input;
mod mutation;
mod query;
mod types;
mod words;

pub(super) use mutation::MacroMutation;
pub(super) use query::MacroQuery;
pub(super) use types::Macro;
