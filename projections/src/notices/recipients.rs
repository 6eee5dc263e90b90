//! Who is told of an event: the rules of this module's head, each in its place. All of it is asked
//! before the event is applied.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::conversation::ConversationEvent;
use domain::kernel::{AccessRequestId, Actor, CommentId, PersonId, Source, TicketId, UnitId};
use domain::notice::NoticeKind;
use domain::sla::stopwatch::BREACH;
use domain::sla_plan::Whom;
use domain::ticket::TicketEvent;
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_quality::TicketQualityEvent;
use journal::Recorded;

use super::desk::Desk;
use super::requests::of_request;
use super::row::NoticeRow;
use super::state::Matter;
use crate::rows::{actor_of, micros};

type People = BTreeSet<PersonId>;

/// The rows of an event.
pub(super) fn notices(desk: &Desk, recorded: &Recorded) -> Vec<NoticeRow> {
    let meta = &recorded.event.meta;
    // N13
    if meta.source == Source::Import || meta.actor == Actor::Import {
        return Vec::new();
    }
    let actor_id = actor_of(meta);
    let (about, comment_id, told) = match &recorded.fact {
        Fact::Ticket(id, event) => (ticket(*id), None, of_ticket(desk, *id, event, actor_id)),
        Fact::Conversation(id, event) => {
            let (comment, told) = of_comment(desk, *id, event, actor_id);
            (ticket(*id), Some(comment), told)
        }
        Fact::TicketClock(id, event) => (ticket(*id), None, of_clocks(desk, *id, event)),
        Fact::TicketQuality(id, event) => (ticket(*id), None, of_quality(event)),
        Fact::AccessRequest(id, event) => ((None, Some(*id)), None, of_request(desk, *id, event)),
        Fact::Person(..)
        | Fact::Unit(..)
        | Fact::Subject(..)
        | Fact::Settings(_)
        | Fact::TicketDossier(..)
        | Fact::TicketItems(..)
        | Fact::CustomField(..)
        | Fact::Template(..)
        | Fact::Macro(..)
        | Fact::Queue(..)
        | Fact::Calendar(..)
        | Fact::SlaPlan(..)
        | Fact::Recurrence(..)
        | Fact::CiClass(..)
        | Fact::Ci(..)
        | Fact::SyncSource(..)
        | Fact::Baseline(..)
        | Fact::ComplianceReport(..)
        | Fact::Role(..)
        | Fact::SodRule(..)
        | Fact::DenyRule(..)
        | Fact::AccessTemplate(..)
        | Fact::ResourceType(..)
        | Fact::SubjectAccess(..)
        | Fact::AccessGroup(..)
        | Fact::AccessPolicy(..)
        | Fact::AssignmentRule(..)
        | Fact::Erasure(..)
        | Fact::EvidenceHold(..)
        | Fact::ServiceAccount(..) => return Vec::new(),
    };
    let (ticket_id, request_id) = about;
    // N11
    let heard = told.into_iter().filter(|(id, _)| Some(*id) != actor_id && desk.hears(*id));
    heard
        .map(|(recipient_id, kind)| NoticeRow {
            global_seq: recorded.global_seq,
            recipient_id,
            channel: kind.channel(),
            ticket_id,
            request_id,
            kind,
            actor_id,
            occurred_at: micros(meta.occurred_at),
            comment_id,
        })
        .collect()
}

/// What a notice is about: a ticket, and no request.
fn ticket(id: TicketId) -> (Option<TicketId>, Option<AccessRequestId>) {
    (Some(id), None)
}

fn of_ticket(
    desk: &Desk,
    id: TicketId,
    event: &TicketEvent,
    actor: Option<PersonId>,
) -> BTreeMap<PersonId, NoticeKind> {
    let ticket = desk.ticket(id);
    let (kind, mut people) = match event {
        TicketEvent::Opened(e) => {
            let target = target(desk, e.unit, &e.assignees);
            return target.into_iter().map(|id| (id, NoticeKind::TicketCreated)).collect();
        }
        // N4
        TicketEvent::Assigned(e) => {
            (NoticeKind::TicketForwarded, target(desk, e.unit, &e.assignees))
        }
        TicketEvent::Escalated(e) if e.unit != ticket.unit_id => {
            (NoticeKind::TicketForwarded, target(desk, e.unit, &People::new()))
        }
        TicketEvent::WorkStarted(_) => {
            (NoticeKind::TicketWorkStarted, concerned(desk, &ticket, actor))
        }
        TicketEvent::WorkStopped(_) => {
            (NoticeKind::TicketWorkStopped, concerned(desk, &ticket, actor))
        }
        TicketEvent::Resolved(_)
        | TicketEvent::ResolvedWithParent(_)
        | TicketEvent::ResolvedWithTasks(_) => {
            (NoticeKind::TicketResolved, concerned(desk, &ticket, actor))
        }
        TicketEvent::Reopened(_) => (NoticeKind::TicketReopened, concerned(desk, &ticket, actor)),
        TicketEvent::Closed(_) => (NoticeKind::TicketClosed, involved(&ticket)),
        TicketEvent::Cancelled(_) => (NoticeKind::TicketCancelled, involved(&ticket)),
        TicketEvent::Merged(_) => (NoticeKind::TicketMerged, involved(&ticket)),
        TicketEvent::Pended(_)
        | TicketEvent::Resumed(_)
        | TicketEvent::Classified(_)
        | TicketEvent::Prioritized(_)
        | TicketEvent::Escalated(_)
        | TicketEvent::SlaTermsRestated(_) => return BTreeMap::new(),
    };
    people.extend(watchers(desk, &ticket));
    people.into_iter().map(|id| (id, kind)).collect()
}

/// N16
fn of_quality(event: &TicketQualityEvent) -> BTreeMap<PersonId, NoticeKind> {
    match event {
        TicketQualityEvent::SurveySent(e) => [(e.requester, NoticeKind::TicketSurvey)].into(),
        TicketQualityEvent::Rated(_)
        | TicketQualityEvent::CheckDrawn(_)
        | TicketQualityEvent::Checked(_) => BTreeMap::new(),
    }
}

/// N6, N7, N8
fn of_comment(
    desk: &Desk,
    id: TicketId,
    event: &ConversationEvent,
    actor: Option<PersonId>,
) -> (CommentId, BTreeMap<PersonId, NoticeKind>) {
    let ticket = desk.ticket(id);
    let (comment, writer, mentions, internal) = match event {
        ConversationEvent::Replied(e) => (e.comment, e.author, &e.mentions, false),
        ConversationEvent::Noted(e) => (e.comment, e.author, &e.mentions, true),
    };
    let mut people = authors(&ticket);
    people.extend(&ticket.assignee_ids);
    people.extend(ticket.holder_id);
    people.extend(&ticket.commenter_ids);
    people.extend(heads_over(desk, actor));
    people.extend(watchers(desk, &ticket));
    let mut told: BTreeMap<_, _> =
        people.into_iter().map(|id| (id, NoticeKind::TicketCommented)).collect();
    told.extend(mentions.iter().map(|id| (*id, NoticeKind::TicketMentioned)));
    told.retain(|id, _| *id != writer && (!internal || desk.is_staff(*id)));
    (comment, told)
}

/// N15, N17
fn of_clocks(
    desk: &Desk,
    id: TicketId,
    event: &TicketClockEvent,
) -> BTreeMap<PersonId, NoticeKind> {
    let ticket = desk.ticket(id);
    let nobody = BTreeSet::new();
    let (kind, whom) = match event {
        TicketClockEvent::Notified(e) if e.percent < BREACH => {
            (NoticeKind::TicketDeadlineNear, &e.whom)
        }
        TicketClockEvent::Notified(e) => (NoticeKind::TicketOvertime, &e.whom),
        TicketClockEvent::DeadlineNeared(_) => (NoticeKind::TicketDeadlineNear, &nobody),
        TicketClockEvent::DeadlinePassed(_) => (NoticeKind::TicketOvertime, &nobody),
        TicketClockEvent::ThresholdReached(_) | TicketClockEvent::Breached(_) => {
            return BTreeMap::new();
        }
    };
    let mut people: People = watchers(desk, &ticket).collect();
    for whom in whom {
        people.extend(named(desk, &ticket, *whom));
    }
    people.into_iter().map(|id| (id, kind)).collect()
}

/// Whom a plan means on a ticket as it stands.
fn named(desk: &Desk, ticket: &Matter, whom: Whom) -> People {
    let unit = ticket.unit_id.or(desk.rules().dispatch_unit_id);
    match whom {
        Whom::Holder => ticket.holder_id.into_iter().collect(),
        Whom::Assignees => ticket.assignee_ids.clone(),
        Whom::Heads => {
            let unit = unit.and_then(|unit| desk.units.get(&unit.0));
            unit.map(|unit| desk.heads_of(unit)).unwrap_or_default()
        }
        Whom::Unit => unit.map(|unit| desk.staff_of(unit)).unwrap_or_default(),
    }
}

/// N1, N2, N3
fn target(desk: &Desk, unit: Option<UnitId>, assignees: &People) -> People {
    if assignees.is_empty() {
        let unit = unit.or(desk.rules().dispatch_unit_id);
        return unit.map(|unit| desk.staff_of(unit)).unwrap_or_default();
    }
    let mut people = assignees.clone();
    for unit in assignees.iter().flat_map(|id| desk.units_of(*id)) {
        people.extend(desk.heads_of(unit));
        people.extend(desk.directors_of(unit).filter(|id| desk.is_staff(*id)));
    }
    people
}

/// N5
fn concerned(desk: &Desk, ticket: &Matter, actor: Option<PersonId>) -> People {
    let mut people = authors(ticket);
    people.extend(heads_over(desk, actor));
    if desk.rules().to_assignees {
        people.extend(&ticket.assignee_ids);
    }
    people
}

/// N9
fn involved(ticket: &Matter) -> People {
    let mut people = authors(ticket);
    people.extend(&ticket.assignee_ids);
    people.extend(ticket.last_holder_id);
    people.retain(|id| Some(*id) != ticket.last_commenter_id);
    people
}

fn authors(ticket: &Matter) -> People {
    ticket.author_id.into_iter().chain(ticket.requester_id).collect()
}

fn heads_over(desk: &Desk, actor: Option<PersonId>) -> People {
    let units = actor.into_iter().flat_map(|actor| desk.units_of(actor));
    units.flat_map(|unit| desk.heads_of(unit)).collect()
}

/// N10
fn watchers<'a>(desk: &'a Desk, ticket: &'a Matter) -> impl Iterator<Item = PersonId> {
    ticket.watcher_ids.iter().copied().filter(|id| desk.is_staff(*id))
}
