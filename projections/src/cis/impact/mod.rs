//! What falls when items fail and what they lean on, from the rows of `cis`, at any time.
//!
//! The rules are the domain's: here its walk is told what it wants to know, one statement a round, all
//! in one snapshot. Called by the API, and by tickets that compute what falls with their items.

mod source;

use std::sync::Arc;

use domain::cmdb::Catalogue;
use domain::cmdb::impact::{Answer, Question, Rules, Unfit, Walk};
use sqlx::{PgConnection, PgPool};

use super::At;
use crate::error::ReadError;
use source::Source;

/// What was found, and of when that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The answer.
    pub answer: Answer,
    /// The event of the log after which items and relations were so.
    pub position: i64,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum ImpactError {
    /// The question cannot be answered.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The rows cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
}

impl From<sqlx::Error> for ImpactError {
    fn from(error: sqlx::Error) -> Self {
        Self::Read(error.into())
    }
}

/// Answers a question by the classes of that time. Today's answer is that of the position up to which
/// all rows are kept: the same question about that position has the same answer for ever.
///
/// # Errors
/// A question that cannot be answered; the database.
pub async fn ask(
    pool: &PgPool,
    catalogue: &Catalogue,
    question: Question,
    at: At,
) -> Result<Found, ImpactError> {
    let mut conn = pool.acquire().await?;
    ask_by(&mut conn, catalogue, question, at).await
}

/// The same by a connection that sees the rows, and is in no transaction.
///
/// # Errors
/// As [`ask`].
pub async fn ask_by(
    conn: &mut PgConnection,
    catalogue: &Catalogue,
    question: Question,
    at: At,
) -> Result<Found, ImpactError> {
    question.fit()?;
    let direction = question.direction;
    let rules = Arc::new(Rules::of(catalogue));
    let mut source = Source::open(conn, &rules, at).await?;
    let facts = source.facts(&question.starts()).await?;
    let mut walk = Walk::new(question, Arc::clone(&rules), facts)?;
    while let Some(wanted) = walk.wants() {
        let level = source.level(wanted, direction).await?;
        walk.learn(level);
    }
    let position = source.close().await?;
    Ok(Found { answer: walk.finish(), position })
}
