//! What somebody may do to a ticket now: rights, life cycle and hold in one answer.
//!
//! The same decisions the guard asks for, and the same life cycle the commands obey; so what is offered
//! is what works, given well-formed input.

use chrono::{DateTime, TimeDelta, Utc};

use super::decide::{ObjectView, World};
use super::model::RelationName;
use super::permission::Permission;
use crate::kernel::Standing;
use crate::kernel::words::words;
use crate::settings::Policy;
use crate::ticket::{TicketState, Verb};

words! {
    /// What can be done to a ticket, in its life, its conversation and its dossier.
    TicketAction {
        /// Give it to a unit, to people, or back to dispatch.
        Assign,
        /// Take the hold.
        StartWork,
        /// Give the hold up, or break another's.
        StopWork,
        /// Let it wait.
        Pend,
        /// End the waiting.
        Resume,
        /// Say how it was solved.
        Resolve,
        /// Take it up again.
        Reopen,
        /// Confirm that it is solved.
        Close,
        /// End it without a solution.
        Cancel,
        /// Say better what it is about.
        Classify,
        /// Say better how pressing it is.
        Prioritize,
        /// Measure it by another plan.
        ApplyPlan,
        /// Lift it a tier, or to another unit.
        Escalate,
        /// Let another ticket go on in its place.
        Merge,
        /// Say something to everybody who sees it.
        Reply,
        /// Say something among staff.
        Note,
        /// Put it under a word.
        Tag,
        /// Hear of it.
        Watch,
        /// Say what it has to do with another ticket.
        Link,
        /// Name an item that it is about.
        LinkItem,
        /// Fill a custom field.
        FillField,
        /// Attach a file.
        Attach,
    }
}

/// Of a ticket, what the life cycle depends on.
#[derive(Debug, Clone, Copy)]
pub struct Standpoint {
    /// Where in its life it is.
    pub state: TicketState,
    /// Whether somebody holds it.
    pub held: bool,
    /// Whether each assignee completes a task of their own.
    pub individual: bool,
    /// Whether another ticket goes on in its place.
    pub merged: bool,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
}

/// What the subject of this world may do to this ticket now; in the order of the words.
pub fn allowed_actions(
    (world, ticket): (&World, &ObjectView),
    at: &Standpoint,
    (policy, now): (&Policy, DateTime<Utc>),
) -> Vec<TicketAction> {
    use strum::IntoEnumIterator;
    let holds = ticket.relation.contains(RelationName::Holds);
    let open = |action: &TicketAction| {
        let may = world.permits(action.permission(), ticket, now);
        let fits = |standing| possible(*action, at, (standing, holds));
        may.is_some_and(fits) && in_time(*action, at, policy, now)
    };
    TicketAction::iter().filter(open).collect()
}

fn possible(action: TicketAction, at: &Standpoint, by: (Standing, bool)) -> bool {
    let (standing, holds) = by;
    if at.merged && action != TicketAction::Watch {
        return false;
    }
    let over = at.state.is_over();
    let Some(verb) = action.verb() else {
        // Comments go on for ever; what is over is not described any more, but can be pointed at.
        let describes = [
            TicketAction::Tag,
            TicketAction::LinkItem,
            TicketAction::FillField,
            TicketAction::Attach,
        ];
        return !over || !describes.contains(&action);
    };
    if !verb.from_states().contains(&at.state) {
        return false;
    }
    let steering = standing == Standing::Steering;
    let free = !at.held || holds;
    match action {
        TicketAction::StartWork => !at.individual && !at.held,
        TicketAction::Resolve => !at.individual && holds,
        TicketAction::StopWork => holds || steering,
        TicketAction::Assign => {
            !at.individual && free && (steering || at.state != TicketState::Resolved)
        }
        TicketAction::Reopen | TicketAction::Close => true,
        _ => free || steering,
    }
}

/// A closed ticket reopens within the deployment's window only.
fn in_time(action: TicketAction, at: &Standpoint, policy: &Policy, now: DateTime<Utc>) -> bool {
    if action != TicketAction::Reopen || at.state != TicketState::Closed {
        return true;
    }
    let window = TimeDelta::days(policy.reopen_after_close_days.into());
    at.closed_at.is_some_and(|closed| (now - closed).max(TimeDelta::zero()) < window)
}

impl TicketAction {
    /// Its permission.
    pub fn permission(self) -> Permission {
        use Permission as P;
        match self {
            Self::Assign => P::TicketAssign,
            Self::StartWork => P::TicketStartWork,
            Self::StopWork => P::TicketStopWork,
            Self::Pend => P::TicketPend,
            Self::Resume => P::TicketResume,
            Self::Resolve => P::TicketResolve,
            Self::Reopen => P::TicketReopen,
            Self::Close => P::TicketClose,
            Self::Cancel => P::TicketCancel,
            Self::Classify => P::TicketClassify,
            Self::Prioritize => P::TicketPrioritize,
            Self::ApplyPlan => P::TicketApplyPlan,
            Self::Escalate => P::TicketEscalate,
            Self::Merge => P::TicketMerge,
            Self::Reply => P::ConversationReply,
            Self::Note => P::ConversationNote,
            Self::Tag => P::TicketTag,
            Self::Watch => P::TicketWatch,
            Self::Link => P::TicketLink,
            Self::LinkItem => P::TicketLinkItem,
            Self::FillField => P::TicketFillField,
            Self::Attach => P::TicketAttach,
        }
    }

    /// Its row of the life cycle table, if its life is what it changes.
    fn verb(self) -> Option<Verb> {
        Some(match self {
            Self::Assign => Verb::Assign,
            Self::StartWork => Verb::StartWork,
            Self::StopWork => Verb::StopWork,
            Self::Pend => Verb::Pend,
            Self::Resume => Verb::Resume,
            Self::Resolve => Verb::Resolve,
            Self::Reopen => Verb::Reopen,
            Self::Close => Verb::Close,
            Self::Cancel => Verb::Cancel,
            Self::Classify => Verb::Classify,
            Self::Prioritize => Verb::Prioritize,
            Self::ApplyPlan => Verb::ApplyPlan,
            Self::Escalate => Verb::Escalate,
            Self::Merge => Verb::Merge,
            Self::Reply
            | Self::Note
            | Self::Tag
            | Self::Watch
            | Self::Link
            | Self::LinkItem
            | Self::FillField
            | Self::Attach => return None,
        })
    }
}
