//! Random edits: what is read of a past position, and what falls there, is what a fold of the log up to
//! there says, by the domain's own evolve.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::ci::event::{MergedInto, Retired};
use domain::ci::words::CiLife;
use domain::ci::{Ci, CiEvent, Link, Origin};
use domain::ci_class::CiClassEvent;
use domain::cmdb::impact::{DEPTH_MAX, Question};
use domain::cmdb::{Catalogue, Datum, Stored};
use domain::kernel::CiId;
use journal::read::LogReader;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use uuid::Uuid;

use super::{At, RelationQuery, Way, by_ids, relations_of};
use crate::cis::impact;
use crate::testing::World;
use crate::testing::items::{SERVER, bond, classes, correction, origin, registered, text};

/// Items there are.
const ITEMS: u128 = 24;
/// Facts of an append, at most.
const TOGETHER: usize = 12;
/// Positions that are asked about.
pub(super) const LOOKS: usize = 50;
/// Items of which it is asked there what falls with them.
const ROOTS: usize = 4;

/// How many edits: `ANNALS_CASES`, else 400.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn edits() -> usize {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(400)
}

#[tokio::test]
async fn any_past_position_is_read_as_it_was() {
    let mut dice = StdRng::seed_from_u64(0x7061_7374_2121);
    let (world, said) = edited(&mut dice).await;
    let last = i64::try_from(said.len()).unwrap();
    let catalogue = Catalogue::of(classes().into_iter().filter_map(|fact| match fact {
        Fact::CiClass(id, CiClassEvent::Defined(definition)) => Some((id, 1, *definition)),
        _ => None,
    }));
    let mut deepest = 0;
    let ids: Vec<CiId> = (1..=ITEMS).map(|nr| CiId(Uuid::from_u128(nr))).collect();
    for _ in 0..LOOKS {
        let position = dice.random_range(0..=last);
        let expected = told(&said[..usize::try_from(position).unwrap()]);
        for at in [Some(At::After(position)), (position == last).then_some(At::Now)] {
            let Some(at) = at else { continue };
            assert_eq!(seen(&world, &ids, at).await, expected, "at {position}");
            for root in ids.choose_multiple(&mut dice, ROOTS) {
                let question = Question { depth: DEPTH_MAX, ..Question::about(*root) };
                let found = impact::ask(world.pool(), &catalogue, question, at).await.unwrap();
                let fallen = found.answer.nodes.iter().map(|node| (node.ci, node.depth));
                let fallen: BTreeMap<CiId, u32> = fallen.collect();
                assert_eq!(fallen, falls(&expected, *root), "of {root} at {position}");
                deepest = deepest.max(fallen.into_values().max().unwrap_or(0));
            }
        }
    }
    assert_eq!(seen(&world, &ids, At::Now).await, told(&said));
    assert!(deepest > 2, "hardly anything falls");
}

/// A world of random edits, which the views show; what the log says of it.
pub(super) async fn edited(dice: &mut StdRng) -> (World, Vec<Fact>) {
    let world = World::new().await;
    world.say(&classes()).await;
    let mut known: BTreeMap<CiId, Ci> = BTreeMap::new();
    let mut said = 0;
    while said < edits() {
        let many = dice.random_range(1..=TOGETHER);
        let facts: Vec<Fact> = (0..many).filter_map(|_| edit(dice, &mut known)).collect();
        if !facts.is_empty() {
            world.say_together(&facts).await;
            said += facts.len();
        }
    }
    let last = world.settled().await;
    let said = log(&world, last).await;
    world.project().await;
    (world, said)
}

/// What is seen of an item: name and other values that count, its life, what it depends on.
pub(super) type Seen = BTreeMap<CiId, (BTreeMap<String, Datum>, CiLife, BTreeSet<CiId>)>;

/// By the domain.
pub(super) fn told(facts: &[Fact]) -> Seen {
    let mut items: BTreeMap<CiId, Ci> = BTreeMap::new();
    for fact in facts {
        if let Fact::Ci(id, event) = fact {
            items.entry(*id).or_default().evolve(event.clone());
        }
    }
    let seen = |ci: &Ci| {
        let body = ci.0.as_ref().unwrap();
        let to = body.relations.get("depends_on").into_iter().flatten().map(|(to, _)| *to);
        (body.values(), body.life, to.collect())
    };
    items.iter().map(|(id, ci)| (*id, seen(ci))).collect()
}

/// What falls with an item, and in which round: whoever depends on something that fell before.
fn falls(items: &Seen, root: CiId) -> BTreeMap<CiId, u32> {
    let works = |id: &CiId| items.get(id).is_some_and(|(_, life, _)| *life == CiLife::Active);
    let mut fallen = BTreeMap::new();
    if items.contains_key(&root) {
        fallen.insert(root, 0);
    }
    for round in 1..=DEPTH_MAX {
        let leans = |(_, _, on): &(_, _, BTreeSet<CiId>)| {
            on.iter().any(|to| fallen.contains_key(to) && works(to))
        };
        let next =
            items.iter().filter(|(id, item)| works(id) && !fallen.contains_key(id) && leans(item));
        let next: Vec<CiId> = next.map(|(id, _)| *id).collect();
        fallen.extend(next.into_iter().map(|id| (id, round)));
    }
    fallen
}

/// By the view.
async fn seen(world: &World, ids: &[CiId], at: At) -> Seen {
    let rows = by_ids(world.pool(), ids, at).await.unwrap();
    let mut seen: Seen = BTreeMap::new();
    for row in rows {
        assert_eq!(Some(row.name.as_str()), row.attributes["name"].as_text());
        seen.insert(row.ci_id, (row.attributes, row.life, BTreeSet::new()));
    }
    let query = RelationQuery { at, way: Some(Way::Out), first: 101, ..RelationQuery::default() };
    for (id, _, row) in relations_of(world.pool(), ids, &query).await.unwrap() {
        seen.get_mut(&id).unwrap().2.insert(row.to_id);
    }
    seen
}

/// What the log says, in its order.
async fn log(world: &World, last: i64) -> Vec<Fact> {
    let journal = &world.journal;
    let mut log = LogReader::after(journal.keyring(), journal.upcasters(), 0);
    let mut conn = journal.pool().acquire().await.unwrap();
    let page = log.page(&mut conn, last, last).await.unwrap();
    page.into_iter().map(|recorded| recorded.fact).collect()
}

/// Something that can happen to an item as it is; none where the dice ask for what cannot.
fn edit(dice: &mut StdRng, known: &mut BTreeMap<CiId, Ci>) -> Option<Fact> {
    let id = CiId(Uuid::from_u128(dice.random_range(1..=ITEMS)));
    let other = CiId(Uuid::from_u128(dice.random_range(1..=ITEMS)));
    let ci = known.entry(id).or_default();
    let event = match &ci.0 {
        None => {
            let name = text(&format!("item {}", id.0.as_u128()));
            let link = Link { relation: "depends_on".to_owned(), to: other };
            registered(SERVER, [("name", name)], vec![link])
        }
        Some(body) if body.life != CiLife::Active => return None,
        Some(body) => {
            let related =
                body.relations.get("depends_on").is_some_and(|to| to.contains_key(&other));
            match dice.random_range(0..100) {
                0 => CiEvent::Retired(Retired {}),
                1 => CiEvent::MergedInto(MergedInto { into: other }),
                2..=45 if related => CiEvent::Unrelated(bond("depends_on", other)),
                2..=45 => CiEvent::Related(bond("depends_on", other)),
                _ => said(dice, ci),
            }
        }
    };
    ci.evolve(event.clone());
    Some(Fact::Ci(id, event))
}

/// What a source says anew, or takes back.
fn said(dice: &mut StdRng, ci: &Ci) -> CiEvent {
    let by_hand = Origin::manual();
    let sources = [by_hand, origin("scan", 20), origin("sheet", 20), origin("import", 500)];
    let origin = sources.choose(dice).unwrap().clone();
    let attribute = *["os_family", "ram", "note"].choose(dice).unwrap();
    let value = |dice: &mut StdRng| match attribute {
        "ram" => Stored::Plain(Datum::Integer(dice.random_range(1..512))),
        _ => text(["Linux", "BSD", "Other"].choose(dice).unwrap()),
    };
    let given = dice.random_bool(0.7).then(|| value(dice));
    let counts = |ci: &Ci| ci.0.as_ref().and_then(|body| body.value(attribute)).cloned();
    let mut after = ci.clone();
    let wanted = correction(attribute, origin.clone(), (given.clone(), None, None));
    after.evolve(CiEvent::Corrected(wanted));
    CiEvent::Corrected(correction(attribute, origin, (given, counts(ci), counts(&after))))
}
