//! `tests/golden/permission-matrix.txt`: every standard role, every permission, every sort of scope.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::decide::{Holdings, ObjectView, RuleSet, Rules, World};
use domain::access::filter::Predicate;
use domain::access::model::{
    AccessSubject, ClassSet, Registry, RelationName, RelationSet, Roles, Scope, ScopePath,
    ScopeTree,
};
use domain::access::standard::{StandardRole, holder, standard_roles};
use domain::kernel::{CiId, PersonId, Standing};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use crate::tidy::golden;

const HEAD: &str = "\
# What a grant of each standard role permits, decided by domain/src/access/: one row for each permission,
# one column for each sort of scope. `+` permitted, `*` permitted with the weight of steering, `.` denied.
#
# First how one stands to the object, where the grant holds:
#   any        however one stands                 own        its author, requester or owner, or oneself
#   leads      of a client one speaks for         assigned   assigned to oneself
#   unit       one's unit's as a whole            member     one's unit's, and there another's
#   holds      one works on it                    last       one worked on it last
#   heads      of a unit one heads                own+heads  both at once
#   answers    a person one heads reported it     dispatches it waits in dispatch, where one places
#   unplaced   nobody's, where one places         watches    one asked to hear of it
# Then where the grant holds, for whoever stands every way:
#   all        everywhere: an object anywhere     all-barred   likewise: one behind a barrier
#   unit       at a unit: one that lies there     below        likewise: one below it
#   below-barred  below it, behind a barrier      beside, above  at another unit, at the root
#   item       on an item: itself                 another      on an item: another one
";

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;
const SOMEBODY: PersonId = PersonId(Uuid::from_u128(1));
const ITEM: CiId = CiId(Uuid::from_u128(2));

use domain::access::model::RelationName::{
    Answers, Assigned, Dispatches, Heads, HeldLast, Holds, Leads, Member, Own, Unassigned,
    Unplaced, Watches,
};

/// How one stands.
const WAYS: [(&str, &[RelationName]); 14] = [
    ("any", &[]),
    ("own", &[Own]),
    ("leads", &[Leads]),
    ("assigned", &[Assigned]),
    ("unit", &[Member, Unassigned]),
    ("member", &[Member]),
    ("holds", &[Holds]),
    ("last", &[HeldLast]),
    ("heads", &[Heads]),
    ("own+heads", &[Own, Heads]),
    ("answers", &[Answers]),
    ("dispatches", &[Dispatches]),
    ("unplaced", &[Unplaced]),
    ("watches", &[Watches]),
];

/// Where a grant holds, and where the object lies.
const PLACES: [(&str, &str, &str); 9] = [
    ("all", "all", "desk"),
    ("all-barred", "all", "desk/vault"),
    ("unit", "desk", "desk"),
    ("below", "desk", "desk/night"),
    ("below-barred", "desk", "desk/vault"),
    ("beside", "desk", "desks"),
    ("above", "desk", "all"),
    ("item", "ci:00000000-0000-0000-0000-000000000002", "item"),
    ("another", "ci:00000000-0000-0000-0000-000000000003", "item"),
];

#[test]
fn the_permission_matrix_is_what_the_code_says() {
    let mut text = String::from(HEAD);
    for standard in standard_roles() {
        let names = WAYS.map(|(name, _)| name).join(" ");
        let places = PLACES.map(|(name, ..)| name).join(" ");
        write!(text, "\n{:<30} {names} | {places}\n", standard.key).unwrap();
        let everywhere = world(standard, Scope::Everywhere);
        let placed = PLACES.map(|(_, scope, _)| world(standard, scope.parse().unwrap()));
        let mut never = Vec::new();
        for permission in Permission::iter() {
            if everywhere.filter(permission, NOW).is_empty() {
                never.push(permission.to_string());
                continue;
            }
            told_whole(standard, permission);
            let ways = WAYS.map(|(name, way)| {
                let relation = way.iter().copied().collect();
                let standing = everywhere.permits(permission, &lying("desk", relation), NOW);
                cell(name, standing)
            });
            let places: Vec<String> = PLACES
                .iter()
                .zip(&placed)
                .map(|((name, _, place), world)| {
                    let object = lying(place, RelationName::iter().collect());
                    cell(name, world.permits(permission, &object, NOW))
                })
                .collect();
            let (ways, places) = (ways.join(" "), places.join(" "));
            let row = format!("  {:<28} {ways} | {places}", permission.to_string());
            writeln!(text, "{}", row.trim_end()).unwrap();
        }
        for (index, some) in never.chunks(6).enumerate() {
            let begin = if index == 0 { "never:" } else { "" };
            writeln!(text, "  {begin:<6} {}", some.join(" ")).unwrap();
        }
    }
    golden::compare("tests/golden/permission-matrix.txt", &text);
}

/// A mark as wide as the column's name.
fn cell(name: &str, standing: Option<Standing>) -> String {
    let mark = match standing {
        None => '.',
        Some(Standing::Steering) => '*',
        Some(Standing::Ordinary | Standing::Importing) => '+',
    };
    format!("{mark:^0$}", name.len())
}

/// Every way of standing that suffices has its column.
fn told_whole(standard: &StandardRole, permission: Permission) {
    let world = holder(standard, SOMEBODY, Scope::Everywhere);
    for way in enough(world.filter(permission, NOW).predicate()) {
        let told =
            WAYS.iter().any(|(_, names)| names.iter().copied().collect::<RelationSet>() == way);
        assert!(
            told,
            "{permission} is permitted to whoever stands as {way:?}, which no column says"
        );
    }
}

/// The ways of standing of which one is enough, past whatever else is asked for.
fn enough(predicate: &Predicate) -> Vec<RelationSet> {
    match predicate {
        Predicate::Stands { delegator: None, all } => vec![*all],
        Predicate::Any(parts) => parts.iter().flat_map(enough).collect(),
        Predicate::All(parts) if parts.is_empty() => vec![RelationSet::NONE],
        other => panic!("a standard role asks for more than how one stands: {other:?}"),
    }
}

fn lying(place: &str, relation: RelationSet) -> ObjectView {
    let (place, item) = if place == "item" { ("desk", Some(ITEM)) } else { (place, None) };
    ObjectView { place: place.parse().unwrap(), item, relation, ..ObjectView::default() }
}

/// The standard roles, in a tree with a barrier that stops every class of permission.
static RULES: LazyLock<Arc<Rules>> = LazyLock::new(|| {
    let registry = Registry::ours();
    let definitions = standard_roles().iter().map(|standard| standard.definition.clone());
    let place = |path: &str| path.parse::<ScopePath>().unwrap();
    let open = ["desk", "desk/night", "desks"].map(|path| (place(path), ClassSet::NONE));
    let tree: ScopeTree = open.into_iter().chain([(place("desk/vault"), ClassSet::ALL)]).collect();
    Arc::new(Rules::of(RuleSet {
        roles: Roles::of(definitions, &registry).unwrap(),
        registry,
        tree,
        denies: Vec::new(),
        sod: Vec::new(),
        boundaries: Default::default(),
        revision: 0,
    }))
});

fn world(standard: &StandardRole, scope: Scope) -> World {
    let mut holdings = Holdings::none(AccessSubject::Person(SOMEBODY));
    holdings.grants = holder(standard, SOMEBODY, scope).held().to_vec();
    World::of(holdings, Arc::clone(&RULES))
}

#[test]
fn a_grant_reaches_as_far_as_its_scope_and_no_further() {
    let place = |path: &str| path.parse::<ScopePath>().unwrap();
    let every =
        |path: &str, item| ObjectView { item, ..lying(path, RelationName::iter().collect()) };
    let objects = [
        every("all", None),
        every("desk", None),
        every("desk/night", None),
        every("desks", None),
        every("all", Some(ITEM)),
        every("desk", Some(ITEM)),
    ];
    let scopes = [
        (Scope::Everywhere, [true; 6]),
        (Scope::Node(place("desk")), [false, true, true, false, false, true]),
        (Scope::Node(place("desk/night")), [false, false, true, false, false, false]),
        (Scope::Item(ITEM), [false, false, false, false, true, true]),
    ];
    for standard in standard_roles() {
        let everywhere = world(standard, Scope::Everywhere);
        for (scope, reaches) in &scopes {
            let world = world(standard, scope.clone());
            for permission in Permission::iter() {
                for (object, reached) in objects.iter().zip(reaches) {
                    let may = everywhere.permits(permission, object, NOW).filter(|_| *reached);
                    let found = world.permits(permission, object, NOW);
                    assert_eq!(found, may, "{} {permission} {scope} {object:?}", standard.key);
                    let admits = world.filter(permission, NOW).admits(object);
                    assert_eq!(admits, may.is_some(), "{} {permission} {scope}", standard.key);
                }
            }
        }
    }
}
