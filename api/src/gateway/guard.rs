//! The guard: every command and every read passes here; the table stands in `domain::access`.

use std::sync::Arc;

use domain::access::table::{allows, reach, sees};
use domain::access::{Permission, Reach, Relation, Who};
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

/// Who asks, if it is a person free to act.
fn who(caller: &Caller) -> Option<&Who> {
    caller.person.as_ref().filter(|person| person.active).map(|person| &person.who)
}

/// Whether the caller may, and with what standing.
pub fn authorize(
    caller: &Caller,
    permission: Permission,
    relation: Relation,
) -> Result<Standing, Denied> {
    match caller.actor {
        // Commands of another desk are exempt from roles, and from no rule besides.
        Actor::Import if caller.person.is_some() => return Ok(Standing::Steering),
        Actor::Import => return Ok(Standing::Importing),
        Actor::System => return Ok(Standing::Steering),
        // A program reads nothing, so that nothing is hidden from it: it is told what it may not.
        Actor::Service(_) => {
            let holds = caller.rights.contains(&permission);
            return holds.then_some(Standing::Ordinary).ok_or(Denied::Forbidden);
        }
        Actor::Person(_) => {}
    }
    let who = who(caller).ok_or(Denied::Hidden)?;
    allows(who.role, permission, relation)
        .ok_or_else(|| if sees(who.role, relation) { Denied::Forbidden } else { Denied::Hidden })
}

/// How far the caller's reads reach, as a filter for lists, counts and single tickets alike.
pub fn scope(caller: &Caller, permission: Permission) -> Scope {
    match (reach_of(caller, permission), who(caller)) {
        (Reach::All, _) => Scope::All,
        (Reach::Related, Some(who)) => Scope::Related(Arc::new(who.clone())),
        (Reach::Related, None) | (Reach::None, _) => Scope::None,
    }
}

/// How far the caller's reads of this sort reach.
pub fn reach_of(caller: &Caller, permission: Permission) -> Reach {
    match caller.actor {
        Actor::Import | Actor::System => Reach::All,
        Actor::Service(_) => Reach::None,
        Actor::Person(_) => who(caller).map_or(Reach::None, |who| reach(who.role, permission)),
    }
}

/// Whether the caller may read this sort of thing without bounds.
pub fn may_read(caller: &Caller, permission: Permission) -> bool {
    reach_of(caller, permission) == Reach::All
}

/// Hidden and absent answer alike.
pub(super) fn as_error<C: Guarded>(command: &C, denied: Denied) -> GatewayError {
    match denied {
        Denied::Hidden => command.hidden(),
        Denied::Forbidden => GatewayError::Forbidden,
    }
}
