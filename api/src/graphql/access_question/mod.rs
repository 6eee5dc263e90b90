//! Questions about access: may somebody do this, who may, what may somebody do; now, or as of any moment.
//!
//! Now is answered from what the append keeps, a moment of the past from a fold of the log up to there;
//! both by the evaluator that the guard asks. Everybody may ask about themselves and is told whether, no
//! more; why, and all about others, is told to those who may have access explained.

mod input;
mod query;
mod standpoint;
mod thing;
mod types;
mod words;

pub(super) use query::AccessQuestionQuery;
