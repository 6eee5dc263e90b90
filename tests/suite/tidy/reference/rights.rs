//! `tests/golden/permission-matrix.txt`: what each standard role permits, standing how to the object,
//! and how far a grant of it reaches.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::decide::{ObjectView, World};
use domain::access::filter::Predicate;
use domain::access::model::{RelationName, RelationSet, Scope, ScopePath};
use domain::access::standard::{StandardRole, holder, standard_roles};
use domain::kernel::{CiId, PersonId, Standing};
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use crate::tidy::golden;

const HEAD: &str = "\
# What a grant of each standard role permits, decided by domain/src/access/. A role has what the roles
# named with it have; only what differs from those is listed. Ways of standing to the object, of which
# one is enough; \"any\": however one stands. A star: the deed then has the weight of steering.
#
# Granted at a place, each permits the same there and below, and nothing above or beside; granted on an
# item, the same on that item alone.
";

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// By permission, the ways.
type Rights = BTreeMap<Permission, BTreeSet<String>>;

#[test]
fn the_permission_matrix_is_what_the_code_says() {
    let mut text = String::from(HEAD);
    let mut known: BTreeMap<_, Rights> = BTreeMap::new();
    for standard in standard_roles() {
        let definition = &standard.definition;
        let rights = rights(standard);
        let name = |id| standard_roles().iter().find(|role| role.definition.id == id);
        let juniors = definition.juniors.iter().filter_map(|id| Some(name(*id)?.key.as_str()));
        let juniors: Vec<&str> = juniors.collect();
        let mut had = Rights::new();
        for (permission, ways) in definition.juniors.iter().flat_map(|id| &known[id]) {
            had.entry(*permission).or_default().extend(ways.clone());
        }
        write!(text, "\n{}", standard.key).unwrap();
        if !juniors.is_empty() {
            write!(text, ", a senior of {}", juniors.join(", ")).unwrap();
        }
        writeln!(text, "{}", if standard.pierces { ", past barriers" } else { "" }).unwrap();
        for permission in Permission::iter().filter(|it| rights.get(it) != had.get(it)) {
            let ways: Vec<&str> =
                rights.get(&permission).into_iter().flatten().map(String::as_str).collect();
            let ways = if ways.is_empty() { "never".to_owned() } else { ways.join(" or ") };
            writeln!(text, "  {:<28} {ways}", permission.to_string()).unwrap();
        }
        known.insert(definition.id, rights);
    }
    golden::compare("tests/golden/permission-matrix.txt", &text);
}

fn world(standard: &StandardRole, scope: Scope) -> World {
    holder(standard, PersonId(Uuid::from_u128(1)), scope)
}

fn rights(standard: &StandardRole) -> Rights {
    let world = world(standard, Scope::Everywhere);
    let ways = |permission| (permission, ways(&world, permission));
    Permission::iter().map(ways).filter(|(_, ways)| !ways.is_empty()).collect()
}

fn ways(world: &World, permission: Permission) -> BTreeSet<String> {
    let heads: RelationSet = [RelationName::Heads].into_iter().collect();
    let mut ways = BTreeSet::new();
    for way in enough(world.filter(permission, NOW).predicate()) {
        let object = |relation| ObjectView { relation, ..ObjectView::default() };
        let standing = world.permits(permission, &object(way), NOW);
        let steers = standing.expect("the filter admits it") == Standing::Steering;
        ways.insert(words(way, steers));
        let with_heads = way.names().chain(heads.names()).collect();
        let standing = world.permits(permission, &object(with_heads), NOW);
        if !steers && standing == Some(Standing::Steering) {
            ways.insert(words(with_heads, true));
        }
    }
    // Whoever heads it needs no other way along with that.
    let alone = ways.contains("heads*");
    let along = |way: &str| way != "heads*" && way.trim_end_matches('*').split('+').any(is_heads);
    ways.into_iter().filter(|way| !alone || !along(way)).collect()
}

fn is_heads(name: &str) -> bool {
    name == "heads"
}

/// The ways of standing of which one is enough.
fn enough(predicate: &Predicate) -> Vec<RelationSet> {
    match predicate {
        Predicate::Stands { delegator: None, all } => vec![*all],
        Predicate::Any(parts) => parts.iter().flat_map(enough).collect(),
        Predicate::All(parts) if parts.is_empty() => vec![RelationSet::NONE],
        other => panic!("a standard role asks for more than how one stands: {other:?}"),
    }
}

fn words(way: RelationSet, steers: bool) -> String {
    let names: Vec<String> = way.names().map(|name| name.to_string().to_lowercase()).collect();
    let names = if names.is_empty() { "any".to_owned() } else { names.join("+") };
    format!("{names}{}", if steers { "*" } else { "" })
}

#[test]
fn a_grant_reaches_as_far_as_its_scope_and_no_further() {
    let place = |path: &str| path.parse::<ScopePath>().unwrap();
    let item = CiId(Uuid::from_u128(2));
    let lying = |path: &str, item| ObjectView {
        place: place(path),
        item,
        relation: RelationName::iter().collect(),
        ..ObjectView::default()
    };
    let objects = [
        lying("all", None),
        lying("desk", None),
        lying("desk/night", None),
        lying("desks", None),
        lying("all", Some(item)),
        lying("desk", Some(item)),
    ];
    let scopes = [
        (Scope::Everywhere, [true; 6]),
        (Scope::Node(place("desk")), [false, true, true, false, false, true]),
        (Scope::Node(place("desk/night")), [false, false, true, false, false, false]),
        (Scope::Item(item), [false, false, false, false, true, true]),
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
