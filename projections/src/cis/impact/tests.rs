//! Rows of any time against the same walk over memory, and what they are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::cmdb::impact::{
    Answer, Direction, Edge, Level, NodeFacts, Question, Rules, State, Walk, Wanted,
};
use domain::cmdb::{Catalogue, Definition, Redundancy};
use domain::kernel::{CiClassId, CiId};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Agreement, At, Detail, Suspect, ask, explore, suspects};
use crate::testing::World;

const RELATIONS: [&str; 6] =
    ["leans_on", "power_a", "power_b", "member_of", "contact_of", "provides"];
/// The last event of the log that any row knows.
const LAST: i64 = 9;

fn item(number: u128) -> CiId {
    CiId(Uuid::from_u128(number))
}

fn class(number: u128) -> CiClassId {
    CiClassId(Uuid::from_u128(0xC000 + number))
}

/// Boxes of three sorts, contacts and services.
fn catalogue() -> Catalogue {
    let relation = |name: &str, to: u128, flow: &str| {
        let downwards = name == "contact_of";
        json!({"name": name, "label": name, "to": class(to), "flow": flow, "downwards": downwards})
    };
    let status = json!({"name": "status", "label": "Status", "kind": "TEXT"});
    let rule = |relations: &[&str], min_up: &str, measure: &str, fixed: bool| {
        json!({"relations": relations, "enabled": true, "min_up": min_up, "measure": measure,
            "fixed": fixed})
    };
    let boxes = [
        relation("leans_on", 1, "BACKWARD"),
        relation("power_a", 1, "BACKWARD"),
        relation("power_b", 1, "BACKWARD"),
        relation("member_of", 1, "FORWARD"),
        relation("provides", 5, "NONE"),
    ];
    let definitions = [
        (
            1,
            json!({"name": "Box", "label": "Box", "attributes": [&status], "relations": boxes,
            "out_of_service": ["obsolete"]}),
        ),
        (
            2,
            json!({"name": "Fed", "label": "Fed", "parent": class(1),
            "redundancy": [rule(&["power_a", "power_b"], "1", "count", true)]}),
        ),
        (
            3,
            json!({"name": "Half", "label": "Half", "parent": class(1),
            "redundancy": [rule(&["member_of"], "50", "percent", false)]}),
        ),
        (
            4,
            json!({"name": "Contact", "label": "Contact",
            "relations": [relation("contact_of", 1, "BACKWARD")]}),
        ),
        (5, json!({"name": "Service", "label": "Service"})),
        (
            6,
            json!({"name": "CustomerContract", "label": "Contract", "attributes": [status],
            "relations": [relation("covers_service", 5, "NONE"), relation("under_sla", 7, "NONE")],
            "out_of_service": ["obsolete"]}),
        ),
        (7, json!({"name": "SLA", "label": "SLA"})),
    ];
    let of = |(number, said): (u128, Value)| {
        let definition: Definition = serde_json::from_value(said).unwrap();
        (class(number), 1, definition)
    };
    Catalogue::of(definitions.map(of))
}

/// An item between two events.
#[derive(Debug, Clone)]
struct Thing {
    ci: u128,
    class: u128,
    span: (i64, Option<i64>),
    status: &'static str,
    life: &'static str,
    redundancy: Option<Value>,
}

/// A relation between two events.
#[derive(Debug, Clone)]
struct Bond {
    ends: (u128, &'static str, u128),
    span: (i64, Option<i64>),
}

#[derive(Debug, Clone, Default)]
struct Rows {
    things: Vec<Thing>,
    bonds: Vec<Bond>,
}

fn thing(ci: u128, class: u128) -> Thing {
    let (status, life) = ("production", "ACTIVE");
    Thing { ci, class, span: (1, None), status, life, redundancy: None }
}

fn bond(from: u128, relation: &'static str, to: u128) -> Bond {
    Bond { ends: (from, relation, to), span: (1, None) }
}

fn holds((since, until): (i64, Option<i64>), at: i64) -> bool {
    since <= at && until.is_none_or(|until| until > at)
}

impl Rows {
    fn random(random: &mut StdRng) -> Self {
        let mut rows = Self::default();
        for ci in 1..=10 {
            let cut = random.random_range(2..LAST);
            for span in [(1, Some(cut)), (cut, None)] {
                let said = random.random_bool(0.3);
                rows.things.push(Thing {
                    ci,
                    class: 1 + ci % 5,
                    span,
                    status: if random.random_bool(0.1) { "obsolete" } else { "production" },
                    life: if random.random_bool(0.9) { "ACTIVE" } else { "RETIRED" },
                    redundancy: said.then(|| {
                        json!({"enabled": random.random_bool(0.8), "min_up": "33.3",
                            "type": "percent"})
                    }),
                });
            }
        }
        let mut known = BTreeSet::new();
        for _ in 0..random.random_range(5..40) {
            let relation = *RELATIONS.choose(random).unwrap();
            let ends = (random.random_range(1..=10), relation, random.random_range(1..=11));
            let since = random.random_range(1..LAST);
            let until = random.random_bool(0.4).then(|| random.random_range(since + 1..=LAST));
            // As the rules have it: relations stand between items of their classes.
            let fits = (relation == "contact_of") == (1 + ends.0 % 5 == 4)
                && 1 + ends.0 % 5 != 5
                && (relation == "provides") == (1 + ends.2 % 5 == 5);
            if fits && 1 + ends.2 % 5 != 4 && known.insert(ends) {
                rows.bonds.push(Bond { ends, span: (since, until) });
            }
        }
        rows
    }

    /// Puts them where the view's rows are, instead of those that are there.
    async fn store(&self, world: &World) {
        let things = self.things.iter().map(|it| {
            let mut attributes = json!({"status": it.status});
            attributes["redundancy"] = it.redundancy.clone().unwrap_or_else(|| json!("erased"));
            json!({"ci_id": item(it.ci), "since_seq": it.span.0, "until_seq": it.span.1,
                "class_id": class(it.class), "name": it.ci.to_string(), "status": it.status,
                "attributes": attributes, "given": {}, "life": it.life, "searched": "", "missing": {}, "alike": [], "apart": [],
                "registered_at": "2031-03-01T00:00:00Z", "changed_at": "2031-03-01T00:00:00Z",
                "version": 1})
        });
        let bonds = self.bonds.iter().map(|it| {
            json!({"from_id": item(it.ends.0), "relation": it.ends.1, "to_id": item(it.ends.2),
                "since_seq": it.span.0, "until_seq": it.span.1, "source": "manual",
                "since": "2031-03-01T00:00:00Z"})
        });
        let (things, bonds): (Value, Value) = (things.collect(), bonds.collect());
        world
            .tamper(&format!(
                "truncate view_cis.cis, view_cis.ci_relations;
                 insert into view_cis.cis
                     select * from jsonb_populate_recordset(null::view_cis.cis, $q${things}$q$);
                 insert into view_cis.ci_relations select *
                     from jsonb_populate_recordset(null::view_cis.ci_relations, $q${bonds}$q$);
                 update view_cis.progress set applied_through = {LAST};"
            ))
            .await;
    }

    fn facts(&self, rules: &Rules, ci: CiId, at: i64) -> Option<NodeFacts> {
        let found = |it: &&Thing| item(it.ci) == ci && holds(it.span, at);
        let thing = self.things.iter().find(found)?;
        let class = class(thing.class);
        let said = thing.redundancy.clone();
        let said: Option<Redundancy> = said.map(|said| serde_json::from_value(said).unwrap());
        Some(NodeFacts {
            class,
            passes: thing.life == "ACTIVE" && rules.serves(class, Some(thing.status)),
            redundancy: said,
            feeds: BTreeMap::new(),
        })
    }

    fn feeds(&self, rules: &Rules, (ci, of): (CiId, CiClassId), at: i64) -> BTreeMap<usize, u32> {
        let mut ups: BTreeMap<usize, BTreeSet<CiId>> = BTreeMap::new();
        for feed in rules.feeds().iter().filter(|feed| feed.class == of) {
            for bond in self.bonds.iter().filter(|it| holds(it.span, at)) {
                let (from, relation, to) = bond.ends;
                let (from, to) = (item(from), item(to));
                let (fed, up) = if feed.outward { (from, to) } else { (to, from) };
                let serves = self.facts(rules, up, at).is_some_and(|facts| facts.passes);
                if *relation == *feed.relation && fed == ci && serves {
                    ups.entry(feed.rule).or_default().insert(up);
                }
            }
        }
        ups.into_iter().map(|(rule, ups)| (rule, u32::try_from(ups.len()).unwrap())).collect()
    }

    fn level(&self, rules: &Rules, wanted: Wanted<'_>, (way, at): (Direction, i64)) -> Level {
        let (outward, inward) = (rules.outward(way), rules.inward(way));
        let mut level = Level::default();
        for bond in self.bonds.iter().filter(|it| holds(it.span, at)) {
            let (from, relation, to) = bond.ends;
            let (from, to, name) = (item(from), item(to), relation.to_owned());
            let far = if outward.contains(&name) && wanted.outward.contains(&from) {
                to
            } else if inward.contains(&name) && wanted.inward.contains(&to) {
                from
            } else {
                continue;
            };
            level.edges.push(Edge { relation: Arc::from(relation), from, to });
            if let Some(mut facts) = self.facts(rules, far, at) {
                facts.feeds = self.feeds(rules, (far, facts.class), at);
                level.nodes.push((far, facts));
            }
        }
        level
    }

    fn answer(&self, question: &Question, at: i64) -> Answer {
        let rules = Arc::new(Rules::of(&catalogue()));
        let starts = question.starts().into_iter();
        let facts: Vec<_> =
            starts.filter_map(|ci| Some((ci, self.facts(&rules, ci, at)?))).collect();
        let mut walk = Walk::new(question.clone(), Arc::clone(&rules), facts).unwrap();
        while let Some(wanted) = walk.wants() {
            let level = self.level(&rules, wanted, (question.direction, at));
            walk.learn(level);
        }
        walk.finish()
    }
}

fn any_question(random: &mut StdRng) -> Question {
    let mut some = |most: usize| -> Vec<CiId> {
        let many = random.random_range(0..=most);
        (0..many).map(|_| item(random.random_range(1..=11))).collect()
    };
    let (mut roots, also_failed, walls) = (some(1), some(2), some(1));
    roots.push(item(random.random_range(1..=10)));
    let depths = [1, 2, 3, 20];
    let falls = random.random_bool(0.7);
    Question {
        direction: if falls { Direction::Impacts } else { Direction::DependsOn },
        depth: *depths.choose(random).unwrap(),
        redundancy: random.random_bool(0.8),
        also_failed,
        walls,
        roots,
        ..Question::about(item(1))
    }
}

/// How many worlds are tried: `ANNALS_CASES`, else 12.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> u64 {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(12)
}

#[tokio::test]
async fn rows_of_any_time_say_what_memory_says() {
    let world = World::new().await;
    let catalogue = catalogue();
    let mut reached = 0;
    for case in 0..cases() {
        let mut random = StdRng::seed_from_u64(case);
        let rows = Rows::random(&mut random);
        rows.store(&world).await;
        for _ in 0..12 {
            let question = any_question(&mut random);
            let past = random.random_range(1..=LAST);
            for (at, position) in [(At::Now, LAST), (At::After(past), past)] {
                let found = ask(world.pool(), &catalogue, question.clone(), at).await.unwrap();
                let expected = rows.answer(&question, position);
                assert_eq!(found.answer, expected, "{case} {position} {question:?} {rows:?}");
                assert_eq!(found.position, position);
                reached += expected.nodes.len();
            }
        }
    }
    assert!(reached > 100, "the worlds are empty");
}

#[tokio::test]
async fn items_services_and_contacts_come_along() {
    let world = World::new().await;
    let things = [thing(1, 1), thing(2, 1), thing(3, 4), thing(4, 5), thing(5, 5), thing(6, 1)];
    let bonds = [
        bond(2, "leans_on", 1),
        bond(3, "contact_of", 2),
        bond(2, "provides", 4),
        bond(1, "provides", 4),
        bond(6, "provides", 5),
    ];
    Rows { things: things.to_vec(), bonds: bonds.to_vec() }.store(&world).await;
    let asked = (Question::about(item(1)), At::Now);
    let detail = Detail { services: true, ..Detail::default() };
    let told = explore(world.pool(), &catalogue(), asked.clone(), detail).await.unwrap();
    let named: Vec<_> = told.found.answer.nodes.iter().map(|node| node.ci).collect();
    assert_eq!(named, [item(1), item(2), item(3)]);
    assert!(told.found.answer.nodes.iter().all(|node| node.state == State::Impacted));
    // The nearest of the two that provide it.
    assert_eq!(told.services, [(item(4), item(1))]);
    assert_eq!(told.rows.len(), 4);
    assert!(told.rows[&item(2)].attributes.is_empty());
    assert_eq!(told.rows[&item(2)].name, "2");
    let detail = Detail { attributes: true, ..Detail::default() };
    let told = explore(world.pool(), &catalogue(), asked, detail).await.unwrap();
    assert!(told.rows[&item(2)].attributes.contains_key("status"));
    assert!(told.services.is_empty());
}

#[tokio::test]
async fn contracts_on_services_that_fall_come_with_what_they_promise() {
    let world = World::new().await;
    let mut things = vec![thing(1, 1), thing(2, 1), thing(4, 5), thing(5, 5)];
    things.extend([thing(6, 6), thing(7, 6), thing(8, 7), thing(9, 7)]);
    things.push(Thing { status: "obsolete", ..thing(10, 6) });
    let mut bonds = vec![bond(1, "provides", 4), bond(2, "provides", 5), bond(2, "leans_on", 1)];
    for contract in [6, 10] {
        bonds.extend([bond(contract, "covers_service", 5), bond(contract, "under_sla", 8)]);
    }
    bonds.push(bond(6, "covers_service", 4));
    bonds.push(Bond { span: (5, None), ..bond(7, "covers_service", 4) });
    bonds.push(bond(7, "under_sla", 9));
    Rows { things, bonds }.store(&world).await;
    let detail = Detail { agreements: true, ..Detail::default() };
    let asked = async |depth: u32, at: At| {
        let question = Question { depth, ..Question::about(item(if depth == 1 { 2 } else { 1 })) };
        let told = explore(world.pool(), &catalogue(), (question, at), detail).await.unwrap();
        let known = |it: &Agreement| told.rows.contains_key(&it.contract);
        assert!(told.agreements.iter().all(known), "{told:?}");
        told.agreements
    };
    let agreed = |contract, sla, covers: &[u128]| Agreement {
        contract: item(contract),
        slas: vec![item(sla)],
        covers: covers.iter().map(|ci| item(*ci)).collect(),
    };
    // Another contract came later, and one is out of service.
    assert_eq!(asked(20, At::Now).await, [agreed(6, 8, &[4, 5]), agreed(7, 9, &[4])]);
    assert_eq!(asked(20, At::After(4)).await, [agreed(6, 8, &[4, 5])]);
    assert_eq!(asked(1, At::Now).await, [agreed(6, 8, &[5])]);
}

#[tokio::test]
async fn where_slots_are_not_equally_far_today_is_where_the_last_one_is() {
    let world = World::new().await;
    let mut rows = Rows { things: vec![thing(1, 1), thing(2, 1)], bonds: Vec::new() };
    rows.bonds.push(Bond { ends: (2, "leans_on", 1), span: (7, None) });
    rows.store(&world).await;
    let behind = "update view_cis.progress set applied_through = 6;
        insert into view_cis.progress (slot, applied_through, epoch) values (7, 9, 0)";
    world.tamper(behind).await;
    let found = ask(world.pool(), &catalogue(), Question::about(item(1)), At::Now).await.unwrap();
    assert_eq!((found.position, found.answer.nodes.len()), (6, 1));
}

#[tokio::test]
async fn what_happened_near_an_item_is_told_the_nearest_first() {
    let world = World::new().await;
    let state = |ci, span| Thing { span, ..thing(ci, 1) };
    let things = [
        state(1, (1, Some(5))),
        state(1, (5, None)),
        state(2, (1, Some(4))),
        state(2, (4, Some(7))),
        state(2, (7, None)),
        state(3, (1, Some(6))),
        state(3, (6, None)),
        // Nothing to do with it.
        state(4, (8, None)),
    ];
    let leant = |from, to, span| Bond { ends: (from, "leans_on", to), span };
    // What it leans on no longer is looked at, too.
    let bonds = [leant(1, 2, (1, Some(5))), leant(2, 3, (1, None)), leant(4, 1, (1, None))];
    Rows { things: things.to_vec(), bonds: bonds.to_vec() }.store(&world).await;
    let classes = catalogue();
    let asked = async |from: i64, to: At, depth: u32| {
        let (first, last) = ((from, &classes), (to, &classes));
        suspects(world.pool(), (item(1), depth), first, last).await.unwrap()
    };
    let told = asked(2, At::Now, 20).await;
    let event = |ci, depth, number| Suspect { ci: item(ci), depth, number };
    assert_eq!(told.events, [event(1, 0, 5), event(2, 1, 7), event(2, 1, 4), event(3, 2, 6)]);
    assert_eq!((told.truncated, told.until), (false, LAST));
    assert_eq!(asked(2, At::After(6), 1).await.events, [event(1, 0, 5), event(2, 1, 4)]);
    assert_eq!(asked(5, At::Now, 20).await.events, []);
}
