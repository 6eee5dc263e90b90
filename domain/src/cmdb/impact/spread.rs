//! A failure spreading in rounds over what is known.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::answer::Step;
use super::context::Others;
use super::graph::{Graph, Way};
use super::redundancy::falls;
use super::rules::Rules;
use crate::cmdb::Redundancy;
use crate::kernel::CiId;

/// What a failure spreads over.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) graph: &'a Graph,
    pub(super) rules: &'a Rules,
    pub(super) walls: &'a HashSet<CiId>,
    /// Whether redundancy saves items.
    pub(super) saves: bool,
}

/// How far a failure has come.
#[derive(Debug, Default)]
pub(super) struct Spread {
    /// What has fallen.
    pub(super) fallen: HashMap<CiId, Fallen>,
    /// What is saved so far, by the rule that saves it.
    pub(super) held: HashMap<CiId, BTreeMap<usize, Held>>,
    /// What fell in the last round, in order.
    pub(super) frontier: Vec<CiId>,
    /// How many rounds there were.
    pub(super) depth: u32,
}

/// How an item fell.
#[derive(Debug, Clone)]
pub(super) struct Fallen {
    pub(super) depth: u32,
    pub(super) by: Option<Step>,
}

/// What of an item's feeds has failed.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) failed: HashSet<CiId>,
    /// The first of them that is not others', and the round it failed in.
    pub(super) first: Option<(u32, Step)>,
    /// The last one.
    last: Option<(u32, Step)>,
}

/// What one round brings.
#[derive(Default)]
struct Round {
    falling: BTreeMap<CiId, Step>,
    touched: BTreeMap<(CiId, usize), Redundancy>,
}

impl Spread {
    /// Nothing has failed but these.
    pub(super) fn of(starts: impl IntoIterator<Item = CiId>) -> Self {
        let mut frontier: Vec<CiId> = starts.into_iter().collect();
        frontier.sort_unstable();
        frontier.dedup();
        let fallen = frontier.iter().map(|ci| (*ci, Fallen { depth: 0, by: None })).collect();
        Self { fallen, frontier, ..Self::default() }
    }

    /// Whether another round would bring nothing, or is one too many.
    pub(super) fn is_over(&self, depth: u32) -> bool {
        self.frontier.is_empty() || self.depth >= depth
    }

    /// All rounds there are.
    pub(super) fn run(mut self, ground: Ground<'_>, depth: u32) -> Self {
        while !self.is_over(depth) {
            self.round(ground, None);
        }
        self
    }

    /// One round: what leans on those that fell last may fall. With others, their failures of the
    /// same round count, and what is theirs does not fall.
    pub(super) fn round(&mut self, ground: Ground<'_>, others: Option<&Others<'_>>) {
        let mut round = Round::default();
        for near in std::mem::take(&mut self.frontier) {
            self.lead_on(near, true, &mut round, (ground, others));
        }
        for near in others.map_or(&[][..], |others| others.fallen_at(self.depth)) {
            if !self.fallen.contains_key(near) {
                self.lead_on(*near, false, &mut round, (ground, others));
            }
        }
        for ((far, rule), said) in std::mem::take(&mut round.touched) {
            if let Some(step) = self.falls(ground.graph, far, rule, &said) {
                round.fall(far, step);
            }
        }
        self.depth += 1;
        for (ci, step) in others.into_iter().flat_map(|others| others.shared_at(self.depth)) {
            round.fall(ci, step);
        }
        for (ci, step) in round.falling {
            self.held.remove(&ci);
            self.fallen.insert(ci, Fallen { depth: self.depth, by: Some(step) });
            self.frontier.push(ci);
        }
    }

    /// The last round's items that are too many are forgotten, those with the highest identities;
    /// whether there were any.
    pub(super) fn keep(&mut self, most: usize) -> bool {
        let too_many = self.fallen.len().saturating_sub(most).min(self.frontier.len());
        for ci in self.frontier.split_off(self.frontier.len() - too_many) {
            self.fallen.remove(&ci);
        }
        too_many > 0
    }

    fn lead_on(
        &mut self,
        near: CiId,
        own: bool,
        round: &mut Round,
        (ground, others): (Ground<'_>, Option<&Others<'_>>),
    ) {
        if !ground.graph.passes(near) {
            return;
        }
        for way in ground.graph.arcs(near) {
            let far = way.far;
            let stays = self.fallen.contains_key(&far) || ground.walls.contains(&far);
            if !stays && !others.is_some_and(|others| others.has(far)) {
                self.reach(near, own, way, (round, ground));
            }
        }
    }

    /// What leans on an item that failed falls, or has one feed less.
    fn reach(
        &mut self,
        near: CiId,
        own: bool,
        way: &Way,
        (round, ground): (&mut Round, Ground<'_>),
    ) {
        let Some(facts) = ground.graph.facts(way.far).filter(|facts| facts.passes) else { return };
        let step = || Step { by: near, relation: way.relation.clone() };
        let mut saved = false;
        if ground.saves {
            let own_word = facts.redundancy.as_ref();
            for (rule, said) in ground.rules.saving(facts.class, &way.relation, own_word) {
                saved = true;
                let held = self.held.entry(way.far).or_default().entry(rule).or_default();
                held.failed.insert(near);
                if own {
                    held.note(self.depth, step());
                }
                round.touched.insert((way.far, rule), said);
            }
        }
        if !saved && own {
            round.fall(way.far, step());
        }
    }

    /// The step by which an item falls, when too few of its feeds are left.
    fn falls(&self, graph: &Graph, ci: CiId, rule: usize, said: &Redundancy) -> Option<Step> {
        let held = self.held.get(&ci)?.get(&rule)?;
        let (_, step) = held.last.as_ref()?;
        let (failed, all) = held.count(graph, ci, rule);
        falls(all, failed, said).then(|| step.clone())
    }
}

impl Held {
    /// One of those it leans on fell in this round; of several in one round the first counts.
    fn note(&mut self, depth: u32, step: Step) {
        for noted in [&mut self.first, &mut self.last] {
            if noted.as_ref().is_none_or(|(at, least)| *at == depth && step < *least) {
                *noted = Some((depth, step.clone()));
            }
        }
        if self.last.as_ref().is_some_and(|(at, _)| *at < depth) {
            self.last = Some((depth, step));
        }
    }

    /// How many of an item's feeds have failed, and how many there are.
    pub(super) fn count(&self, graph: &Graph, ci: CiId, rule: usize) -> (u32, u32) {
        let failed = u32::try_from(self.failed.len()).unwrap_or(u32::MAX);
        let all = graph.facts(ci).and_then(|facts| facts.feeds.get(&rule)).copied();
        (failed, all.unwrap_or(0).max(failed))
    }
}

impl Round {
    fn fall(&mut self, ci: CiId, step: Step) {
        let least = self.falling.entry(ci).or_insert_with(|| step.clone());
        if step < *least {
            *least = step;
        }
    }
}
