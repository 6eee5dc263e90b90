//! What the roles of people may do, to the last way of standing to an object, is what was agreed.
//!
//! `agreed.txt` has the figures: for each permission the ways of standing of which one is enough, a star
//! where a deed then has the weight of steering. What is not in it is refused.

use std::collections::BTreeMap;

use strum::IntoEnumIterator;

use super::world;
use crate::access::decide::{ObjectView, World};
use crate::access::model::{RelationName, RelationSet};
use crate::access::standard::standard_role_of;
use crate::access::{Permission, Reach};
use crate::kernel::Standing;
use crate::kernel::testing::world::noon;
use crate::person::Role;

/// What whoever stands to the object in no way is called.
const HOWEVER: &str = "any";

/// Ways of standing, and whether one steers so.
type Ways = Vec<(RelationSet, bool)>;

/// The permissions of a role by their names.
type Agreed = BTreeMap<String, Ways>;

fn agreed() -> BTreeMap<Role, Agreed> {
    let mut roles: BTreeMap<Role, Agreed> = BTreeMap::new();
    let mut role = None;
    let lines = include_str!("agreed.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        match line.strip_prefix("  ").map(|line| line.split_once(' ').unwrap()) {
            None => role = Some(line.parse().unwrap()),
            Some((permission, ways)) => {
                let ways = ways.split(" or ").map(|way| self::way(way.trim())).collect();
                roles.entry(role.unwrap()).or_default().insert(permission.to_owned(), ways);
            }
        }
    }
    roles
}

fn way(text: &str) -> (RelationSet, bool) {
    let (names, steers) = text.strip_suffix('*').map_or((text, false), |names| (names, true));
    let names = names.split('+').filter(|name| *name != HOWEVER);
    let relation = |name: &str| name.to_uppercase().parse::<RelationName>().unwrap();
    (names.map(relation).collect(), steers)
}

fn standing(world: &World, permission: Permission, relation: RelationSet) -> Option<Standing> {
    let object = ObjectView { relation, ..ObjectView::default() };
    world.permits(permission, &object, noon())
}

#[test]
fn each_role_of_people_has_its_rights_however_one_stands() {
    let agreed = agreed();
    let one = |role: Role| {
        let world = world(standard_role_of(role));
        let mut told = 0;
        for permission in Permission::iter() {
            let ways = agreed[&role].get(&permission.to_string()).cloned().unwrap_or_default();
            told += usize::from(!ways.is_empty());
            for relation in RelationSet::every() {
                let mut enough = ways.iter().filter(|(way, _)| relation.includes(*way)).peekable();
                let may = enough.peek().is_some();
                let steers = enough.any(|(_, steers)| *steers);
                let weight = if steers { Standing::Steering } else { Standing::Ordinary };
                let found = standing(&world, permission, relation);
                assert_eq!(found, may.then_some(weight), "{role} {permission} {relation:?}");
            }
        }
        assert_eq!(told, agreed[&role].len(), "{role}: a permission that does not exist");
    };
    std::thread::scope(|threads| {
        Role::iter().for_each(|role| {
            threads.spawn(move || one(role));
        });
    });
}

#[test]
fn lists_reach_as_far() {
    for role in Role::iter() {
        let world = world(standard_role_of(role));
        for permission in Permission::iter().filter(|permission| permission.is_read()) {
            let may = |relation| standing(&world, permission, relation).is_some();
            let all: RelationSet = RelationName::iter().collect();
            let found = match (may(RelationSet::NONE), may(all)) {
                (true, _) => Reach::All,
                (false, true) => Reach::Related,
                (false, false) => Reach::None,
            };
            assert_eq!(found, world.reach(permission, noon()), "{role} {permission}");
        }
    }
}
