//! The walk: it says what it wants to know, is told, and answers in the end.

use std::collections::HashSet;
use std::sync::Arc;

use super::answer::{Answer, Node, State};
use super::context;
use super::graph::{Graph, Level, NodeFacts};
use super::question::{EDGES_MAX, NODES_MAX, Question, Unfit};
use super::rules::Rules;
use super::spread::{Ground, Spread};
use crate::kernel::CiId;

/// What a walk wants to know next: one statement's worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted<'a> {
    /// The relations that go out from these items, in the order of identities.
    pub outward: &'a [CiId],
    /// The relations that go to these items, likewise.
    pub inward: &'a [CiId],
    /// Whether it must be known how many feed the items at the other ends.
    pub feeds: bool,
    /// How many relations will do; when there are more, the first by relation, `from` and `to`.
    pub most: usize,
}

/// A question on its way to an answer.
#[derive(Debug)]
pub struct Walk {
    question: Question,
    rules: Arc<Rules>,
    walls: HashSet<CiId>,
    graph: Graph,
    spread: Spread,
    /// What falls without others' failures, once these are looked at.
    alone: Option<Spread>,
    wanted: Ends,
    cut: bool,
}

/// Items whose relations are not known yet.
#[derive(Debug, Default)]
struct Ends {
    outward: Vec<CiId>,
    inward: Vec<CiId>,
}

impl Walk {
    /// Begins with the facts of [`Question::starts`]; what has none is not there.
    ///
    /// # Errors
    /// The question cannot be answered.
    pub fn new(
        mut question: Question,
        rules: Arc<Rules>,
        facts: impl IntoIterator<Item = (CiId, NodeFacts)>,
    ) -> Result<Self, Unfit> {
        question.fit()?;
        question.limit = question.limit.clamp(1, NODES_MAX);
        let mut graph = Graph::default();
        graph.add_nodes(facts);
        question.roots.retain(|ci| graph.facts(*ci).is_some());
        question.also_failed.retain(|ci| graph.facts(*ci).is_some());
        let walls = question.walls.iter().copied().collect();
        let spread = Spread::of(question.roots.iter().copied());
        let (alone, wanted) = (None, Ends::default());
        let mut walk = Self { question, rules, walls, graph, spread, alone, wanted, cut: false };
        walk.cut = walk.spread.keep(walk.question.limit);
        walk.go_on();
        Ok(walk)
    }

    /// What must be known to go on; none: the answer is there.
    pub fn wants(&self) -> Option<Wanted<'_>> {
        (!self.wanted.is_empty()).then(|| Wanted {
            outward: &self.wanted.outward,
            inward: &self.wanted.inward,
            feeds: self.question.saves(),
            most: EDGES_MAX - self.graph.edges() + 1,
        })
    }

    /// Is told what it wanted to know.
    pub fn learn(&mut self, level: Level) {
        let Ends { outward, inward } = std::mem::take(&mut self.wanted);
        let by = (self.rules.as_ref(), self.question.direction);
        let more = self.graph.add(([outward, inward].concat(), level), by, EDGES_MAX);
        self.round();
        self.cut |= more;
        self.go_on();
    }

    /// The answer; cut off where the walk was left before its end.
    pub fn finish(self) -> Answer {
        let truncated = self.cut || !self.wanted.is_empty();
        let Some(alone) = &self.alone else { return self.answer(&self.spread, truncated) };
        if truncated {
            // Where the others' failures end is not known: what falls without them is certain.
            return self.answer(alone, truncated);
        }
        let (roots, others) = (&self.question.roots, self.question.others());
        let joined = context::joined(self.ground(), alone, (roots, others), self.question.depth);
        self.answer(&joined, truncated)
    }

    fn ground(&self) -> Ground<'_> {
        let saves = self.question.saves();
        Ground { graph: &self.graph, rules: &self.rules, walls: &self.walls, saves }
    }

    fn round(&mut self) {
        let saves = self.question.saves();
        let (graph, rules, walls) = (&self.graph, self.rules.as_ref(), &self.walls);
        self.spread.round(Ground { graph, rules, walls, saves }, None);
        self.cut |= self.spread.keep(self.question.limit);
    }

    /// Rounds over what is known, up to where more must be known.
    fn go_on(&mut self) {
        while !self.cut {
            if self.spread.is_over(self.question.depth) {
                if !self.begins_again() {
                    return;
                }
                continue;
            }
            self.wanted = self.unknown();
            if !self.wanted.is_empty() {
                return;
            }
            self.round();
        }
    }

    /// What fell last and leads a failure on by relations that are not known yet.
    fn unknown(&self) -> Ends {
        let mut ends = Ends::default();
        for ci in &self.spread.frontier {
            let Some(facts) = self.graph.facts(*ci).filter(|facts| facts.passes) else { continue };
            if self.graph.knows(*ci) {
                continue;
            }
            let leads =
                |outward| self.rules.leads_on(facts.class, (self.question.direction, outward));
            if leads(true) {
                ends.outward.push(*ci);
            }
            if leads(false) {
                ends.inward.push(*ci);
            }
        }
        ends
    }

    /// Whether others' failures could bring down what is saved, so that all must be followed together.
    fn begins_again(&mut self) -> bool {
        let others = self.question.others();
        if self.alone.is_some() || others.is_empty() || self.spread.held.is_empty() {
            return false;
        }
        let both = Spread::of(self.question.roots.iter().chain(others).copied());
        self.alone = Some(std::mem::replace(&mut self.spread, both));
        self.cut = self.spread.keep(self.question.limit);
        true
    }

    fn answer(&self, spread: &Spread, truncated: bool) -> Answer {
        let mut nodes = self.nodes(spread);
        nodes.sort_unstable_by_key(|node| (node.depth, node.ci));
        let truncated = truncated || nodes.len() > self.question.limit;
        nodes.truncate(self.question.limit);
        let named: HashSet<CiId> = nodes.iter().map(|node| node.ci).collect();
        let near = nodes.iter().filter(|node| {
            let led = node.state == State::Impacted && node.depth < self.question.depth;
            led && self.graph.passes(node.ci)
        });
        let ways = near.flat_map(|node| self.graph.arcs(node.ci).iter().map(|way| (node.ci, way)));
        let ways = ways.filter(|(_, way)| named.contains(&way.far) && self.graph.passes(way.far));
        let mut edges: Vec<_> = ways.map(|(near, way)| way.edge(near)).collect();
        edges.sort_unstable();
        Answer { nodes, edges, truncated }
    }

    fn nodes(&self, spread: &Spread) -> Vec<Node> {
        let fallen = spread.fallen.iter().map(|(ci, fallen)| Node {
            ci: *ci,
            depth: fallen.depth,
            state: State::Impacted,
            by: fallen.by.clone(),
            up: None,
        });
        let saved = spread.held.iter().filter_map(|(ci, by_rule)| {
            let (rule, held) = by_rule.iter().find(|(_, held)| held.first.is_some())?;
            let (depth, step) = held.first.clone()?;
            let (failed, all) = held.count(&self.graph, *ci, *rule);
            let up = Some((all - failed, all));
            let (depth, by) = (depth + 1, Some(step));
            Some(Node { ci: *ci, depth, state: State::NotImpacted, by, up })
        });
        fallen.chain(saved).collect()
    }
}

impl Ends {
    fn is_empty(&self) -> bool {
        self.outward.is_empty() && self.inward.is_empty()
    }
}
