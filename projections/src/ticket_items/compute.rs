//! What falls with a ticket's own items, as everything was at a position of the log: the same for
//! whoever decides, and for the rows that are made afterwards.

use std::collections::{BTreeMap, BTreeSet};

use domain::cmdb::Catalogue;
use domain::cmdb::impact::{Answer, Direction, Question, State};
use domain::kernel::CiId;
use domain::ticket_items::Computed;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use crate::cis::impact;
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
    conn: &mut PgConnection,
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
    let (answer, catalogue) = impact::answer_at(conn, &question, position).await?;
    Ok(Falls::of(&answer, wanted, &catalogue))
}

impl Falls {
    fn of(answer: &Answer, wanted: &Wanted, classes: &Catalogue) -> Self {
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
