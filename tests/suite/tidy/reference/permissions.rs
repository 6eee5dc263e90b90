//! `docs/reference/permissions.md`: the rights of people by their roles, asked cell by cell.

use std::fmt::Write as _;

use chrono::DateTime;
use domain::access::decide::World;
use domain::access::model::Scope;
use domain::access::standard::{holder, standard_role_of};
use domain::access::{Permission, Relation};
use domain::kernel::{PersonId, Standing};
use domain::person::Role;
use strum::IntoEnumIterator as _;
use uuid::Uuid;

use crate::tidy::golden;

const HEAD: &str = "# Permissions

Who may do what, printed from `domain/src/access/` by a test (`UPDATE_GOLDEN=1 cargo test -p testbed tidy`).
Everything that is not said here is refused; what one may not see answers as if it did not exist.
These are the rights that come with a person's role, the birthright: a grant of the standard role of that
name. Every standard role stands in `tests/golden/permission-matrix.txt`, what this comes to for tickets in each
state in `tests/golden/ticket-matrix.txt`, and each ticket says it for its reader in `allowedActions`.

A cell names how one has to stand to the object:

| Word | Of a ticket | Of something else |
|---|---|---|
| any | whichever | whichever |
| own | one reported it, or it is for oneself | oneself, or one's own |
| leads | it is of a client of the organisation one speaks for | likewise |
| named | it is assigned to oneself | – |
| unit | it is assigned to one's unit as a whole | – |
| colleague's | it is assigned to one's unit, and there to others | – |
| holds | one works on it | – |
| held last | one worked on it last; after a resolution: one resolved it | – |
| heads | it is assigned to a unit one heads | a unit one heads, or a person of it |
| dispatches | it waits in dispatch, and one places what does | – |
| watches | one asked to hear of it | – |
| answers | one heads a unit of whoever reported it | – |

A star means *steering*: one may break another's hold and move a resolved ticket. The life cycle decides
after that: a permitted command may still be refused in the ticket's state.

";

const STRANGER: Relation = Relation {
    own: false,
    leads: false,
    assigned: false,
    holds: false,
    held_last: false,
    member: false,
    unassigned: false,
    heads: false,
    dispatches: false,
    unplaced: false,
    watches: false,
    answers: false,
};

const RELATIONS: [(&str, Relation); 11] = [
    ("own", Relation { own: true, ..STRANGER }),
    ("leads", Relation { leads: true, ..STRANGER }),
    ("named", Relation { assigned: true, ..STRANGER }),
    ("unit", Relation { member: true, unassigned: true, ..STRANGER }),
    ("colleague's", Relation { member: true, ..STRANGER }),
    ("holds", Relation { holds: true, ..STRANGER }),
    ("held last", Relation { held_last: true, ..STRANGER }),
    ("heads", Relation { heads: true, ..STRANGER }),
    ("dispatches", Relation { dispatches: true, unplaced: true, ..STRANGER }),
    ("watches", Relation { watches: true, ..STRANGER }),
    ("answers", Relation { answers: true, ..STRANGER }),
];

#[test]
fn the_permissions_page_is_what_the_code_says() {
    let mut page = String::from(HEAD);
    for role in Role::iter() {
        write!(page, "## {role}\n\n| Permission | When |\n|---|---|\n").unwrap();
        let world = holder(standard_role_of(role), PersonId(Uuid::nil()), Scope::Everywhere);
        for permission in Permission::iter() {
            if let Some(cell) = cell(&world, permission) {
                writeln!(page, "| `{permission}` | {cell} |").unwrap();
            }
        }
        page.push('\n');
    }
    golden::compare("docs/reference/permissions.md", &(page.trim_end().to_owned() + "\n"));
}

/// None: never.
fn cell(world: &World, permission: Permission) -> Option<String> {
    let ask =
        |relation: Relation| world.permits(permission, &relation.into(), DateTime::UNIX_EPOCH);
    let star = |standing| if standing == Standing::Steering { "*" } else { "" };
    if let Some(standing) = ask(STRANGER) {
        return Some(format!("any{}", star(standing)));
    }
    let words: Vec<String> = RELATIONS
        .iter()
        .filter_map(|(word, relation)| Some(format!("{word}{}", star(ask(*relation)?))))
        .collect();
    (!words.is_empty()).then(|| words.join(", "))
}
