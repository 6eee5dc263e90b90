//! One permission a verb and a read.

use strum::{Display, EnumIter, IntoStaticStr};

/// A permission; its display form is its public name: `ticket.start_work`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display, EnumIter, IntoStaticStr,
)]
#[expect(missing_docs, reason = "each variant is the verb or read its name says")]
pub enum Permission {
    #[strum(serialize = "ticket.open")]
    TicketOpen,
    #[strum(serialize = "ticket.assign")]
    TicketAssign,
    #[strum(serialize = "ticket.start_work")]
    TicketStartWork,
    #[strum(serialize = "ticket.stop_work")]
    TicketStopWork,
    #[strum(serialize = "ticket.pend")]
    TicketPend,
    #[strum(serialize = "ticket.resume")]
    TicketResume,
    #[strum(serialize = "ticket.resolve")]
    TicketResolve,
    #[strum(serialize = "ticket.reopen")]
    TicketReopen,
    #[strum(serialize = "ticket.close")]
    TicketClose,
    #[strum(serialize = "ticket.cancel")]
    TicketCancel,
    #[strum(serialize = "ticket.classify")]
    TicketClassify,
    #[strum(serialize = "ticket.prioritize")]
    TicketPrioritize,
    #[strum(serialize = "ticket.escalate")]
    TicketEscalate,
    #[strum(serialize = "ticket.read")]
    TicketRead,
    #[strum(serialize = "timeline.read")]
    TimelineRead,
    #[strum(serialize = "person.read")]
    PersonRead,
    #[strum(serialize = "person.change_own_password")]
    PersonChangeOwnPassword,
    #[strum(serialize = "person.reset_password")]
    PersonResetPassword,
    #[strum(serialize = "person.register")]
    PersonRegister,
    #[strum(serialize = "unit.read")]
    UnitRead,
    #[strum(serialize = "unit.create")]
    UnitCreate,
    #[strum(serialize = "unit.join")]
    UnitJoin,
    #[strum(serialize = "unit.appoint_head")]
    UnitAppointHead,
    #[strum(serialize = "unit.appoint_lead")]
    UnitAppointLead,
    #[strum(serialize = "subject.create")]
    SubjectCreate,
    #[strum(serialize = "settings.establish")]
    SettingsEstablish,
    #[strum(serialize = "event.read")]
    EventRead,
    #[strum(serialize = "projection.read")]
    ProjectionRead,
}
