//! What of the history a bundle holds.

use chrono::{DateTime, Utc};
use domain::kernel::{Actor, PersonId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::hex::{bytes, hex};
use crate::leaf::LeafInput;
use crate::merkle::Frontier;
use crate::strict;

/// All of it, or a part. A part proves that what is in it was recorded; it cannot prove that nothing
/// was left out, but for the beginning and the middle of streams that are in it whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Chosen {
    /// Every event.
    All,
    /// Every event behind a signed number of them: a link of an archive.
    Epoch(Epoch),
    /// Every stream of a ticket: its own, its conversation, its dossier, its items, its clocks.
    Ticket(Uuid),
    /// The stream of a configuration item.
    Ci(Uuid),
    /// Every stream of a person, and whatever they did or had done.
    Person(Uuid),
    /// What was recorded from one instant to before another.
    Period {
        /// The first instant.
        from: DateTime<Utc>,
        /// The first one behind it.
        to: DateTime<Utc>,
    },
    /// These events, by their numbers in order: every one of them.
    Events(Vec<i64>),
}

impl Chosen {
    /// Whether nothing may be left out: numbers follow each other, and no event needs a proof of its own.
    pub(super) fn is_dense(&self) -> bool {
        matches!(self, Self::All | Self::Epoch(_))
    }

    /// Whether it is whole streams, so that only their newest events could be left out unseen.
    pub(super) fn is_streams(&self) -> bool {
        matches!(self, Self::Ticket(_) | Self::Ci(_))
    }

    /// Whether it can be chosen of a log of this size, and whether it can be so many events.
    pub(super) fn fits(&self, size: i64, events: i64) -> bool {
        match self {
            Self::All => events == size,
            Self::Epoch(epoch) => epoch.after >= 0 && size.checked_sub(epoch.after) == Some(events),
            Self::Events(numbers) => {
                let within = numbers.first() >= Some(&1) && numbers.last() <= Some(&size);
                let each_once = numbers.is_sorted_by(|one, next| one < next);
                within && each_once && usize::try_from(events) == Ok(numbers.len())
            }
            Self::Ticket(_) | Self::Ci(_) | Self::Person(_) | Self::Period { .. } => true,
        }
    }

    /// Whether the event with this number belongs to it.
    pub(super) fn has(&self, number: i64, event: &LeafInput<'_>) -> bool {
        match self {
            Self::All | Self::Epoch(_) => true,
            Self::Ticket(id) | Self::Ci(id) => event.aggregate_id == id.to_string(),
            Self::Person(id) => event.aggregate_id == id.to_string() || is_by(event, *id),
            Self::Period { from, to } => (*from..*to).contains(&event.recorded_at),
            Self::Events(numbers) => numbers.binary_search(&number).is_ok(),
        }
    }
}

/// Where an epoch begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Epoch {
    /// How many events came before.
    pub after: i64,
    /// The tree over those, in hex: the roots of its perfect subtrees, from the left.
    tree: String,
}

impl Epoch {
    pub(super) fn behind(tree: &Frontier) -> Self {
        let after = i64::try_from(tree.size()).unwrap_or(i64::MAX);
        Self { after, tree: hex(&tree.to_bytes()) }
    }

    /// The tree that its events go on with.
    pub(super) fn tree(&self) -> Option<Frontier> {
        let tree = bytes(&self.tree).filter(|tree| hex(tree) == self.tree)?;
        Frontier::from_bytes(u64::try_from(self.after).ok()?, &tree).ok()
    }
}

fn is_by(event: &LeafInput<'_>, person: Uuid) -> bool {
    let Ok(Some(metadata)) = strict::texts(event.metadata) else { return false };
    let said = |key: &str| metadata.get(key).map(String::as_str);
    said("actor") == Some(actor(person).as_str())
        || said("on_behalf_of") == Some(person.to_string().as_str())
}

/// As metadata call them.
pub(super) fn actor(person: Uuid) -> String {
    Actor::Person(PersonId(person)).to_string()
}
