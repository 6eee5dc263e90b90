//! The table: which role may do what, standing how to the object.
//!
//! Ticket rights are those of the helpdesk table (B1 of the requirements): who *works* a ticket may
//! take it and pass it on, who *steers* it may break a hold and reopen another's, whose *own* it is
//! may comment, confirm, contradict and withdraw. What a state or a hold forbids is not here: the
//! ticket's own rules say it, and name the holder.

use super::permission::Permission;
use super::who::Relation;
use crate::kernel::Standing;
use crate::person::{PersonKind, Role};

/// How far a read reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing.
    None,
    /// What one has to do with.
    Related,
    /// Everything.
    All,
}

/// How far this role's reads reach. Anything that is not a read reaches nothing.
pub fn reach(role: Role, permission: Permission) -> Reach {
    use Permission as P;
    use Role as R;
    let staff = role.kind() == PersonKind::Staff;
    let everything = matches!(role, R::SystemAdministrator | R::Auditor | R::Director);
    match permission {
        // Everybody sees what they themselves may do.
        P::TicketRead | P::AccessRead => {
            if everything {
                Reach::All
            } else {
                Reach::Related
            }
        }
        // A client sees a ticket, but neither its inner trail nor what staff say among themselves.
        P::TimelineRead | P::ConversationReadInternal | P::TicketQualityRead => match role {
            _ if everything => Reach::All,
            _ if staff => Reach::Related,
            _ => Reach::None,
        },
        P::PersonRead | P::PersonReadContacts => {
            if staff {
                Reach::All
            } else {
                Reach::Related
            }
        }
        P::UnitRead
        | P::MacroRead
        | P::SettingsRead
        | P::ProjectionRead
        | P::CalendarRead
        | P::SlaPlanRead
        | P::RecurrenceRead
        | P::CiRead
        | P::RoleRead => {
            if staff {
                Reach::All
            } else {
                Reach::None
            }
        }
        P::SlaReportRead | P::KpiRead => {
            if role == R::Director {
                Reach::All
            } else {
                Reach::None
            }
        }
        // What a client chooses from; parts of it are for staff only, and say so.
        P::SubjectRead | P::TemplateRead | P::CustomFieldRead => {
            if staff {
                Reach::All
            } else {
                Reach::Related
            }
        }
        P::QueueRead | P::NoticeRead => Reach::Related,
        // Heads ask about their own units alone: as what is done to a unit, not as a list.
        P::SlaReportWhatIf if everything => Reach::All,
        // What programs may do is for those who give it to them, and for those who look into it.
        P::ServiceAccountRead if everything => Reach::All,
        P::EventRead | P::AccessExplain | P::AccessExport | P::DecisionLogRead => match role {
            R::SystemAdministrator | R::Auditor => Reach::All,
            R::Director | R::UnitHead | R::Agent | R::Client | R::ClientGroupLead => Reach::None,
        },
        _ => Reach::None,
    }
}

/// Whether this role may, and with what standing; none: it may not.
pub fn allows(role: Role, permission: Permission, relation: Relation) -> Option<Standing> {
    use Permission as P;
    let party = Party::of(role, relation);
    let may = match permission {
        P::TicketOpen => match role {
            Role::Client => relation.own,
            Role::ClientGroupLead => relation.own || relation.leads,
            Role::Auditor => false,
            Role::SystemAdministrator | Role::Director | Role::UnitHead | Role::Agent => true,
        },
        P::TicketStartWork => party.works || party.steers,
        P::TicketAssign | P::TicketStopWork | P::TicketResolve => {
            party.works || party.steers || party.holds
        }
        P::TicketPend
        | P::TicketResume
        | P::TicketClassify
        | P::TicketPrioritize
        | P::TicketEscalate
        | P::TicketMerge
        | P::TicketTag
        | P::TicketLink
        | P::TicketLinkItem => party.works || party.belongs || party.steers || party.holds,
        P::TicketFillField => {
            party.works || party.belongs || party.steers || party.holds || party.asks
        }
        // Who is measured does not choose by what.
        P::TicketApplyPlan => party.steers,
        // Of a unit for its heads, of all for directors; an auditor replays.
        P::SlaReportRead | P::KpiRead => party.steers,
        // Who answers for the service a unit gives, and who looks after all of them.
        P::SlaReportWhatIf => party.answers,
        // Annals itself looks at the clock, and at what sources send.
        P::TicketClockRecord
        | P::TicketQualitySample
        | P::RecurrenceSeeTo
        | P::CiLookFor
        | P::SyncSourceRecord => false,
        // Whoever asked for the work says how it was, not whoever leads them.
        P::TicketRate => role != Role::Auditor && relation.own,
        P::TicketCheckQuality | P::RecurrenceDefine => party.steers,
        P::TicketReopen => party.finished || party.asks || party.steers,
        P::TicketClose => party.asks || party.steers,
        P::TicketCancel => party.holds || party.asks || party.steers,
        P::ConversationReply | P::TicketAttach => role != Role::Auditor && sees(role, relation),
        P::ConversationNote | P::TicketWatch => {
            party.staff && role != Role::Auditor && sees(role, relation)
        }
        P::PersonChangeOwnPassword => relation.own,
        P::PersonChooseLanguage | P::PersonChangeContacts => relation.own || party.administers,
        P::PersonAppointDeputy | P::PersonDismissDeputy => {
            (party.staff && role != Role::Auditor && (relation.own || relation.heads))
                || party.administers
        }
        P::PersonCertifySkill
        | P::PersonWithdrawSkill
        | P::PersonAssignTier
        | P::UnitJoin
        | P::UnitLeave
        | P::UnitChooseRouting => party.steers || party.administers,
        P::SubjectChooseDefaults
        | P::TemplateDefine
        | P::MacroDefine
        | P::CalendarDefine
        | P::SlaPlanDefine
        | P::CiClassDefine
        | P::SyncSourceDefine
        | P::ServiceAccountManage => role == Role::Director || party.administers,
        // A database of items is right if those who work with them write down what they see.
        P::CiRegister | P::CiCorrect | P::CiRelate => party.staff && role != Role::Auditor,
        P::CiRetire | P::CiMerge | P::CiTellApart | P::BaselineManage => {
            matches!(role, Role::Director | Role::UnitHead) || party.administers
        }
        // Saving a queue is everybody's who works here; one that is there, its owner's.
        P::QueueSave => party.staff && role != Role::Auditor && (relation.own || relation.heads),
        P::PersonRegister
        | P::PersonSuspend
        | P::PersonRestore
        | P::PersonLeave
        | P::PersonChangeRole
        | P::PersonRename
        | P::PersonTakePosition
        | P::PersonChangeOrganization
        | P::PersonResetPassword
        | P::UnitCreate
        | P::UnitRename
        | P::UnitAppointHead
        | P::UnitDismissHead
        | P::UnitAppointLead
        | P::UnitClose
        | P::SubjectCreate
        | P::SubjectRename
        | P::SubjectRetire
        | P::SubjectRestore
        | P::SettingsEstablish
        | P::SettingsChange
        | P::ProjectionManage
        | P::CustomFieldDefine
        | P::AccessGrant
        | P::AccessRevoke
        | P::AccessRequest
        | P::AccessDecide
        | P::RoleDefine
        | P::SodRuleDefine
        | P::DenyRuleDefine
        | P::AccessGroupManage
        | P::AccessTemplateDefine
        | P::AssignmentRuleDefine
        | P::ResourceTypeDefine => party.administers,
        P::TicketRead
        | P::ConversationReadInternal
        | P::TimelineRead
        | P::TicketQualityRead
        | P::EventRead
        | P::ProjectionRead
        | P::PersonRead
        | P::PersonReadContacts
        | P::UnitRead
        | P::SubjectRead
        | P::SettingsRead
        | P::QueueRead
        | P::TemplateRead
        | P::MacroRead
        | P::CustomFieldRead
        | P::CalendarRead
        | P::SlaPlanRead
        | P::RecurrenceRead
        | P::CiRead
        | P::ServiceAccountRead
        | P::NoticeRead
        | P::AccessRead
        | P::AccessExplain
        | P::AccessExport
        | P::RoleRead
        | P::DecisionLogRead => {
            return reads(role, permission, relation).then_some(Standing::Ordinary);
        }
    };
    may.then_some(if party.steers { Standing::Steering } else { Standing::Ordinary })
}

/// Whether the role sees the ticket it stands to in this way.
pub fn sees(role: Role, relation: Relation) -> bool {
    reads(role, Permission::TicketRead, relation)
}

fn reads(role: Role, permission: Permission, relation: Relation) -> bool {
    match reach(role, permission) {
        Reach::All => true,
        Reach::Related => related(role, relation),
        Reach::None => false,
    }
}

/// What one has to do with: clients what is theirs or their group's, staff also what they or their
/// units work on.
fn related(role: Role, relation: Relation) -> bool {
    let theirs = relation.own || (role == Role::ClientGroupLead && relation.leads);
    let at_work = relation.assigned
        || relation.holds
        || relation.held_last
        || relation.member
        || relation.heads
        || relation.answers
        || relation.dispatches
        || relation.unplaced
        || relation.watches;
    theirs || (role.kind() == PersonKind::Staff && at_work)
}

/// The parts one can play, by role and relation.
#[derive(Debug, Clone, Copy)]
struct Party {
    /// On this side of the desk.
    staff: bool,
    /// Configures everything.
    administers: bool,
    /// B1's unit user: the author, who is named, or of the unit when it names nobody.
    works: bool,
    /// Of the unit, whoever it is given to.
    belongs: bool,
    /// Head of the unit, or a director.
    steers: bool,
    /// The same, and whoever sees everything.
    answers: bool,
    /// Has the hold.
    holds: bool,
    /// Resolved it.
    finished: bool,
    /// Author, requester, or their group lead.
    asks: bool,
}

impl Party {
    fn of(role: Role, relation: Relation) -> Self {
        let staff = role.kind() == PersonKind::Staff;
        let acts = staff && role != Role::Auditor;
        let named = relation.assigned || (relation.member && relation.unassigned);
        Self {
            staff,
            administers: role == Role::SystemAdministrator,
            works: acts && (relation.own || named || relation.dispatches),
            belongs: acts && relation.member,
            steers: acts && (relation.heads || role == Role::Director),
            answers: acts && relation.heads
                || matches!(role, Role::SystemAdministrator | Role::Auditor | Role::Director),
            holds: acts && relation.holds,
            finished: acts && relation.held_last,
            asks: role != Role::Auditor
                && (relation.own || (role == Role::ClientGroupLead && relation.leads)),
        }
    }
}
