//! The guard: every command and every read passes here; the table stands in `domain::access`.

use domain::access::table::{allows, reach};
use domain::access::{Permission, Reach, Relation};
use domain::kernel::{Actor, Standing};
use projections::tickets::Scope;

use super::{Caller, GatewayError, Guarded};

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The caller cannot even see the object.
    Hidden,
    /// The caller sees it but may not do this.
    Forbidden,
}

/// Whether the caller may, and with what standing.
pub fn authorize(
    caller: &Caller,
    permission: Permission,
    relation: Relation,
) -> Result<Standing, Denied> {
    let principal = match (caller.actor, &caller.person) {
        (Actor::Import, _) => return Ok(Standing::Importing),
        (Actor::System, _) => return Ok(Standing::Steering),
        (Actor::Person(_), None) => return Err(Denied::Hidden),
        (Actor::Person(_), Some(principal)) => principal,
    };
    if !principal.active {
        return Err(Denied::Hidden);
    }
    allows(principal.role, permission, relation).ok_or_else(|| {
        let seen = allows(principal.role, Permission::TicketRead, relation).is_some();
        if seen { Denied::Forbidden } else { Denied::Hidden }
    })
}

/// How far the caller's reads reach, as a filter for lists, counts and single objects alike.
pub fn scope(caller: &Caller, permission: Permission) -> Scope {
    match (caller.actor, &caller.person) {
        (Actor::Import | Actor::System, _) => Scope::All,
        (Actor::Person(_), None) => Scope::None,
        (Actor::Person(_), Some(principal)) if !principal.active => Scope::None,
        (Actor::Person(id), Some(principal)) => match reach(principal.role, permission) {
            Reach::All => Scope::All,
            Reach::Own => Scope::Own(id),
            Reach::None => Scope::None,
        },
    }
}

/// Whether the caller may read this sort of thing without bounds.
pub fn may_read(caller: &Caller, permission: Permission) -> bool {
    matches!(scope(caller, permission), Scope::All)
}

/// Hidden and absent answer alike.
pub(super) fn as_error<C: Guarded>(command: &C, denied: Denied) -> GatewayError {
    match denied {
        Denied::Hidden => command.hidden(),
        Denied::Forbidden => GatewayError::Forbidden,
    }
}
