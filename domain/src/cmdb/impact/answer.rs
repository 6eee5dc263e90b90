//! What is answered.

use std::sync::Arc;

use super::graph::Edge;
use crate::kernel::CiId;
use crate::kernel::words::words;

words! {
    /// What becomes of an item.
    State {
        /// It falls, or it is leant on.
        Impacted,
        /// It would fall, but enough of those it leans on are up.
        NotImpacted,
    }
}

/// Why an item was reached.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// From which other one.
    pub by: CiId,
    /// By which relation.
    pub relation: Arc<str>,
}

/// An item that was reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Which.
    pub ci: CiId,
    /// How many relations away, or the round in which it fell.
    pub depth: u32,
    /// What becomes of it.
    pub state: State,
    /// The last step to it; none: it was asked about.
    pub by: Option<Step>,
    /// Where it does not fall: how many of those that feed it are up, and how many there are.
    pub up: Option<(u32, u32)>,
}

/// What was reached.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The items, the nearest first.
    pub nodes: Vec<Node>,
    /// The relations out of items nearer than the depth that was asked for, between items that are
    /// named.
    pub edges: Vec<Edge>,
    /// Whether there was more than is named.
    pub truncated: bool,
}

impl Answer {
    /// One of the items; none: it was not reached.
    pub fn node(&self, ci: CiId) -> Option<&Node> {
        self.nodes.iter().find(|node| node.ci == ci)
    }

    /// The steps from one of the items back to what was asked about.
    pub fn reason(&self, node: &Node) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut next = node.by.clone();
        let mut depth = node.depth;
        while let Some(step) = next {
            let before = self.nearer(step.by, depth);
            next = before.and_then(|node| node.by.clone());
            depth = before.map_or(0, |node| node.depth);
            steps.push(step);
        }
        steps
    }

    /// An item that was reached in an earlier round. The items are in the order of rounds, those of
    /// one round in that of their identities.
    fn nearer(&self, ci: CiId, depth: u32) -> Option<&Node> {
        let at =
            |depth| self.nodes.binary_search_by_key(&(depth, ci), |node| (node.depth, node.ci));
        (0..depth).rev().find_map(|depth| at(depth).ok()).map(|found| &self.nodes[found])
    }
}
