//! The verbs' inputs, each ending in a command.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject, InputType};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::kernel::TicketId;
use domain::ticket::command::{
    Assign, Cancel, Classify, Close, Escalate, EscalateTo, Open, Pend, Pressing, Prioritize,
    Reopen, Resolve, Resume, StartWork, StopWork,
};
use domain::ticket::{TicketCommand, Tier};

use super::words::{Impact, PendingReason, Priority, TicketKind, Urgency};
use crate::graphql::id::{self, Identity};
use crate::graphql::payload::Common;
use crate::graphql::refusal::{ErrorCode, UserError};

/// What an input asks for.
pub(super) enum Wish {
    /// A new ticket; the number is still to be drawn.
    Open(Box<Open>),
    /// A verb on a ticket.
    On(TicketId, TicketCommand),
}

/// A wish, or what is wrong with the input.
pub(super) type Wished = Result<Wish, UserError>;

/// An input that ends in a command on a ticket.
pub(super) trait TicketInput: InputType {
    /// What it takes.
    const PERMISSION: Permission;

    /// What every input may say besides.
    fn common(&self) -> &Common;

    /// The command.
    ///
    /// # Errors
    /// Inputs that are no ids, or do not go together.
    fn into_command(self) -> Wished;
}

/// A new ticket. Its priority is either set or follows from impact and urgency; when nothing is
/// said it is NORMAL.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketOpenInput {
    /// What sort of ticket.
    #[graphql(default_with = "TicketKind::Incident")]
    kind: TicketKind,
    /// One line, at most 200 characters.
    title: String,
    /// The whole story, at most 20,000 characters.
    description: Option<String>,
    /// How pressing; not together with impact and urgency.
    priority: Option<Priority>,
    /// How much is affected; together with urgency.
    impact: Option<Impact>,
    /// How soon it hurts; together with impact.
    urgency: Option<Urgency>,
    /// What it is about.
    subject_id: Option<ID>,
    /// For whom; you when nobody else is named.
    requester_id: Option<ID>,
    /// The unit it is for.
    unit_id: Option<ID>,
    /// The people it is for.
    assignee_ids: Option<Vec<ID>>,
    /// Its name in another system, at most 100 characters, unique.
    external_ref: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// What a ticket is about, said better. What is absent stays as it is.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketClassifyInput {
    /// Which ticket.
    ticket_id: ID,
    /// What sort of ticket.
    kind: Option<TicketKind>,
    /// What it is about.
    subject_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

/// How pressing a ticket is: a priority with a reason, or impact and urgency.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketPrioritizeInput {
    /// Which ticket.
    ticket_id: ID,
    /// How pressing, by decree: needs a reason.
    priority: Option<Priority>,
    /// How much is affected; together with urgency.
    impact: Option<Impact>,
    /// How soon it hurts; together with impact.
    urgency: Option<Urgency>,
    #[graphql(flatten)]
    common: Common,
}

/// Whose a ticket is to do from now on, completely: without a unit and people it goes back to
/// dispatch.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketAssignInput {
    /// Which ticket.
    ticket_id: ID,
    /// Which unit.
    unit_id: Option<ID>,
    /// Which people; none: the whole unit.
    assignee_ids: Option<Vec<ID>>,
    /// What the next one should know, at most 20,000 characters.
    note: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// What a ticket waits for.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketPendInput {
    /// Which ticket.
    ticket_id: ID,
    /// For what.
    pending_reason: PendingReason,
    /// Until when at most.
    until: Option<DateTime<Utc>>,
    #[graphql(flatten)]
    common: Common,
}

/// How a ticket was solved.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketResolveInput {
    /// Which ticket.
    ticket_id: ID,
    /// A short word of yours, such as FIXED; at most 100 characters.
    code: String,
    /// How, at most 20,000 characters.
    solution: String,
    #[graphql(flatten)]
    common: Common,
}

/// Where a ticket goes: one tier up, or to another unit; with a reason.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketEscalateInput {
    /// Which ticket.
    ticket_id: ID,
    /// The next tier, 2 or 3; not together with a unit.
    tier: Option<i32>,
    /// The other unit; not together with a tier.
    unit_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

macro_rules! plain_verbs {
    ($($(#[$doc:meta])* $input:ident, $permission:ident, $command:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, InputObject)]
        pub(super) struct $input {
            /// Which ticket.
            ticket_id: ID,
            #[graphql(flatten)]
            common: Common,
        }

        impl TicketInput for $input {
            const PERMISSION: Permission = Permission::$permission;

            fn common(&self) -> &Common {
                &self.common
            }

            fn into_command(self) -> Wished {
                on(&self.ticket_id, $command)
            }
        }
    )+};
}

plain_verbs! {
    /// The ticket you start to work on.
    TicketStartWorkInput, TicketStartWork, TicketCommand::StartWork(StartWork { holder: None });
    /// The ticket nobody works on any longer.
    TicketStopWorkInput, TicketStopWork, TicketCommand::StopWork(StopWork {});
    /// The ticket that waits no longer.
    TicketResumeInput, TicketResume, TicketCommand::Resume(Resume {});
    /// The ticket that is not solved after all.
    TicketReopenInput, TicketReopen, TicketCommand::Reopen(Reopen {});
    /// The ticket that is over.
    TicketCloseInput, TicketClose, TicketCommand::Close(Close {});
    /// The ticket that is over without a solution.
    TicketCancelInput, TicketCancel, TicketCommand::Cancel(Cancel {});
}

impl TicketInput for TicketOpenInput {
    const PERMISSION: Permission = Permission::TicketOpen;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        Ok(Wish::Open(Box::new(Open {
            number: String::new(),
            kind: self.kind.into(),
            title: self.title,
            description: self.description,
            subject: optional("subjectId", self.subject_id.as_ref())?,
            pressing: pressing(self.priority, self.impact, self.urgency)?,
            requester: optional("requesterId", self.requester_id.as_ref())?,
            unit: optional("unitId", self.unit_id.as_ref())?,
            assignees: several("assigneeIds", self.assignee_ids.as_deref())?,
            external_ref: self.external_ref,
        })))
    }
}

impl TicketInput for TicketClassifyInput {
    const PERMISSION: Permission = Permission::TicketClassify;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let subject = optional("subjectId", self.subject_id.as_ref())?;
        let kind = self.kind.map(Into::into);
        on(&self.ticket_id, TicketCommand::Classify(Classify { kind, subject }))
    }
}

impl TicketInput for TicketPrioritizeInput {
    const PERMISSION: Permission = Permission::TicketPrioritize;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let pressing = pressing(self.priority, self.impact, self.urgency)?
            .ok_or_else(|| one_way("priority", "name a priority, or impact and urgency"))?;
        on(&self.ticket_id, TicketCommand::Prioritize(Prioritize { pressing }))
    }
}

impl TicketInput for TicketAssignInput {
    const PERMISSION: Permission = Permission::TicketAssign;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let unit = optional("unitId", self.unit_id.as_ref())?;
        let assignees = several("assigneeIds", self.assignee_ids.as_deref())?;
        on(&self.ticket_id, TicketCommand::Assign(Assign { unit, assignees, note: self.note }))
    }
}

impl TicketInput for TicketPendInput {
    const PERMISSION: Permission = Permission::TicketPend;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let pend = Pend { pending_reason: self.pending_reason.into(), until: self.until };
        on(&self.ticket_id, TicketCommand::Pend(pend))
    }
}

impl TicketInput for TicketResolveInput {
    const PERMISSION: Permission = Permission::TicketResolve;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let resolve = Resolve { code: Some(self.code), solution: Some(self.solution) };
        on(&self.ticket_id, TicketCommand::Resolve(resolve))
    }
}

impl TicketInput for TicketEscalateInput {
    const PERMISSION: Permission = Permission::TicketEscalate;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let to = match (self.tier, optional("unitId", self.unit_id.as_ref())?) {
            // What is no small number is above the highest tier, which the rule refuses.
            (Some(tier), None) => EscalateTo::Tier(Tier(u8::try_from(tier).unwrap_or(u8::MAX))),
            (None, Some(unit)) => EscalateTo::Unit(unit),
            _ => return Err(one_way("tier", "name a tier or a unit, not both")),
        };
        on(&self.ticket_id, TicketCommand::Escalate(Escalate { to }))
    }
}

fn on(ticket: &ID, command: TicketCommand) -> Wished {
    Ok(Wish::On(single("ticketId", ticket)?, command))
}

fn single<T: Identity>(field: &str, id: &ID) -> Result<T, UserError> {
    id::decode(id).map_err(|fault| UserError::bad_id(field, fault))
}

fn optional<T: Identity>(field: &str, id: Option<&ID>) -> Result<Option<T>, UserError> {
    id.map(|id| single(field, id)).transpose()
}

fn several<T: Identity + Ord>(field: &str, ids: Option<&[ID]>) -> Result<BTreeSet<T>, UserError> {
    ids.unwrap_or_default().iter().map(|id| single(field, id)).collect()
}

fn pressing(
    priority: Option<Priority>,
    impact: Option<Impact>,
    urgency: Option<Urgency>,
) -> Result<Option<Pressing>, UserError> {
    match (priority, impact, urgency) {
        (None, None, None) => Ok(None),
        (Some(priority), None, None) => Ok(Some(Pressing::Decreed(priority.into()))),
        (None, Some(impact), Some(urgency)) => {
            Ok(Some(Pressing::Judged(impact.into(), urgency.into())))
        }
        _ => Err(one_way("priority", "name a priority, or impact and urgency, not both")),
    }
}

fn one_way(field: &str, message: &str) -> UserError {
    UserError::new(ErrorCode::InvalidInput, message).at(field)
}
