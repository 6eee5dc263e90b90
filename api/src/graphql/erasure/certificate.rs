//! What an erasure destroyed: its certificate.

use async_graphql::Object;
use projections::erasures::ErasureRow;

use crate::graphql::scalar::Position;

/// What an erasure destroyed, and where that is written.
pub(super) struct ErasureCertificate {
    row: ErasureRow,
    /// The root of the log's tree.
    root: String,
    /// The log's size with that root.
    size: i64,
}

impl ErasureCertificate {
    /// None before it is certified.
    pub(super) fn of(row: &ErasureRow) -> Option<Self> {
        let (root, size) = (row.certified_root.clone()?, row.certified_size?);
        Some(Self { row: row.clone(), root, size })
    }
}

/// A view without the person.
pub(super) struct ErasedView {
    name: String,
    through: i64,
    rows: u64,
}

/// What was deleted beside the views.
pub(super) struct ErasedBeside {
    what: String,
    count: u64,
}

/// What an erasure destroyed, and where that is written.
#[Object]
impl ErasureCertificate {
    /// The keys that are gone, as whatever they sealed names them.
    async fn keys(&self) -> Vec<String> {
        self.row.keys.iter().map(ToString::to_string).collect()
    }

    /// The event of the log that says that they are.
    async fn keys_destroyed_position(&self) -> Option<Position> {
        self.row.keys_destroyed_seq.map(Position::Number)
    }

    /// The event of the log that is this certificate: `replay prove` shows that it stands there.
    async fn position(&self) -> Option<Position> {
        self.row.certified_seq.map(Position::Number)
    }

    /// How many streams of the log held something under them.
    async fn streams(&self) -> u32 {
        self.row.purge.as_ref().map_or(0, |purge| purge.streams)
    }

    /// The views that were made again without the person, by name.
    async fn views(&self) -> Vec<ErasedView> {
        let views = self.row.purge.iter().flat_map(|purge| &purge.views);
        let view = |(name, it): (&String, &domain::erasure::event::PurgedView)| ErasedView {
            name: name.clone(),
            through: it.through,
            rows: it.rows,
        };
        views.map(view).collect()
    }

    /// What was deleted beside the views, by what it is.
    async fn besides(&self) -> Vec<ErasedBeside> {
        let besides = self.row.purge.iter().flat_map(|purge| &purge.besides);
        besides.map(|(what, count)| ErasedBeside { what: what.clone(), count: *count }).collect()
    }

    /// How many events the log had when it was searched for the last time and nothing was found.
    async fn size(&self) -> Position {
        Position::Number(self.size)
    }

    /// The root of its tree then, in hex.
    async fn root(&self) -> &str {
        &self.root
    }
}

/// A view that was made again without the person.
#[Object]
impl ErasedView {
    /// Its name.
    async fn name(&self) -> &str {
        &self.name
    }

    /// Up to which event of the log.
    async fn through(&self) -> Position {
        Position::Number(self.through)
    }

    /// How many of its rows were made again, or are gone.
    async fn rows(&self) -> u64 {
        self.rows
    }
}

/// What was deleted beside the views.
#[Object]
impl ErasedBeside {
    /// What it is.
    async fn what(&self) -> &str {
        &self.what
    }

    /// How many.
    async fn count(&self) -> u64 {
        self.count
    }
}
