//! What is asked.

use crate::kernel::CiId;
use crate::kernel::words::words;

/// How far a failure is followed at most.
pub const DEPTH_MAX: u32 = 20;
/// How many items an answer names at most.
pub const NODES_MAX: usize = 20_000;
/// How many relations are followed at most.
pub const EDGES_MAX: usize = 100_000;

words! {
    /// Which way relations are followed.
    Direction {
        /// What falls.
        Impacts,
        /// What it leans on.
        DependsOn,
    }
}

/// A question about items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked about.
    pub roots: Vec<CiId>,
    /// Which way.
    pub direction: Direction,
    /// How many relations away at most, 1 to 20.
    pub depth: u32,
    /// Whether redundancy saves items from falling; of those that fall alone.
    pub redundancy: bool,
    /// What has failed besides; of those that fall alone.
    pub also_failed: Vec<CiId>,
    /// Of what somebody said that it works.
    pub walls: Vec<CiId>,
    /// How many items to name at most, up to 20,000.
    pub limit: usize,
}

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nearer than one relation, or farther than is followed.
    #[error("the depth is from 1 to {DEPTH_MAX}")]
    Depth,
}

impl Question {
    /// What falls with one item, as far as a failure is followed, redundancy counted.
    pub fn about(root: CiId) -> Self {
        Self {
            roots: vec![root],
            direction: Direction::Impacts,
            depth: DEPTH_MAX,
            redundancy: true,
            also_failed: Vec::new(),
            walls: Vec::new(),
            limit: NODES_MAX,
        }
    }

    /// Whether the question can be answered.
    ///
    /// # Errors
    /// The depth is out of bounds.
    pub fn fit(&self) -> Result<(), Unfit> {
        (1..=DEPTH_MAX).contains(&self.depth).then_some(()).ok_or(Unfit::Depth)
    }

    /// The items of which the facts must be known before anything is followed, each once.
    pub fn starts(&self) -> Vec<CiId> {
        let mut starts: Vec<CiId> = self.roots.iter().chain(self.others()).copied().collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    /// What has failed besides.
    pub(super) fn others(&self) -> &[CiId] {
        match self.direction {
            Direction::Impacts => &self.also_failed,
            Direction::DependsOn => &[],
        }
    }

    /// Whether items can be saved from falling.
    pub(super) fn saves(&self) -> bool {
        self.redundancy && self.direction == Direction::Impacts
    }
}
