//! Questions about access: may somebody do this, who may, what may somebody do; now, or as of any moment.
//!
//! How they are answered is said by [`crate::asking`]. Everybody may ask about themselves and is told whether, no
//! more; why, and all about others, is told to those who may have access explained.

mod input;
mod query;
mod types;
mod when;
mod words;

pub(super) use query::AccessQuestionQuery;
