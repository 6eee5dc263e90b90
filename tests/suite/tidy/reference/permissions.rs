//! `docs/reference/permissions.md`: the access table, asked cell by cell.

use std::fmt::Write as _;

use domain::access::table::allows;
use domain::access::{Permission, Relation};
use domain::kernel::Standing;
use domain::person::Role;
use strum::IntoEnumIterator as _;

use crate::tidy::golden;

const HEAD: &str = "# Permissions

Who may do what, printed from `domain/src/access/` by a test (`UPDATE_GOLDEN=1 cargo test -p testbed tidy`).
Everything that is not said here is refused; what one may not see answers as if it did not exist.

- **any**: on every object. **own**: on objects whose author or requester one is, or on oneself.
- **steers**: as a head or director, who may break another's hold and move a resolved ticket;
  **steers own units**: only where one heads the unit, and plainly (*any*) elsewhere.
- The life cycle decides after this table: a permitted command may still be refused in the ticket's state.

";

#[test]
fn the_permissions_page_is_what_the_code_says() {
    let mut page = String::from(HEAD);
    let roles: Vec<Role> = Role::iter().collect();
    page.push_str("| Permission |");
    for role in &roles {
        write!(page, " {role} |").unwrap();
    }
    page.push_str("\n|---|");
    page.push_str(&"---|".repeat(roles.len()));
    page.push('\n');
    for permission in Permission::iter() {
        write!(page, "| `{permission}` |").unwrap();
        for role in &roles {
            write!(page, " {} |", cell(*role, permission)).unwrap();
        }
        page.push('\n');
    }
    golden::compare("docs/reference/permissions.md", &page);
}

fn cell(role: Role, permission: Permission) -> &'static str {
    let ask = |own, heads| allows(role, permission, Relation { own, heads });
    let (stranger, own, heads) = (ask(false, false), ask(true, false), ask(false, true));
    match (stranger, own, heads) {
        (None, None, None) => "–",
        (None, Some(_), None) => "own",
        (Some(Standing::Steering), _, _) => "steers",
        (Some(_), _, Some(Standing::Steering)) => "steers own units",
        (Some(_), Some(_), Some(_)) => "any",
        other => panic!("{role} {permission}: the page has no word for {other:?}"),
    }
}
