//! What if tickets had been measured otherwise: a question, nothing is written.

mod ask;
mod input;
mod query;
mod types;
mod words;

pub(super) use query::WhatIfQuery;
pub(super) use types::SlaWhatIfChange;
