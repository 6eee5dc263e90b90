//! The rights of people by their roles, printed: roles by permissions by relations.

use std::fmt::Write;

use chrono::{DateTime, Utc};
use domain::access::decide::World;
use domain::access::model::Scope;
use domain::access::standard::{holder, standard_role_of};
use domain::access::{Permission, Reach, Relation};
use domain::kernel::{PersonId, Standing};
use domain::person::Role;
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::assert_golden;

const STRANGER: Relation = Relation {
    own: false,
    leads: false,
    assigned: false,
    holds: false,
    held_last: false,
    member: false,
    unassigned: false,
    heads: false,
    answers: false,
    dispatches: false,
    unplaced: false,
    watches: false,
};

/// What the asker is to the object.
const RELATIONS: [(&str, Relation); 14] = [
    ("stranger", STRANGER),
    ("own", Relation { own: true, ..STRANGER }),
    ("leads", Relation { leads: true, ..STRANGER }),
    ("named", Relation { assigned: true, ..STRANGER }),
    ("of the unit, unassigned", Relation { member: true, unassigned: true, ..STRANGER }),
    ("of the unit, a colleague's", Relation { member: true, ..STRANGER }),
    ("holds", Relation { holds: true, held_last: true, member: true, ..STRANGER }),
    ("held last", Relation { held_last: true, ..STRANGER }),
    ("heads", Relation { heads: true, ..STRANGER }),
    ("heads the author's unit", Relation { answers: true, ..STRANGER }),
    ("dispatches", Relation { dispatches: true, unplaced: true, unassigned: true, ..STRANGER }),
    ("dispatches, it is over", Relation { unplaced: true, unassigned: true, ..STRANGER }),
    ("watches", Relation { watches: true, ..STRANGER }),
    ("own and heads", Relation { own: true, heads: true, ..STRANGER }),
];

const NOW: DateTime<Utc> = DateTime::UNIX_EPOCH;

/// Somebody who has what people of this role have by birthright.
fn world(role: Role) -> World {
    holder(standard_role_of(role), PersonId(Uuid::from_u128(1)), Scope::Everywhere)
}

fn allows(world: &World, permission: Permission, relation: Relation) -> Option<Standing> {
    world.permits(permission, &relation.into(), NOW)
}

#[test]
fn the_access_matrix_is_the_agreed_one() {
    let mut text = String::from(
        "# role × permission: how far a list reaches, and the standing (- no, o ordinary,\n\
         # s steering) of each relation, in this order:\n",
    );
    for (name, _) in RELATIONS {
        writeln!(text, "#   {name}").expect("a string takes everything");
    }
    for role in Role::iter() {
        writeln!(text, "\n{role}").expect("a string takes everything");
        let world = world(role);
        for permission in Permission::iter() {
            let cells = RELATIONS.map(|(_, relation)| match allows(&world, permission, relation) {
                None => "-",
                Some(Standing::Ordinary) => "o",
                Some(Standing::Steering) => "s",
                Some(Standing::Importing) => "IMPORT",
            });
            let reach = match (permission.is_read(), world.reach(permission, NOW)) {
                (false, _) | (true, Reach::None) => "",
                (true, Reach::Related) => "related",
                (true, Reach::All) => "all",
            };
            let line = format!("  {permission:<27} {reach:<8} {}", cells.join(" "));
            writeln!(text, "{}", line.trim_end()).expect("a string takes everything");
        }
    }
    assert_golden("access.txt", &text);
}

#[test]
fn the_auditor_reads_and_changes_nothing_but_how_they_are_reached() {
    use Permission as P;
    let auditor = world(Role::Auditor);
    for permission in Permission::iter().filter(|it| !it.is_read()) {
        for (name, relation) in RELATIONS {
            let oneself = matches!(
                permission,
                P::PersonChangeOwnPassword | P::PersonChooseLanguage | P::PersonChangeContacts
            ) && relation.own;
            let allowed = allows(&auditor, permission, relation).is_some();
            assert_eq!(allowed, oneself, "{permission} as {name}");
        }
    }
}

#[test]
fn clients_are_strangers_to_what_is_not_theirs() {
    for role in [Role::Client, Role::ClientGroupLead] {
        let world = world(role);
        for permission in Permission::iter() {
            for (name, relation) in RELATIONS {
                if relation.own || (relation.leads && role == Role::ClientGroupLead) {
                    continue;
                }
                assert_eq!(
                    allows(&world, permission, relation),
                    None,
                    "{role} {permission} {name}"
                );
            }
            assert_ne!(world.reach(permission, NOW), Reach::All, "{role} {permission}");
        }
    }
}

#[test]
fn a_list_and_a_single_object_are_guarded_alike() {
    for role in Role::iter() {
        let world = world(role);
        for permission in Permission::iter() {
            let stranger = allows(&world, permission, STRANGER).is_some();
            let may = |relation| allows(&world, permission, relation).is_some();
            let some = RELATIONS.into_iter().any(|(_, relation)| may(relation));
            let reach = world.reach(permission, NOW);
            assert_eq!(stranger, reach == Reach::All, "{role} {permission}");
            assert_eq!(some, reach >= Reach::Related, "{role} {permission}");
        }
    }
}

#[test]
fn nobody_gets_the_standing_of_an_import() {
    for role in Role::iter() {
        let world = world(role);
        for permission in Permission::iter() {
            for (_, relation) in RELATIONS {
                assert_ne!(allows(&world, permission, relation), Some(Standing::Importing));
            }
        }
    }
}
