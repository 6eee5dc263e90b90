//! Small worlds of items, and the questions asked of them.

mod cases;
mod context;
mod evaluator;
mod laws;
mod walking;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;
use uuid::Uuid;

use super::{Answer, Direction, Edge, Level, NodeFacts, Question, Rules, State, Walk, Wanted};
use crate::cmdb::{
    Attribute, Catalogue, Definition, Flow, Kind, Measure, Redundancy, RedundancyRule, Relation,
};
use crate::kernel::{CiClassId, CiId};

/// Leans on whatever it says, without redundancy.
const PLAIN: u128 = 1;
/// Fed by `power_a` and `power_b`, one of which must be up; and by `member_of` at its own word.
const FED: u128 = 2;
/// Half of what is `member_of` it must be up.
const HALF: u128 = 3;

/// Its relations and which way they lead a failure.
const RELATIONS: [(&str, Flow, bool); 6] = [
    ("leans_on", Flow::Backward, false),
    ("power_a", Flow::Backward, false),
    ("power_b", Flow::Backward, false),
    ("member_of", Flow::Forward, false),
    ("contact_of", Flow::Backward, true),
    ("beside", Flow::None, false),
];

fn item(number: u128) -> CiId {
    CiId(Uuid::from_u128(number))
}

fn class(number: u128) -> CiClassId {
    CiClassId(Uuid::from_u128(0xC000 + number))
}

fn count(min_up: &str) -> Redundancy {
    said(min_up, Measure::Count)
}

fn percent(min_up: &str) -> Redundancy {
    said(min_up, Measure::Percent)
}

fn said(min_up: &str, measure: Measure) -> Redundancy {
    Redundancy { enabled: true, min_up: min_up.parse().unwrap(), measure }
}

fn rule(relations: &[&str], said: (bool, i64, Measure), fixed: bool) -> RedundancyRule {
    let (enabled, min_up, measure) = said;
    let relations = relations.iter().map(ToString::to_string).collect();
    RedundancyRule { relations, enabled, min_up: Decimal::from(min_up), measure, fixed }
}

fn status() -> Attribute {
    Attribute {
        name: "status".to_owned(),
        label: "Status".to_owned(),
        kind: Kind::Text,
        choices: Vec::new(),
        of: None,
        list: false,
        required: false,
        recommended: false,
        default: None,
        personal: false,
    }
}

fn catalogue() -> Catalogue {
    let relations = RELATIONS.map(|(name, flow, downwards)| Relation {
        name: name.to_owned(),
        label: name.to_owned(),
        to: class(PLAIN),
        flow,
        single: false,
        downwards,
    });
    let plain = Definition {
        name: "Plain".to_owned(),
        label: "Plain".to_owned(),
        parent: None,
        is_abstract: false,
        attributes: vec![status()],
        relations: relations.to_vec(),
        identity: Vec::new(),
        redundancy: Vec::new(),
        out_of_service: vec!["obsolete".to_owned()],
    };
    let child = |name: &str, redundancy| Definition {
        name: name.to_owned(),
        parent: Some(class(PLAIN)),
        attributes: Vec::new(),
        relations: Vec::new(),
        redundancy,
        ..plain.clone()
    };
    let power = rule(&["power_a", "power_b"], (true, 1, Measure::Count), true);
    let own_word = rule(&["member_of"], (false, 1, Measure::Count), false);
    let fed = child("Fed", vec![power, own_word]);
    let half = child("Half", vec![rule(&["member_of"], (true, 50, Measure::Percent), false)]);
    Catalogue::of([(class(PLAIN), 1, plain), (class(FED), 1, fed), (class(HALF), 1, half)])
}

/// Items and what they are related to.
#[derive(Debug, Clone, Default)]
struct World {
    items: BTreeMap<CiId, Thing>,
    edges: Vec<(u128, &'static str, u128)>,
}

#[derive(Debug, Clone)]
struct Thing {
    class: CiClassId,
    passes: bool,
    redundancy: Option<Redundancy>,
}

impl World {
    /// Plain items of these relations.
    fn of(edges: &[(u128, &'static str, u128)]) -> Self {
        let world = Self { items: BTreeMap::new(), edges: edges.to_vec() };
        let ends: BTreeSet<u128> = edges.iter().flat_map(|(from, _, to)| [*from, *to]).collect();
        ends.into_iter().fold(world, |world, number| world.with(number, PLAIN, None))
    }

    fn with(mut self, number: u128, of: u128, redundancy: Option<Redundancy>) -> Self {
        let thing = Thing { class: class(of), passes: true, redundancy };
        self.items.insert(item(number), thing);
        self
    }

    fn without_service(mut self, number: u128) -> Self {
        self.items.get_mut(&item(number)).unwrap().passes = false;
        self
    }

    /// The failures' ways: from whom, by which relation, to whom.
    fn ways(&self, direction: Direction) -> Vec<(CiId, &'static str, CiId)> {
        let ways = self.edges.iter().filter_map(|(from, relation, to)| {
            let (_, flow, downwards) = RELATIONS.iter().find(|(name, _, _)| name == relation)?;
            let (from, to) = (item(*from), item(*to));
            let (up, down) = match flow {
                Flow::Forward => (from, to),
                Flow::Backward => (to, from),
                Flow::None => return None,
            };
            match direction {
                Direction::Impacts => Some((up, *relation, down)),
                Direction::DependsOn => (!downwards).then_some((down, *relation, up)),
            }
        });
        ways.collect()
    }

    fn facts(&self, ci: CiId) -> Option<NodeFacts> {
        let thing = self.items.get(&ci)?;
        let mut fed: BTreeMap<usize, BTreeSet<CiId>> = BTreeMap::new();
        for feed in Rules::of(&catalogue()).feeds() {
            for (up, relation, down) in self.ways(Direction::Impacts) {
                let serves = self.items.get(&up).is_some_and(|thing| thing.passes);
                let feeds = feed.class == thing.class && *feed.relation == *relation;
                if feeds && down == ci && serves {
                    fed.entry(feed.rule).or_default().insert(up);
                }
            }
        }
        let feeds = fed.into_iter().map(|(rule, ups)| (rule, u32::try_from(ups.len()).unwrap()));
        Some(NodeFacts {
            class: thing.class,
            passes: thing.passes,
            redundancy: thing.redundancy.clone(),
            feeds: feeds.collect(),
        })
    }

    /// What a source would answer: the relations at these items, and who is at their other ends.
    fn level(&self, wanted: Wanted<'_>, direction: Direction) -> Level {
        let rules = Rules::of(&catalogue());
        let (outward, inward) = (rules.outward(direction), rules.inward(direction));
        let (mut edges, mut ends) = (Vec::new(), Vec::new());
        for (from, relation, to) in &self.edges {
            let (from, to, name) = (item(*from), item(*to), (*relation).to_owned());
            let edge = Edge { relation: Arc::from(*relation), from, to };
            if outward.contains(&name) && wanted.outward.contains(&from) {
                ends.push(to);
                edges.push(edge);
            } else if inward.contains(&name) && wanted.inward.contains(&to) {
                ends.push(from);
                edges.push(edge);
            }
        }
        edges.truncate(wanted.most);
        let nodes = ends.into_iter().filter_map(|ci| Some((ci, self.facts(ci)?))).collect();
        Level { edges, nodes }
    }

    /// A walk that knows what it is asked about.
    fn walk(&self, question: &Question) -> Walk {
        let starts = question.starts().into_iter();
        let facts = starts.filter_map(|ci| Some((ci, self.facts(ci)?)));
        Walk::new(question.clone(), Arc::new(Rules::of(&catalogue())), facts).unwrap()
    }

    /// The answer, and how often something had to be asked for it.
    fn answered(&self, question: &Question) -> (Answer, usize) {
        let (mut walk, mut asked) = (self.walk(question), 0);
        while let Some(wanted) = walk.wants() {
            let level = self.level(wanted, question.direction);
            walk.learn(level);
            asked += 1;
        }
        (walk.finish(), asked)
    }

    fn answer(&self, question: &Question) -> Answer {
        self.answered(question).0
    }

    fn falls_with(&self, root: u128) -> BTreeMap<u128, u32> {
        impacted(&self.answer(&Question::about(item(root))))
    }
}

/// What falls, by depth.
fn impacted(answer: &Answer) -> BTreeMap<u128, u32> {
    let fallen = answer.nodes.iter().filter(|node| node.state == State::Impacted);
    fallen.map(|node| (node.ci.0.as_u128(), node.depth)).collect()
}

/// What does not fall, with how many of how many are up.
fn saved(answer: &Answer) -> BTreeMap<u128, (u32, u32)> {
    let saved = answer.nodes.iter().filter(|node| node.state == State::NotImpacted);
    saved.map(|node| (node.ci.0.as_u128(), node.up.unwrap())).collect()
}
