//! The access table, printed: roles by permissions by relations.

use std::fmt::Write;

use domain::access::table::{allows, reach};
use domain::access::{Permission, Reach, Relation};
use domain::kernel::Standing;
use domain::person::Role;
use strum::IntoEnumIterator;

use super::assert_golden;

/// What the asker is to the object, weakest first.
const RELATIONS: [(&str, Relation); 4] = [
    ("stranger", Relation { own: false, heads: false }),
    ("own", Relation { own: true, heads: false }),
    ("heads", Relation { own: false, heads: true }),
    ("own+heads", Relation { own: true, heads: true }),
];

#[test]
fn the_access_matrix_is_the_agreed_one() {
    let mut text = String::from(
        "# role × permission: how far a list reaches, and the standing as stranger, of one's own,\n\
         # as head of its unit, as both (- no, o ordinary, s steering)\n",
    );
    for role in Role::iter() {
        writeln!(text, "\n{role}").expect("a string takes everything");
        for permission in Permission::iter() {
            let cells = RELATIONS.map(|(_, relation)| match allows(role, permission, relation) {
                None => "-",
                Some(Standing::Ordinary) => "o",
                Some(Standing::Steering) => "s",
                Some(Standing::Importing) => "IMPORT",
            });
            let reach = match reach(role, permission) {
                Reach::None => "",
                Reach::Own => "own",
                Reach::All => "all",
            };
            let line = format!("  {permission:<27} {reach:<4} {}", cells.join(" "));
            writeln!(text, "{}", line.trim_end()).expect("a string takes everything");
        }
    }
    assert_golden("access.txt", &text);
}

#[test]
fn the_auditor_reads_and_changes_nothing() {
    for permission in Permission::iter().filter(|it| !it.to_string().ends_with(".read")) {
        for (name, relation) in RELATIONS {
            let own_password = permission == Permission::PersonChangeOwnPassword && relation.own;
            let allowed = allows(Role::Auditor, permission, relation).is_some();
            assert_eq!(allowed, own_password, "{permission} as {name}");
        }
    }
}

#[test]
fn clients_are_strangers_to_what_is_not_theirs() {
    for role in [Role::Client, Role::ClientGroupLead] {
        for permission in Permission::iter() {
            for heads in [false, true] {
                let relation = Relation { own: false, heads };
                assert_eq!(allows(role, permission, relation), None, "{role} {permission}");
            }
            assert_ne!(reach(role, permission), Reach::All, "{role} {permission}");
        }
    }
}

#[test]
fn a_list_and_a_single_object_are_guarded_alike() {
    for (role, permission) in Role::iter().flat_map(|r| Permission::iter().map(move |p| (r, p))) {
        if !permission.to_string().ends_with(".read") {
            assert_eq!(reach(role, permission), Reach::None, "{role} {permission}");
            continue;
        }
        let stranger = allows(role, permission, RELATIONS[0].1).is_some();
        let own = allows(role, permission, RELATIONS[1].1).is_some();
        let reach = reach(role, permission);
        assert_eq!(stranger, reach == Reach::All, "{role} {permission}");
        assert_eq!(own, reach >= Reach::Own, "{role} {permission}");
    }
}

#[test]
fn nobody_gets_the_standing_of_an_import() {
    for (role, permission) in Role::iter().flat_map(|r| Permission::iter().map(move |p| (r, p))) {
        for (_, relation) in RELATIONS {
            assert_ne!(allows(role, permission, relation), Some(Standing::Importing));
        }
    }
}
