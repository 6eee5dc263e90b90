//! What falls when items fail and what they lean on, from the rows of `cis`, at any time.
//!
//! The rules are the domain's: here its walk is told what it wants to know, one statement a round, all
//! in one snapshot. Called by the API, and by tickets that compute what falls with their items.

mod agreements;
mod level;
mod source;
mod suspects;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use domain::ci::words::CiLife;
use domain::cmdb::Catalogue;
use domain::cmdb::impact::{Affected, Answer, Question, Rules, State, Unfit, Walk};
use domain::kernel::CiId;
use sqlx::{PgConnection, PgPool};

use super::{At, CiRow};
use crate::error::ReadError;
use agreements::Promises;
use source::Source;

pub use agreements::Agreement;
pub use suspects::{SUSPECTS_MAX, Suspect, Suspects, suspects};

/// What was found, and of when that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The answer.
    pub answer: Answer,
    /// The event of the log after which items and relations were so.
    pub position: i64,
}

/// The same with the items themselves.
#[derive(Debug, Clone)]
pub struct Explored {
    /// What was found.
    pub found: Found,
    /// The items that are named, as they were.
    pub rows: HashMap<CiId, CiRow>,
    /// Services that items provide which fall, each with the nearest of them; in the order of
    /// identities.
    pub services: Vec<(CiId, CiId)>,
    /// The contracts with customers that cover services or items which fall, in the order of
    /// identities.
    pub agreements: Vec<Agreement>,
}

/// What is wanted of the items besides.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Detail {
    /// Their attributes and what each source says; else these are empty.
    pub attributes: bool,
    /// The services that they provide.
    pub services: bool,
    /// What was promised to customers about all of them.
    pub agreements: bool,
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
    let rules = Arc::new(Rules::of(catalogue));
    let mut source = Source::open(conn, &rules, at).await?;
    let answer = followed(&mut source, &rules, question).await?;
    let position = source.close().await?;
    Ok(Found { answer, position })
}

/// The same with the items themselves, of the same snapshot.
///
/// # Errors
/// A question that cannot be answered; the database.
pub async fn explore(
    pool: &PgPool,
    catalogue: &Catalogue,
    (question, at): (Question, At),
    detail: Detail,
) -> Result<Explored, ImpactError> {
    question.fit()?;
    let rules = Arc::new(Rules::of(catalogue));
    let mut conn = pool.acquire().await?;
    let mut source = Source::open(&mut conn, &rules, at).await?;
    let answer = followed(&mut source, &rules, question).await?;
    let affected = Affected::of(catalogue);
    let (mut suffering, mut services, promises) =
        besides(&mut source, &affected, (&answer, detail)).await?;
    let nodes = answer.nodes.iter().map(|node| node.ci);
    let provided = services.iter().map(|(service, _)| *service);
    let named: Vec<CiId> = nodes.chain(provided).chain(promises.named()).collect();
    let rows = source.rows(&named, detail.attributes).await?;
    let holds = |ci: CiId| {
        let serves = |row: &CiRow| rules.serves(row.class_id, row.status.as_deref());
        rows.get(&ci).is_some_and(|row| row.life == CiLife::Active && serves(row))
    };
    services.retain(|(service, _)| holds(*service));
    suffering.retain(|ci| holds(*ci));
    let is_contract = |ci| rows.get(&ci).is_some_and(|row| affected.is_contract(row.class_id));
    let agreements = promises.agreed(&suffering, is_contract, holds);
    let position = source.close().await?;
    Ok(Explored { found: Found { answer, position }, rows, services, agreements })
}

/// The services that fall and then the items that do, the services that these provide, each with the
/// nearest of them, and what was promised about all of it; as far as it is wanted.
async fn besides(
    source: &mut Source<'_, '_>,
    affected: &Affected,
    (answer, detail): (&Answer, Detail),
) -> Result<(Vec<CiId>, Vec<(CiId, CiId)>, Promises), ReadError> {
    let falling = answer.nodes.iter().filter(|node| node.state == State::Impacted);
    let falling: Vec<CiId> = falling.map(|node| node.ci).collect();
    let mut services = Vec::new();
    if detail.services || detail.agreements {
        services = nearest(&falling, source.led(&falling, &affected.to_services()).await?);
    }
    let provided = services.iter().map(|(service, _)| *service);
    let suffering: Vec<CiId> = provided.chain(falling).collect();
    let mut promises = Promises::default();
    if detail.agreements {
        promises = Promises::of(source, affected, &suffering).await?;
    }
    Ok((suffering, services, promises))
}

async fn followed(
    source: &mut Source<'_, '_>,
    rules: &Arc<Rules>,
    question: Question,
) -> Result<Answer, ImpactError> {
    let direction = question.direction;
    let facts = source.facts(&question.starts()).await?;
    let mut walk = Walk::new(question, Arc::clone(rules), facts)?;
    while let Some(wanted) = walk.wants() {
        let level = source.level(wanted, direction).await?;
        walk.learn(level);
    }
    Ok(walk.finish())
}

/// Each service once, with the first of the items in their order that lead to it.
fn nearest(items: &[CiId], led: Vec<(CiId, CiId)>) -> Vec<(CiId, CiId)> {
    let order: HashMap<CiId, usize> = items.iter().enumerate().map(|(nr, ci)| (*ci, nr)).collect();
    let mut services: Vec<(CiId, CiId)> = Vec::new();
    for (service, by) in led {
        match services.last_mut() {
            Some((last, nearest)) if *last == service => {
                if order.get(&by) < order.get(nearest) {
                    *nearest = by;
                }
            }
            _ => services.push((service, by)),
        }
    }
    services
}
