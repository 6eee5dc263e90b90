//! What the guard must know of a command before it is decided.

use domain::access::{Permission, Relation};
use domain::kernel::Command;
use domain::person::{Person, PersonCommand};
use domain::settings::{Settings, SettingsCommand};
use domain::subject::{Subject, SubjectCommand};
use domain::ticket::{Ticket, TicketCommand, TicketRefusal};
use domain::unit::{Unit, UnitCommand};

use super::{Caller, GatewayError};

/// A command the gateway accepts.
pub trait Guarded: Command {
    /// The one permission of this verb.
    fn permission(&self) -> Permission;

    /// How the caller stands to the object.
    fn relation(&self, state: &Self::State, caller: &Caller) -> Relation;

    /// The answer for what the caller may not even see: the same as for what is absent.
    fn hidden(&self) -> GatewayError {
        GatewayError::Forbidden
    }
}

impl Guarded for TicketCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Open(_) => Permission::TicketOpen,
            Self::Assign(_) => Permission::TicketAssign,
            Self::StartWork(_) => Permission::TicketStartWork,
            Self::StopWork(_) => Permission::TicketStopWork,
            Self::Pend(_) => Permission::TicketPend,
            Self::Resume(_) => Permission::TicketResume,
            // The cascade resolves with the right of whoever resolves the parent.
            Self::Resolve(_) | Self::ResolveWithParent(_) => Permission::TicketResolve,
            Self::Reopen(_) => Permission::TicketReopen,
            Self::Close(_) => Permission::TicketClose,
            Self::Cancel(_) => Permission::TicketCancel,
            Self::Classify(_) => Permission::TicketClassify,
            Self::Prioritize(_) => Permission::TicketPrioritize,
            Self::Escalate(_) => Permission::TicketEscalate,
        }
    }

    fn relation(&self, ticket: &Ticket, caller: &Caller) -> Relation {
        let Some(person) = &caller.person else { return Relation::default() };
        match (self, &ticket.0) {
            // One's own is a ticket for oneself; whom it goes to is the desk's business.
            (Self::Open(open), _) => Relation {
                own: open.requester.is_none_or(|requester| requester == person.person_id)
                    && open.unit.is_none()
                    && open.assignees.is_empty()
                    && open.external_ref.is_none(),
                heads: open.unit.is_some_and(|unit| person.heads.contains(&unit)),
            },
            (_, Some(body)) => Relation {
                own: body.requester == person.person_id || body.author == person.person_id,
                heads: body.unit.is_some_and(|unit| person.heads.contains(&unit)),
            },
            (_, None) => Relation::default(),
        }
    }

    fn hidden(&self) -> GatewayError {
        match self {
            // What is to be opened is not there to be hidden.
            Self::Open(_) => GatewayError::Forbidden,
            _ => GatewayError::refused(TicketRefusal::NotFound),
        }
    }
}

impl Guarded for PersonCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Register(_) => Permission::PersonRegister,
            Self::ChangePassword(_) => Permission::PersonChangeOwnPassword,
        }
    }

    /// Only changing one's own password comes through here from a person.
    fn relation(&self, _: &Person, caller: &Caller) -> Relation {
        Relation {
            own: caller.person.is_some() && !matches!(self, Self::Register(_)),
            heads: false,
        }
    }
}

impl Guarded for UnitCommand {
    fn permission(&self) -> Permission {
        match self {
            Self::Create(_) => Permission::UnitCreate,
            Self::Join(_) => Permission::UnitJoin,
            Self::AppointHead(_) => Permission::UnitAppointHead,
            Self::AppointLead(_) => Permission::UnitAppointLead,
        }
    }

    fn relation(&self, _: &Unit, _: &Caller) -> Relation {
        Relation::default()
    }
}

impl Guarded for SubjectCommand {
    fn permission(&self) -> Permission {
        Permission::SubjectCreate
    }

    fn relation(&self, _: &Subject, _: &Caller) -> Relation {
        Relation::default()
    }
}

impl Guarded for SettingsCommand {
    fn permission(&self) -> Permission {
        Permission::SettingsEstablish
    }

    fn relation(&self, _: &Settings, _: &Caller) -> Relation {
        Relation::default()
    }
}
