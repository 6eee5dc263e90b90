//! The table: staff work, clients see and settle their own, the auditor reads and changes nothing.

use super::permission::Permission;
use crate::kernel::Standing;
use crate::person::Role;

/// How the asker stands to the object.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Relation {
    /// Its author or requester, or the person itself.
    pub own: bool,
    /// Head of the unit it is assigned to.
    pub heads: bool,
}

/// How far a read reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing.
    None,
    /// What is one's own.
    Own,
    /// Everything.
    All,
}

/// How far this role's reads reach. Anything that is not a read reaches nothing.
pub fn reach(role: Role, permission: Permission) -> Reach {
    use Permission as P;
    let staff_read = matches!(
        permission,
        P::TicketRead | P::TimelineRead | P::PersonRead | P::UnitRead | P::ProjectionRead
    );
    match role {
        Role::SystemAdministrator | Role::Auditor if permission == P::EventRead => Reach::All,
        Role::SystemAdministrator
        | Role::Auditor
        | Role::Director
        | Role::UnitHead
        | Role::Agent
            if staff_read =>
        {
            Reach::All
        }
        Role::Client | Role::ClientGroupLead
            if matches!(permission, P::TicketRead | P::PersonRead) =>
        {
            Reach::Own
        }
        Role::SystemAdministrator
        | Role::Auditor
        | Role::Director
        | Role::UnitHead
        | Role::Agent
        | Role::Client
        | Role::ClientGroupLead => Reach::None,
    }
}

/// Whether this role may, and with what standing; none: it may not.
pub fn allows(role: Role, permission: Permission, relation: Relation) -> Option<Standing> {
    if permission == Permission::PersonChangeOwnPassword {
        return relation.own.then_some(Standing::Ordinary);
    }
    if is_read(permission) {
        let far_enough = match reach(role, permission) {
            Reach::All => true,
            Reach::Own => relation.own,
            Reach::None => false,
        };
        return far_enough.then_some(Standing::Ordinary);
    }
    if configures(permission) {
        return (role == Role::SystemAdministrator).then_some(Standing::Ordinary);
    }
    match role {
        Role::Director => Some(Standing::Steering),
        Role::UnitHead if relation.heads => Some(Standing::Steering),
        Role::SystemAdministrator | Role::UnitHead | Role::Agent => Some(Standing::Ordinary),
        Role::Client | Role::ClientGroupLead => {
            (relation.own && settles_own(permission)).then_some(Standing::Ordinary)
        }
        Role::Auditor => None,
    }
}

fn is_read(permission: Permission) -> bool {
    use Permission as P;
    matches!(
        permission,
        P::TicketRead
            | P::TimelineRead
            | P::PersonRead
            | P::UnitRead
            | P::EventRead
            | P::ProjectionRead
    )
}

/// What shapes the desk rather than works at it.
fn configures(permission: Permission) -> bool {
    use Permission as P;
    matches!(
        permission,
        P::PersonRegister
            | P::PersonResetPassword
            | P::UnitCreate
            | P::UnitJoin
            | P::UnitAppointHead
            | P::UnitAppointLead
            | P::SubjectCreate
            | P::SettingsEstablish
    )
}

/// What a client does with a ticket of their own: ask, confirm, contradict, withdraw.
fn settles_own(permission: Permission) -> bool {
    use Permission as P;
    matches!(permission, P::TicketOpen | P::TicketReopen | P::TicketClose | P::TicketCancel)
}
