//! A reader's view is the same in the database and in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::DateTime;
use domain::access::decide::{
    Held as HeldGrant, Holdings, ObjectView, RuleSet, Rules, World as Held,
};
use domain::access::model::Scope::{Everywhere, Item, Node};
use domain::access::model::{
    AccessSubject, ActionPattern, ClassSet, Condition, Deny, Entry, Grant, GrantSource, GrantState,
    Granted, Matcher, Registry, RelationName, RelationRule, RelationSet, Roles, ScopePath,
    ScopeTree, Strength,
};
use domain::access::{Permission, Who};
use domain::kernel::{CiId, DenyRuleId, GrantId, PersonId, TicketId, UnitId};
use domain::person::Role;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{all, count, own, page, view, who};
use crate::testing::{AGENT, CLIENT, TICKET, UNIT, World};
use crate::tickets::{Scope, TicketQuery, TicketRow, by_id};
use crate::watchers::{self, WatchersRow};

const STRANGER: PersonId = PersonId(uuid::Uuid::from_u128(0x5_7a4));
const LENDER: PersonId = PersonId(uuid::Uuid::from_u128(0x5_7a5));

#[tokio::test]
async fn memory_and_database_agree_on_who_sees_what() {
    let world = World::with_clocks().await;
    let (rows, watchers) = tickets(&world).await;
    let people: BTreeSet<PersonId> = rows
        .iter()
        .flat_map(|row| [row.author_id, row.requester_id].into_iter().chain(row.holder_id))
        .chain(watchers.values().flatten().copied())
        .chain([AGENT, CLIENT, STRANGER])
        .collect();
    let units: BTreeSet<UnitId> = rows.iter().filter_map(|row| row.unit_id).chain([UNIT]).collect();
    let (people, units): (Vec<_>, Vec<_>) =
        (people.into_iter().collect(), units.into_iter().collect());
    let roles: Vec<Role> = Role::iter().collect();
    let mut rng = StdRng::seed_from_u64(11);
    let (mut some, mut none) = (0, 0);
    for _ in 0..300 {
        let few =
            |rng: &mut StdRng| units.iter().copied().filter(|_| rng.random_bool(0.3)).collect();
        let who = Who {
            person: people[rng.random_range(0..people.len())],
            role: roles[rng.random_range(0..roles.len())],
            units: few(&mut rng),
            heads: few(&mut rng),
            clients: people.iter().copied().filter(|_| rng.random_bool(0.2)).collect(),
            people: [].into(),
            dispatches: rng.random_bool(0.3),
            lenders: Vec::new(),
        };
        let reaches_all =
            matches!(who.role, Role::SystemAdministrator | Role::Director | Role::Auditor);
        let leads = who.role == Role::ClientGroupLead;
        let who = Who { clients: if leads { who.clients } else { [].into() }, ..who };
        if reaches_all {
            continue;
        }
        let scope = view(&who);
        let nobody = Vec::new();
        let seen: BTreeSet<TicketId> = rows
            .iter()
            .filter(|row| scope.sees(row, watchers.get(&row.ticket_id).unwrap_or(&nobody)))
            .map(|row| row.ticket_id)
            .collect();
        let query = TicketQuery { scope, ..all(Vec::new(), 100) };
        let listed = page(world.pool(), &query).await.unwrap().rows;
        let listed: BTreeSet<TicketId> = listed.iter().map(|(_, row)| row.ticket_id).collect();
        assert_eq!(seen, listed, "{who:?}");
        if seen.is_empty() { none += 1 } else { some += 1 }
    }
    assert!(some > 30 && none > 0, "the draw says little: {some} saw something, {none} nothing");
}

/// Grants and rules as nobody ships them: any standing, any place, any circumstance, barriers.
#[tokio::test]
async fn they_agree_on_whatever_somebody_holds() {
    let world = World::with_clocks().await;
    let (rows, watchers) = tickets(&world).await;
    let mut rng = StdRng::seed_from_u64(12);
    let (mut some, mut none, mut between, mut by_another) = (0, 0, 0, 0);
    for _ in 0..cases() {
        let mut who = anybody(&mut rng, [AGENT, CLIENT, STRANGER], &rows);
        if rng.random_bool(0.5) {
            let others = [AGENT, CLIENT, LENDER].into_iter().filter(|it| *it != who.person);
            let others: Vec<_> = others.collect();
            let person = others[rng.random_range(0..others.len())];
            who.lenders = vec![Who { person, ..anybody(&mut rng, [LENDER; 3], &rows) }];
        }
        let held = Arc::new(any_world(&mut rng, &who, &rows));
        let scope = Scope::of(&held, &who, Permission::TicketRead, DateTime::UNIX_EPOCH);
        let seen: BTreeSet<TicketId> = rows
            .iter()
            .filter(|row| scope.sees(row, watchers.get(&row.ticket_id).map_or(&[], |it| it)))
            .map(|row| row.ticket_id)
            .collect();
        // One by one, it is the same decision.
        let permits = rows.iter().filter(|row| {
            let parties = row.parties(watchers.get(&row.ticket_id).map_or(&[], |it| it));
            let ticket = ObjectView::of_ticket(&held, &who, &parties);
            held.permits(Permission::TicketRead, &ticket, DateTime::UNIX_EPOCH).is_some()
        });
        assert_eq!(seen, permits.map(|row| row.ticket_id).collect());
        let lent = held.held().iter().any(|held| held.grant.delegated_by.is_some());
        by_another += usize::from(lent && !seen.is_empty());
        let counted = count(world.pool(), &scope, None, None).await.unwrap();
        assert_eq!(counted, seen.len() as i64, "{scope:?}");
        between += usize::from(matches!(scope, Scope::Part(_)));
        let query = TicketQuery { scope, ..all(Vec::new(), 100) };
        let listed = page(world.pool(), &query).await.unwrap().rows;
        let listed: BTreeSet<TicketId> = listed.iter().map(|(_, row)| row.ticket_id).collect();
        assert_eq!(seen, listed, "{:?}", query.scope);
        if seen.is_empty() { none += 1 } else { some += 1 }
    }
    let all = cases();
    assert!(some > all / 5 && none > all / 20, "the draw says little: {some}, {none}");
    assert!(by_another > all / 20, "little was lent: {by_another}");
    assert!(between > all / 3, "most see all or nothing: {between}");
}

#[tokio::test]
async fn a_ticket_is_not_told_to_who_sees_some_while_an_event_that_may_have_shut_them_out_waits() {
    let world = World::with_desk().await;
    let watcher = own(CLIENT);
    for (projection, hides) in [("conversation", false), ("watchers", true), ("tickets", true)] {
        let letter = format!(
            "insert into read.dead_letters
                 (projection, version, aggregate_type, aggregate_id, global_seq, error)
             values ('{projection}', 1, 'ticket', '{TICKET}', 1, 'unheard of')"
        );
        world.tamper(&letter).await;
        for (scope, told) in [(&watcher, !hides), (&Scope::All, true)] {
            let row = by_id(world.pool(), TICKET, scope).await.unwrap();
            assert_eq!(row.is_some(), told, "{projection} {scope:?}");
            let query = TicketQuery { scope: scope.clone(), ..all(Vec::new(), 100) };
            let rows = page(world.pool(), &query).await.unwrap().rows;
            assert_eq!(rows.iter().any(|(_, row)| row.ticket_id == TICKET), told, "{projection}");
            let counted = count(world.pool(), scope, None, None).await.unwrap();
            assert_eq!(counted, rows.len() as i64, "{projection}");
        }
        world
            .tamper("update read.dead_letters set resolved_at = now(), resolution = 'REBUILT'")
            .await;
        assert!(by_id(world.pool(), TICKET, &watcher).await.unwrap().is_some());
    }
}

fn cases() -> usize {
    200
}

async fn tickets(world: &World) -> (Vec<TicketRow>, BTreeMap<TicketId, Vec<PersonId>>) {
    let everything = page(world.pool(), &all(Vec::new(), 100)).await.unwrap().rows;
    let rows: Vec<TicketRow> = everything.into_iter().map(|(_, row)| row).collect();
    let ids: Vec<TicketId> = rows.iter().map(|row| row.ticket_id).collect();
    let watched = watchers::by_ids(world.pool(), &ids).await.unwrap();
    let who = |row: WatchersRow| (row.ticket_id, row.watcher_ids.into_iter().collect());
    (rows, watched.into_iter().map(who).collect())
}

/// One of them, who stands to some tickets somehow.
fn anybody(rng: &mut StdRng, people: [PersonId; 3], rows: &[TicketRow]) -> Who {
    let units = rows.iter().filter_map(|row| row.unit_id).filter(|_| rng.random_bool(0.2));
    let units = units.collect();
    let person = people[rng.random_range(0..3)];
    Who {
        units,
        people: [AGENT, CLIENT].into_iter().filter(|_| rng.random_bool(0.3)).collect(),
        clients: [CLIENT].into_iter().filter(|_| rng.random_bool(0.3)).collect(),
        dispatches: rng.random_bool(0.5),
        ..who(person, Role::Agent)
    }
}

fn any_world(rng: &mut StdRng, who: &Who, rows: &[TicketRow]) -> Held {
    let lender = who.lenders.first().map(|lender| lender.person);
    let units: Vec<UnitId> = rows.iter().filter_map(|row| row.unit_id).collect();
    let above = UnitId(Uuid::from_u128(0xa_b0e));
    let place = |rng: &mut StdRng| {
        let unit = units[rng.random_range(0..units.len())];
        let path = if rng.random_bool(0.3) { vec![above] } else { vec![above, unit] };
        ScopePath::of_units(&path).unwrap()
    };
    let scope = |rng: &mut StdRng| match rng.random_range(0..5) {
        0..3 => Everywhere,
        3 => Node(place(rng)),
        _ => Item(CiId(Uuid::from_u128(1))),
    };
    let barred =
        |rng: &mut StdRng| if rng.random_bool(0.2) { ClassSet::ALL } else { ClassSet::NONE };
    let places = units.iter().map(|unit| ScopePath::of_units(&[above, *unit]).unwrap());
    let tree: ScopeTree = places.map(|place| (place, barred(rng))).collect();
    let read: [ActionPattern; 2] = ["ticket.use", "ticket.read"].map(|it| it.parse().unwrap());
    let grants = (0..rng.random_range(0..5)).map(|number| {
        let entry = Entry {
            when: any_rule(rng),
            condition: any_condition(rng, rows),
            ..Entry::of(read.clone())
        };
        let delegated_by = lender.filter(|_| rng.random_bool(0.6));
        let grant = Grant {
            id: GrantId(Uuid::from_u128(number)),
            what: Granted::Entry(Box::new(entry)),
            scope: scope(rng),
            from: DateTime::UNIX_EPOCH,
            until: None,
            source: GrantSource::Administrator,
            request: None,
            delegated_by,
            pierces: rng.random_bool(0.3),
            state: GrantState::Active,
        };
        HeldGrant { grant, through: None }
    });
    let grants: Vec<HeldGrant> = grants.collect();
    // Whoever lends may do it themselves however they stand, or in some way.
    let theirs = lender.map(|person| {
        let when = if rng.random_bool(0.5) { RelationRule::ALWAYS } else { any_rule(rng) };
        let entry = Entry { when, ..Entry::of(read.clone()) };
        let grant = Grant {
            id: GrantId(Uuid::from_u128(100)),
            what: Granted::Entry(Box::new(entry)),
            scope: Everywhere,
            from: DateTime::UNIX_EPOCH,
            until: None,
            source: GrantSource::Administrator,
            request: None,
            delegated_by: None,
            pierces: true,
            state: GrantState::Active,
        };
        let grants = vec![HeldGrant { grant, through: None }];
        Holdings { grants, ..Holdings::none(AccessSubject::Person(person)) }
    });
    let denies = (0..rng.random_range(0..2)).map(|number| Deny {
        id: DenyRuleId(Uuid::from_u128(number)),
        strength: Strength::Hard,
        whom: Matcher::Any,
        actions: read[1..].to_vec(),
        scope: scope(rng),
        condition: any_condition(rng, rows),
        fields: BTreeSet::new(),
    });
    let rules = Rules::of(RuleSet {
        denies: denies.collect(),
        registry: Registry::ours(),
        roles: Roles::default(),
        tree,
        sod: Vec::new(),
        boundaries: BTreeMap::new(),
        revision: 0,
    });
    let delegators = theirs.into_iter().collect();
    let holdings =
        Holdings { grants, delegators, ..Holdings::none(AccessSubject::Person(who.person)) };
    Held::of(holdings, Arc::new(rules))
}

fn any_rule(rng: &mut StdRng) -> RelationRule {
    let names: Vec<RelationName> = RelationName::iter().collect();
    let set = |rng: &mut StdRng| -> RelationSet {
        let some = 0..rng.random_range(1..3);
        some.map(|_| names[rng.random_range(0..names.len())]).collect()
    };
    RelationRule((0..rng.random_range(0..5)).map(|_| set(rng)).collect())
}

/// Of what there is, what there is not, and what is no such word at all.
fn any_condition(rng: &mut StdRng, rows: &[TicketRow]) -> Option<Condition> {
    let names = ["kind", "state", "priority", "impact", "urgency", "subject", "tier", "colour"];
    let name = names[rng.random_range(0..names.len())];
    let row = &rows[rng.random_range(0..rows.len())];
    let attributes = row.parties(&[]).attributes();
    let value = attributes.get(&name.parse().unwrap()).cloned().unwrap_or_else(|| "x\0".to_owned());
    let values = [value, "02".to_owned(), "HIGH".to_owned()];
    let values = values.into_iter().take(rng.random_range(1..4)).collect();
    let part = match rng.random_range(0..10) {
        0 => Condition::RiskAtMost(3),
        _ => Condition::AttributeIn { name: name.parse().unwrap(), values },
    };
    match rng.random_range(0..4) {
        0 => Some(part),
        1 => {
            let state = Condition::AttributeIn {
                name: "state".parse().unwrap(),
                values: [row.state.to_string(), "ASSIGNED".to_owned()].into(),
            };
            Some(Condition::All(vec![part, state]))
        }
        _ => None,
    }
}
