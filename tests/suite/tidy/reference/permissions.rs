//! `docs/reference/permissions.md`: the access table, asked cell by cell.

use std::fmt::Write as _;

use domain::access::table::{allows, reach};
use domain::access::{Permission, Reach, Relation};
use domain::kernel::Standing;
use domain::person::Role;
use strum::IntoEnumIterator as _;

use crate::tidy::golden;

const HEAD: &str = "# Permissions

Who may do what, printed from `domain/src/access/` by a test (`UPDATE_GOLDEN=1 cargo test -p testbed tidy`).
Everything that is not said here is refused; what one may not see answers as if it did not exist.
What this comes to for tickets in each state stands in `tests/golden/permission-matrix.txt`, and each ticket
says it for its reader in `allowedActions`.

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
after this table: a permitted command may still be refused in the ticket's state.

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
        for permission in Permission::iter() {
            if let Some(cell) = cell(role, permission) {
                writeln!(page, "| `{permission}` | {cell} |").unwrap();
            }
        }
        page.push('\n');
    }
    golden::compare("docs/reference/permissions.md", &(page.trim_end().to_owned() + "\n"));
}

/// None: never.
fn cell(role: Role, permission: Permission) -> Option<String> {
    let ask = |relation| allows(role, permission, relation);
    let star = |standing| if standing == Standing::Steering { "*" } else { "" };
    if let Some(standing) = ask(STRANGER) {
        return Some(format!("any{}", star(standing)));
    }
    let words: Vec<String> = RELATIONS
        .iter()
        .filter_map(|(word, relation)| Some(format!("{word}{}", star(ask(*relation)?))))
        .collect();
    let related = reach(role, permission) == Reach::Related && words.is_empty();
    assert!(!related, "{role} {permission}: a list reaches what no single object does");
    (!words.is_empty()).then(|| words.join(", "))
}
