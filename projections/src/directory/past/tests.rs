//! The tables and a fold of the log say the same of everybody, now and as of any place of the log.

use domain::access::decide::{Asked, Decision, ObjectView, Session, decide};
use domain::access::model::{AccessSubject, ActionClass, ClassSet, Strength};
use domain::kernel::{PersonId, UnitId};
use domain::person::PersonEvent;
use domain::person::event::{Restored, Suspended};
use domain::subject_access::event::GrantMade;
use domain::unit::event::{BarrierDrawn, BarrierLifted};
use domain::unit::{UnitEvent, UnitKind, event::Created};
use domain::{Fact, access::Who};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use uuid::Uuid;

use super::Past;
use crate::directory::{Asking, Principal};
use crate::testing::access::{
    closed, defined, definition, denied, granted, group, group_defined, made, member_added,
    member_removed, opened, revoked, role,
};
use crate::testing::{AGENT, CLIENT, UNIT, World, at};

const PEOPLE: [PersonId; 2] = [AGENT, CLIENT];
const BELOW: UnitId = UnitId(Uuid::from_u128(0x1b));
const ACTIONS: [&str; 4] = ["ticket.read", "ticket.resolve", "ci.read", "access.grant"];
const DENIED: [&str; 2] = ["ticket.resolve", "ci.read"];

/// What is decided of somebody, of everything that is asked.
type Told = Vec<(Who, Decision)>;

fn told(person: &Principal) -> Told {
    let mut told = Vec::new();
    for place in [None, Some(UNIT), Some(BELOW)] {
        let object = ObjectView::default().at(&person.world, place);
        for action in ACTIONS {
            let (action, session) = (action.parse().unwrap(), Session::default());
            let asked = Asked {
                action: &action,
                object: &object,
                fields: &[],
                at: at(0),
                session: &session,
            };
            // As of which revision is counted otherwise in a fold.
            let decision = Decision { revision: 0, ..decide(&person.world, &asked) };
            told.push((person.who.clone(), decision));
        }
    }
    told
}

/// What happens next; `grants` are those that were made, by whose they are and their numbers.
fn next(chance: &mut StdRng, number: u128, grants: &mut Vec<(AccessSubject, u128)>) -> Fact {
    let group_of = AccessSubject::Group(group(1));
    let person = PEOPLE[chance.random_range(0..2)];
    let subject = AccessSubject::Person(person);
    let whom = if chance.random_bool(0.3) { group_of } else { subject };
    let unit = if chance.random_bool(0.5) { UNIT } else { BELOW };
    match chance.random_range(0..12) {
        4 if !grants.is_empty() => {
            let (whose, which) = grants.swap_remove(chance.random_range(0..grants.len()));
            revoked(whose, which)
        }
        0..=4 => {
            let scope = ["all".to_owned(), unit.0.to_string()][chance.random_range(0..2)].clone();
            let until = chance.random_bool(0.3).then(|| at(chance.random_range(-1..2)));
            let pierces = chance.random_bool(0.3);
            let which = role(chance.random_range(1..3));
            let scope = scope.parse().unwrap();
            grants.push((whom, number));
            granted(whom, GrantMade { scope, until, pierces, ..made(number, which) })
        }
        5 => member_added(1, subject),
        6 => member_removed(1, subject),
        7 => denied(number, Strength::Soft, &[DENIED[chance.random_range(0..2)]]),
        8 => {
            let class = [ActionClass::Data, ActionClass::Operation][chance.random_range(0..2)];
            let classes: ClassSet = [class].into_iter().collect();
            Fact::Unit(unit, UnitEvent::BarrierDrawn(BarrierDrawn { classes }))
        }
        9 => Fact::Unit(unit, UnitEvent::BarrierLifted(BarrierLifted {})),
        10 => Fact::Person(person, PersonEvent::Suspended(Suspended {})),
        _ => Fact::Person(person, PersonEvent::Restored(Restored {})),
    }
}

/// A world in which so much happens; after each step its place in the log, and what the tables tell.
async fn history(seed: u64, steps: u128) -> (World, Vec<(i64, Vec<Told>)>) {
    let world = World::with_story().await;
    let mut chance = StdRng::seed_from_u64(seed);
    let below =
        Created { name: "Below".to_owned(), kind: UnitKind::SupportUnit, parent: Some(UNIT) };
    let group_of = AccessSubject::Group(group(1));
    let mut ground = vec![
        Fact::Unit(BELOW, UnitEvent::Created(below)),
        defined(definition(1, &["ticket.*"])),
        defined(definition(2, &["ci.read", "access.*"])),
        group_defined(1, CLIENT),
        opened(group_of),
    ];
    ground.extend(PEOPLE.map(|person| opened(AccessSubject::Person(person))));
    world.say(&ground).await;
    let asking = Asking::new(world.pool());
    let (mut known, mut grants) = (Vec::new(), Vec::new());
    for number in 0..steps {
        world.say(&[next(&mut chance, number, &mut grants)]).await;
        if number % 5 == 4 {
            let mut all = Vec::new();
            for person in PEOPLE {
                all.push(told(&asking.principal(person, at(0)).await.unwrap().unwrap()));
            }
            known.push((world.settled().await, all));
        }
    }
    world.say(&[closed(group_of)]).await;
    (world, known)
}

async fn folded(world: &World, position: i64, one: Option<PersonId>) -> Past {
    let mut conn = world.pool().acquire().await.unwrap();
    let upcasters = world.journal.upcasters();
    let people = one.map(|person| [person].into());
    Past::read(&mut conn, upcasters, (position, Some(at(0))), people).await.unwrap()
}

#[tokio::test]
async fn p10_the_tables_say_what_a_fold_of_the_log_says() {
    let mut allowed = 0;
    for seed in 0..3 {
        let (world, known) = history(seed, 40).await;
        let (_, last) = known.last().unwrap();
        let asking = Asking::new(world.pool());
        let head = folded(&world, world.settled().await, None).await;
        for (person, before) in PEOPLE.iter().zip(last) {
            let now = told(&asking.principal(*person, at(0)).await.unwrap().unwrap());
            assert_eq!(told(&head.principal(*person).unwrap().unwrap()), now, "world {seed}");
            allowed += before.iter().filter(|(_, decision)| decision.is_allowed()).count();
        }
    }
    assert!(allowed > 0 && allowed < 3 * 2 * 12, "{allowed}");
}

#[tokio::test]
async fn p7_of_a_log_cut_there_is_said_what_was_said_then() {
    for seed in 3..5 {
        let (world, known) = history(seed, 40).await;
        for (position, then) in known {
            let all = folded(&world, position, None).await;
            for (person, was) in PEOPLE.into_iter().zip(then) {
                assert_eq!(told(&all.principal(person).unwrap().unwrap()), was, "{position}");
                let alone = folded(&world, position, Some(person)).await;
                assert_eq!(told(&alone.principal(person).unwrap().unwrap()), was, "{position}");
            }
        }
    }
}
