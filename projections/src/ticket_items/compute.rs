//! What falls with a ticket's own items, as everything was at a position of the log: the same for
//! whoever decides, and for the rows that are made afterwards.

use std::collections::{BTreeMap, BTreeSet};

use domain::cmdb::Catalogue;
use domain::cmdb::impact::{Answer, Direction, Question, State};
use domain::kernel::CiId;
use domain::ticket_items::Computed;
use sha2::{Digest, Sha256};
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use crate::ci_classes::Classes;
use crate::cis::At;
use crate::cis::impact::{self, ImpactError};
use crate::error::ReadError;

/// How many relations away a ticket's items are followed.
pub const DEPTH: u8 = 10;
/// So many items are followed at most. Sets that were computed before have their digests by it: for
/// another one, events have to tell which.
const LIMIT: usize = 10_000;
/// What contacts inherit.
const CONTACT: &str = "Contact";

/// What is to be computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The ticket's own items that failed.
    pub sources: BTreeSet<CiId>,
    /// Its own items that did not.
    pub walls: BTreeSet<CiId>,
    /// What other open incidents say has failed.
    pub others: BTreeSet<CiId>,
    /// How many relations away, 1 to 20.
    pub depth: u8,
    /// Whether redundancy is looked at.
    pub redundancy: bool,
}

/// What was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Falls {
    /// What falls, without the sources, each with its depth.
    pub fallen: BTreeMap<CiId, u8>,
    /// SHA-256 of the set, in hex.
    pub digest: String,
    /// How many of these are contacts.
    pub contacts: u32,
    /// Whether there is more than was computed.
    pub truncated: bool,
}

/// Computes it. The connection sees the models `cis` and `ci_classes`, which are that far.
///
/// # Errors
/// The depth is out of bounds; the database.
pub async fn compute(
    (conn, classes): (&mut PgConnection, &Classes),
    wanted: &Wanted,
    position: i64,
) -> Result<Falls, ReadError> {
    let listed = |items: &BTreeSet<CiId>| items.iter().copied().collect::<Vec<CiId>>();
    let question = Question {
        roots: listed(&wanted.sources),
        direction: Direction::Impacts,
        depth: wanted.depth.into(),
        redundancy: wanted.redundancy,
        also_failed: listed(&wanted.others),
        walls: listed(&wanted.walls),
        limit: LIMIT,
    };
    let catalogue = classes.after(&mut *conn, position).await?;
    let found = impact::ask_by(conn, &catalogue, question, At::After(position)).await;
    let answer = found.map_err(|error| match error {
        ImpactError::Read(error) => error,
        ImpactError::Unfit(_) => ReadError::BadFilter("the depth is out of bounds"),
    })?;
    let mut falls = Falls::of(&answer.answer, wanted);
    falls.contacts = contacts(conn, (&falls, &catalogue), position).await?;
    Ok(falls)
}

/// How many of those that fall are contacts.
async fn contacts(
    conn: &mut PgConnection,
    (falls, classes): (&Falls, &Catalogue),
    position: i64,
) -> Result<u32, ReadError> {
    let Some(contact) = classes.by_name(CONTACT) else { return Ok(0) };
    let family: Vec<Uuid> = classes.family(contact.id).iter().map(|id| id.0).collect();
    let fallen: Vec<Uuid> = falls.fallen.keys().map(|ci| ci.0).collect();
    let row = sqlx::query(include_str!("sql/contacts.sql"))
        .bind(fallen)
        .bind(family)
        .bind(position)
        .fetch_one(conn)
        .await?;
    Ok(u32::try_from(row.try_get::<i64, _>("count")?).unwrap_or(u32::MAX))
}

impl Falls {
    fn of(answer: &Answer, wanted: &Wanted) -> Self {
        let falls = answer.nodes.iter().filter(|node| node.state == State::Impacted);
        let falls = falls.filter(|node| !wanted.sources.contains(&node.ci));
        let fallen = falls.map(|node| (node.ci, u8::try_from(node.depth).unwrap_or(u8::MAX)));
        Self {
            fallen: fallen.collect(),
            digest: digest(answer),
            contacts: 0,
            truncated: answer.truncated,
        }
    }

    /// As an event tells it.
    pub fn told(self, wanted: Wanted, position: i64) -> Computed {
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Computed {
            position,
            sources: wanted.sources,
            walls: wanted.walls,
            depth: wanted.depth,
            redundancy: wanted.redundancy,
            context: number(wanted.others.len()),
            digest: self.digest,
            count: number(self.fallen.len()),
            contacts: self.contacts,
            truncated: self.truncated,
        }
    }
}

/// Over each item with what becomes of it and its depth, a line each, in the order of identities.
fn digest(answer: &Answer) -> String {
    let nodes: BTreeMap<CiId, _> = answer.nodes.iter().map(|node| (node.ci, node)).collect();
    let mut hash = Sha256::new();
    for (ci, node) in nodes {
        let state: &str = node.state.into();
        hash.update(format!("{ci} {state} {}\n", node.depth));
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
