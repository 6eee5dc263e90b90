//! What a walk has been told.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::question::Direction;
use super::rules::Rules;
use crate::cmdb::Redundancy;
use crate::kernel::{CiClassId, CiId};

/// A relation between two items, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Which, such as `runs_on`.
    pub relation: Arc<str>,
    /// The item it goes out from.
    pub from: CiId,
    /// The item it goes to.
    pub to: CiId,
}

/// What must be known of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeFacts {
    /// Of which class it is.
    pub class: CiClassId,
    /// Whether it is in service.
    pub passes: bool,
    /// What it says of its own redundancy.
    pub redundancy: Option<Redundancy>,
    /// How many different items in service feed it, by the rule's place in its class; needed where a
    /// rule could hold.
    pub feeds: BTreeMap<usize, u32>,
}

/// One answer to what a walk wants.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Level {
    /// The relations at the items that were asked about, by which a failure is followed.
    pub edges: Vec<Edge>,
    /// The items at their other ends; others do no harm.
    pub nodes: Vec<(CiId, NodeFacts)>,
}

/// Items and their relations, as far as they are known.
#[derive(Debug, Default)]
pub(super) struct Graph {
    nodes: HashMap<CiId, NodeFacts>,
    arcs: HashMap<CiId, Vec<Way>>,
    edges: usize,
}

/// A relation, seen from the item it is followed from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Way {
    pub(super) far: CiId,
    pub(super) relation: Arc<str>,
    /// Whether it goes out from the near item.
    pub(super) outward: bool,
}

impl Graph {
    pub(super) fn add_nodes(&mut self, nodes: impl IntoIterator<Item = (CiId, NodeFacts)>) {
        self.nodes.extend(nodes);
    }

    /// Takes what was learnt of these items' relations; `most` are kept in all. Whether there were
    /// more.
    pub(super) fn add(
        &mut self,
        (near, level): (Vec<CiId>, Level),
        (rules, direction): (&Rules, Direction),
        most: usize,
    ) -> bool {
        self.add_nodes(level.nodes);
        let mut found: HashMap<CiId, Vec<Way>> =
            near.into_iter().map(|near| (near, Vec::new())).collect();
        let mut edges = level.edges;
        // Where not all are kept, these are: the order in which they are looked up, too.
        edges
            .sort_unstable_by(|a, b| (a.from, a.to, &a.relation).cmp(&(b.from, b.to, &b.relation)));
        edges.dedup();
        let mut more = false;
        for edge in edges {
            let Some(outward) = rules.leads(&edge.relation, direction) else { continue };
            let (near, far) = if outward { (edge.from, edge.to) } else { (edge.to, edge.from) };
            let Some(arcs) = found.get_mut(&near) else { continue };
            if self.edges == most {
                more = true;
                break;
            }
            self.edges += 1;
            arcs.push(Way { far, relation: edge.relation, outward });
        }
        self.arcs.extend(found);
        more
    }

    /// How many relations are known.
    pub(super) fn edges(&self) -> usize {
        self.edges
    }

    pub(super) fn facts(&self, item: CiId) -> Option<&NodeFacts> {
        self.nodes.get(&item)
    }

    /// Whether an item is in service.
    pub(super) fn passes(&self, item: CiId) -> bool {
        self.facts(item).is_some_and(|facts| facts.passes)
    }

    /// Whether an item's relations are known.
    pub(super) fn knows(&self, item: CiId) -> bool {
        self.arcs.contains_key(&item)
    }

    /// The relations by which a failure is followed from an item.
    pub(super) fn arcs(&self, item: CiId) -> &[Way] {
        self.arcs.get(&item).map_or(&[], Vec::as_slice)
    }
}

impl Way {
    /// As it is stored.
    pub(super) fn edge(&self, near: CiId) -> Edge {
        let (from, to) = if self.outward { (near, self.far) } else { (self.far, near) };
        Edge { relation: Arc::clone(&self.relation), from, to }
    }
}
