//! The ticket's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::ASSIGNEES_MAX;
use super::words::{TicketState, Verb};
use crate::kernel::text::TextFault;
use crate::kernel::{PersonId, Refusal, TicketId};

/// Why a command on a ticket is refused. The variant's name is the code: `TICKET_HELD`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "TICKET_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TicketRefusal {
    /// T1: a command other than open met no ticket.
    #[error("there is no such ticket")]
    NotFound,
    /// T1: it was opened already.
    #[error("the ticket exists already")]
    Exists,
    /// T2
    #[error("a ticket that is {state} does not allow this")]
    WrongState {
        /// The state it is in.
        state: TicketState,
    },
    /// T3, T5
    #[error("somebody else holds the ticket")]
    Held {
        /// Who.
        holder: PersonId,
    },
    /// T4, T9
    #[error("only the one who holds the ticket may do this")]
    NotHeldByActor,
    /// T6
    #[error("only a head of the unit or a director may do this in this state")]
    HeadsOnly,
    /// T7
    #[error("an assignee must be active staff of the unit")]
    AssigneeUnfit {
        /// Which one.
        person: PersonId,
    },
    /// T7
    #[error("tickets go to open departments and support units alone")]
    UnitUnfit,
    /// T7
    #[error("a ticket has at most {ASSIGNEES_MAX} assignees")]
    AssigneesTooMany,
    /// T1
    #[error("the requester is not known or not active")]
    RequesterUnknown,
    /// T14
    #[error("the subject is not known")]
    SubjectUnknown,
    /// T14
    #[error("the subject is retired")]
    SubjectRetired,
    /// T1, T14
    #[error("a task is opened for another ticket, and nothing else is")]
    KindUnfit,
    /// T20
    #[error("a ticket for each of several people has 2 to {ASSIGNEES_MAX} of them and is no task")]
    IndividualUnfit,
    /// T20
    #[error("each of its people completes a task of their own")]
    Individual,
    /// T20
    #[error("the ticket has no tasks of its people")]
    NotIndividual,
    /// T19
    #[error("the ticket was merged into another one")]
    Merged {
        /// Into which.
        into: TicketId,
    },
    /// T19
    #[error("a ticket is not merged into itself")]
    IntoItself,
    /// T19
    #[error("there is no such ticket to merge into")]
    IntoUnknown,
    /// T19
    #[error("a ticket is not merged into a closed or cancelled one")]
    IntoOver,
    /// T19
    #[error("a ticket with open children is not merged")]
    HasChildren,
    /// T15, T16
    #[error("a reason is required")]
    ReasonRequired,
    /// T11
    #[error("the time in which a closed ticket may be reopened has passed")]
    ReopenWindowPassed,
    /// T16
    #[error("a ticket is escalated one tier at a time, to tier 3 at most")]
    TierUnfit,
    /// T1, T9
    #[error("{field} {fault}")]
    TextUnfit {
        /// Which input field.
        field: &'static str,
        /// What is wrong with it.
        fault: TextFault,
    },
    /// T8
    #[error("waiting cannot end before it begins")]
    UntilPast,
    /// T8
    #[error("waiting ends within ten years")]
    UntilFar,
    /// T22
    #[error("there is no such plan")]
    PlanUnknown,
    /// T22
    #[error("only staff name the plan of a ticket")]
    PlanByStaff,
    /// T23
    #[error("the subject has no service level plan")]
    SubjectWithoutPlan,
    /// T23
    #[error("the plan says until when")]
    DeadlineByPlan,
    /// T23
    #[error("a deadline is ahead, and within ten years")]
    DeadlineUnfit,
    /// Nobody stands behind the command who could author or hold a ticket.
    #[error("a person must stand behind this command")]
    PersonRequired,
}

impl Refusal for TicketRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::TextUnfit { field, .. } => Some(field),
            Self::AssigneeUnfit { .. } | Self::AssigneesTooMany | Self::IndividualUnfit => {
                Some("assigneeIds")
            }
            Self::UnitUnfit => Some("unitId"),
            Self::RequesterUnknown => Some("requesterId"),
            Self::SubjectUnknown | Self::SubjectRetired | Self::SubjectWithoutPlan => {
                Some("subjectId")
            }
            Self::PlanUnknown | Self::PlanByStaff => Some("slaPlanId"),
            Self::DeadlineByPlan | Self::DeadlineUnfit => Some("deadlineAt"),
            Self::KindUnfit => Some("kind"),
            Self::IntoItself | Self::IntoUnknown | Self::IntoOver => Some("intoId"),
            Self::ReasonRequired => Some("reason"),
            Self::TierUnfit => Some("tier"),
            Self::UntilPast | Self::UntilFar => Some("until"),
            Self::NotFound
            | Self::Exists
            | Self::WrongState { .. }
            | Self::Held { .. }
            | Self::NotHeldByActor
            | Self::HeadsOnly
            | Self::Individual
            | Self::NotIndividual
            | Self::Merged { .. }
            | Self::HasChildren
            | Self::ReopenWindowPassed
            | Self::PersonRequired => None,
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::WrongState { state } => {
                let allowed: Vec<Verb> = <Verb as strum::IntoEnumIterator>::iter()
                    .filter(|verb| verb.is_asked_for() && verb.from_states().contains(state))
                    .collect();
                BTreeMap::from([("state", json!(state)), ("allowed", json!(allowed))])
            }
            Self::Held { holder } => BTreeMap::from([("holderId", json!(holder))]),
            Self::Merged { into } => BTreeMap::from([("intoId", json!(into))]),
            Self::AssigneeUnfit { person } => BTreeMap::from([("personId", json!(person))]),
            _ => BTreeMap::new(),
        }
    }
}
