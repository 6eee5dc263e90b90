//! The guard: every command and every read passes here; what somebody may do is decided in
//! `domain::access`.

use chrono::{DateTime, Utc};
use domain::access::decide::ObjectView;
use domain::access::{Permission, Reach};
use domain::kernel::{Actor, Standing};
use projections::directory::Principal;
use projections::tickets::Scope;

use super::{Caller, GatewayError, Guarded};

/// Under which target it is told what is asked for: so a test hears what each field and each route takes.
pub const ASKED: &str = "annals::asked";

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The caller cannot even see the object.
    Hidden,
    /// The caller sees it but may not do this.
    Forbidden,
}

/// Tells it; called besides where a reach is used that was found out before.
pub(crate) fn tell(permission: Permission) {
    tracing::trace!(target: ASKED, %permission);
}

/// Who asks, if it is a person free to act.
fn person(caller: &Caller) -> Option<&Principal> {
    caller.person.as_ref().filter(|person| person.active)
}

/// Whether the caller may now, and with what standing.
pub fn authorize(
    caller: &Caller,
    permission: Permission,
    object: &ObjectView,
    now: DateTime<Utc>,
) -> Result<Standing, Denied> {
    tell(permission);
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
    let world = &person(caller).ok_or(Denied::Hidden)?.world;
    world.permits(permission, object, now).ok_or_else(|| {
        let sees = world.permits(Permission::TicketRead, object, now).is_some();
        if sees { Denied::Forbidden } else { Denied::Hidden }
    })
}

/// Whether such an answer is kept: a no, or a yes on which much depends.
pub(super) fn is_noted(
    caller: &Caller,
    permission: Permission,
    answer: Result<Standing, Denied>,
) -> bool {
    match caller.actor {
        Actor::Import | Actor::System => false,
        Actor::Person(_) | Actor::Service(_) => answer.is_err() || permission.is_high_risk(),
    }
}

/// How far the caller's reads reach, as a filter for lists, counts and single tickets alike.
pub fn scope(caller: &Caller, permission: Permission, now: DateTime<Utc>) -> Scope {
    tell(permission);
    match (caller.actor, person(caller)) {
        (Actor::Import | Actor::System, _) => Scope::All,
        (Actor::Person(_), Some(person)) => Scope::of(&person.world, &person.who, permission, now),
        (Actor::Person(_), None) | (Actor::Service(_), _) => Scope::None,
    }
}

/// How far the caller's reads of this sort reach.
pub fn reach_of(caller: &Caller, permission: Permission, now: DateTime<Utc>) -> Reach {
    tell(permission);
    match (caller.actor, person(caller)) {
        (Actor::Import | Actor::System, _) => Reach::All,
        (Actor::Person(_), Some(person)) => person.world.reach(permission, now),
        (Actor::Person(_), None) | (Actor::Service(_), _) => Reach::None,
    }
}

/// Whether the caller may read this sort of thing without bounds.
pub fn may_read(caller: &Caller, permission: Permission, now: DateTime<Utc>) -> bool {
    reach_of(caller, permission, now) == Reach::All
}

/// Whether the caller may read this one thing, as it is seen by whoever they are.
pub fn may_read_this(
    caller: &Caller,
    permission: Permission,
    seen: impl FnOnce(&Principal) -> ObjectView,
    now: DateTime<Utc>,
) -> bool {
    match reach_of(caller, permission, now) {
        Reach::All => true,
        Reach::None => false,
        Reach::Related => person(caller)
            .is_some_and(|person| person.world.filter(permission, now).admits(&seen(person))),
    }
}

/// Whether the caller may read this of whatever they may read that of.
pub fn reads_along(
    caller: &Caller,
    (permission, along): (Permission, Permission),
    now: DateTime<Utc>,
) -> bool {
    let both = |person: &Principal| {
        let filter = |permission| person.world.filter(permission, now);
        filter(permission) == filter(along)
    };
    may_read(caller, permission, now)
        || reach_of(caller, along, now) == Reach::None
        || person(caller).is_some_and(both)
}

/// Hidden and absent answer alike.
pub(super) fn as_error<C: Guarded>(command: &C, denied: Denied) -> GatewayError {
    match denied {
        Denied::Hidden => command.hidden(),
        Denied::Forbidden => GatewayError::Forbidden,
    }
}
