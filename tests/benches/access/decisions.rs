//! Decisions on permission grants, in process and on one core: as many grants as a larger deployment
//! has, every subject with far more of them than anybody has.

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Permission;
use domain::access::decide::{
    Asked, Held, Holdings, ObjectView, RuleSet, Rules, Session, World, decide,
};
use domain::access::filter::{Filter, compile};
use domain::access::model::{
    AccessSubject, ActionName, ClassSet, Deny, Entry, Grant, GrantSource, GrantState, Granted,
    Matcher, Registry, RelationName, RelationSet, Roles, Scope, ScopePath, ScopeTree, Strength,
};
use domain::access::standard::standard_roles;
use domain::kernel::{DenyRuleId, GrantId, PersonId};
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use strum::IntoEnumIterator;
use uuid::Uuid;

use crate::append::midnight;
use crate::load::Latency;
use crate::report::{Line, Section};
use crate::{Fault, Run};

/// Live grants of all, and of each subject.
const GRANTS: usize = 10_000;
const OF_ONE: usize = 200;
/// Places: so many departments, and units in each.
const DEPARTMENTS: usize = 20;
const UNITS: usize = 50;
/// Rules that deny.
const DENIES: usize = 50;
/// Different questions, and how often some is asked.
const QUESTIONS: usize = 5_000;
const DECISIONS: usize = 1_000_000;
const FILTERS: usize = 20_000;
/// The bars.
const P50: Duration = Duration::from_micros(5);
const P99: Duration = Duration::from_micros(50);
const RATE: f64 = 150_000.0;

/// Runs it.
pub(super) fn run(run: &Run, section: &mut Section) -> Result<(), Fault> {
    let mut chance = ChaCha8Rng::seed_from_u64(run.seed_of(61, 0));
    let places = places()?;
    let rules = Arc::new(rules(&places, &mut chance)?);
    let holdings: Vec<Holdings> =
        (0..GRANTS / OF_ONE).map(|_| holdings(&places, &mut chance)).collect();
    let began = Instant::now();
    let worlds: Vec<World> =
        holdings.into_iter().map(|holdings| World::of(holdings, Arc::clone(&rules))).collect();
    let ready = began.elapsed() / u32::try_from(worlds.len())?;
    let questions: Vec<Question> =
        (0..QUESTIONS).map(|_| Question::any(&worlds, &mut chance)).collect();

    section.push(decided(&worlds, &questions));
    section.push(compiled(&worlds, &questions));
    section.push(admitted(&worlds, &questions));
    section.note(format!(
        "{GRANTS} live grants, {OF_ONE} for each subject, of {} roles at {} places, under {DENIES} \
         rules that deny; the grants of one subject are made ready in {} µs.",
        standard_roles().len(),
        places.len(),
        ready.as_micros(),
    ));
    Ok(())
}

struct Question {
    of: usize,
    action: ActionName,
    object: ObjectView,
}

impl Question {
    /// Where the one who asks has something.
    fn any(worlds: &[World], chance: &mut ChaCha8Rng) -> Self {
        let of = chance.random_range(0..worlds.len());
        let relation: RelationSet =
            RelationName::iter().filter(|_| chance.random_bool(0.2)).collect();
        let place = match worlds[of].held().choose(chance).map(|held| &held.grant.scope) {
            Some(Scope::Node(place)) => place.clone(),
            _ => ScopePath::ROOT,
        };
        Self {
            of,
            action: any_permission(chance).into(),
            object: ObjectView { place, relation, ..ObjectView::default() },
        }
    }

    fn answer(&self, worlds: &[World], session: &Session) -> bool {
        let Self { action, object, .. } = self;
        let asked = Asked { action, object, fields: &[], at: now(), session };
        decide(&worlds[self.of], &asked).is_allowed()
    }

    fn filter(&self, worlds: &[World], session: &Session) -> Filter {
        compile(&worlds[self.of], &self.action, now(), session)
    }
}

fn decided(worlds: &[World], questions: &[Question]) -> Line {
    let session = Session::default();
    let mut allowed = 0_usize;
    let mut times = Vec::with_capacity(DECISIONS);
    for question in questions.iter().cycle().take(DECISIONS) {
        let began = Instant::now();
        allowed += usize::from(black_box(question.answer(worlds, &session)));
        times.push(began.elapsed());
    }
    let rate = DECISIONS as f64 / times.iter().sum::<Duration>().as_secs_f64();
    let latency = Latency::of(times);
    Line::new("one decision")
        .rate(rate)
        .latency(latency)
        .remark(format!("{} % allowed", allowed * 100 / DECISIONS))
        .bar(format!("p50 ≤ {} µs", P50.as_micros()), latency.p50 <= P50)
        .bar(format!("p99 ≤ {} µs", P99.as_micros()), latency.p99 <= P99)
        .at_least(RATE, rate)
}

/// What a list asks once, before it is read.
fn compiled(worlds: &[World], questions: &[Question]) -> Line {
    let session = Session::default();
    let mut times = Vec::with_capacity(FILTERS);
    for question in questions.iter().cycle().take(FILTERS) {
        let began = Instant::now();
        black_box(question.filter(worlds, &session));
        times.push(began.elapsed());
    }
    let rate = FILTERS as f64 / times.iter().sum::<Duration>().as_secs_f64();
    Line::new("a filter for a list").rate(rate).latency(Latency::of(times))
}

/// Objects of all sorts, each asked of a filter for another question's action.
fn admitted(worlds: &[World], questions: &[Question]) -> Line {
    let session = Session::default();
    let filters: Vec<Filter> =
        questions.iter().take(100).map(|question| question.filter(worlds, &session)).collect();
    let began = Instant::now();
    let pairs = questions.iter().cycle().zip(filters.iter().cycle()).take(DECISIONS);
    let admitted = pairs.filter(|(question, filter)| filter.admits(&question.object)).count();
    let rate = DECISIONS as f64 / began.elapsed().as_secs_f64();
    Line::new("an object asked of a filter")
        .rate(rate)
        .remark(format!("{} % admitted", admitted * 100 / DECISIONS))
}

fn now() -> DateTime<Utc> {
    midnight() + TimeDelta::hours(12)
}

fn places() -> Result<Vec<ScopePath>, Fault> {
    let mut places = Vec::new();
    for department in 0..DEPARTMENTS {
        let department = ScopePath::ROOT.child(&format!("department-{department}"))?;
        for unit in 0..UNITS {
            places.push(department.child(&format!("unit-{unit}"))?);
        }
        places.push(department);
    }
    Ok(places)
}

/// One place of twenty stands behind a barrier.
fn rules(places: &[ScopePath], chance: &mut ChaCha8Rng) -> Result<Rules, Fault> {
    let registry = Registry::ours();
    let definitions = standard_roles().iter().map(|standard| standard.definition.clone());
    let roles = Roles::of(definitions, &registry)?;
    let mut barred = |place: &ScopePath| {
        (place.clone(), if chance.random_ratio(1, 20) { ClassSet::ALL } else { ClassSet::NONE })
    };
    let tree: ScopeTree = places.iter().map(&mut barred).collect();
    let deny = |_| Deny {
        id: DenyRuleId(any_id(chance)),
        strength: if chance.random_bool(0.5) { Strength::Hard } else { Strength::Soft },
        whom: Matcher::Any,
        actions: vec![any_permission(chance).into()],
        scope: any_scope(places, chance),
        condition: None,
        fields: Default::default(),
    };
    let denies = (0..DENIES).map(deny).collect();
    let boundaries = Default::default();
    Ok(Rules::of(RuleSet {
        registry,
        roles,
        tree,
        denies,
        sod: Vec::new(),
        boundaries,
        revision: 1,
    }))
}

/// Mostly roles, some permissions by themselves; a third of them ends some day.
fn holdings(places: &[ScopePath], chance: &mut ChaCha8Rng) -> Holdings {
    let mut grant = |_| {
        let what = match standard_roles().choose(chance) {
            Some(standard) if chance.random_bool(0.7) => Granted::Role(standard.definition.id),
            _ => Granted::Entry(Box::new(Entry::of([any_permission(chance).into()]))),
        };
        let grant = Grant {
            id: GrantId(any_id(chance)),
            what,
            scope: any_scope(places, chance),
            from: midnight(),
            until: chance.random_bool(0.3).then(|| midnight() + TimeDelta::days(30)),
            source: GrantSource::Request,
            request: None,
            delegated_by: None,
            pierces: false,
            state: GrantState::Active,
        };
        Held { grant, through: None }
    };
    let grants = (0..OF_ONE).map(&mut grant).collect();
    let subject = AccessSubject::Person(PersonId(any_id(chance)));
    Holdings { grants, ..Holdings::none(subject) }
}

fn any_id(chance: &mut ChaCha8Rng) -> Uuid {
    Uuid::from_u128(chance.random())
}

fn any_permission(chance: &mut ChaCha8Rng) -> Permission {
    let all: Vec<Permission> = Permission::iter().collect();
    all.choose(chance).copied().unwrap_or(Permission::TicketRead)
}

fn any_scope(places: &[ScopePath], chance: &mut ChaCha8Rng) -> Scope {
    places.choose(chance).cloned().map_or(Scope::Everywhere, Scope::Node)
}
