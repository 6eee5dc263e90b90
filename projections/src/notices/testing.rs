//! A small desk whose people have names, and a log that tells it.
//!
//! | Unit | People |
//! |---|---|
//! | department | dee (unit head) |
//! | network, in the department | ann, bob, ben, tom (suspended), hal (unit head), ida (appointed head), dan (director) |
//! | servers | ben, sam, sue (unit head) |
//! | desk | eve |
//!
//! kay and kim are clients.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use domain::Fact;
use domain::conversation::ConversationEvent;
use domain::conversation::event::{Noted, Replied};
use domain::kernel::{
    Actor, CommentId, DataSubject, Meta, PersonId, Personal, Source, TicketId, UnitId,
};
use domain::person::event::{Registered, Suspended};
use domain::person::{PersonEvent, Role};
use domain::ticket::event::{Assigned, Opened};
use domain::ticket::{Priority, TicketEvent, TicketKind};
use domain::unit::event::{Created, HeadAppointed, Joined};
use domain::unit::{UnitEvent, UnitKind};
use journal::Recorded;
use journal::StreamEvent;
use serde_json::Value;
use uuid::Uuid;

use super::desk::Desk;
use super::recipients::notices;
use super::row::NoticeRow;
use crate::rows::actor_of;
use crate::testing::{AGENT, at};

pub(super) const TICKET: TicketId = TicketId(Uuid::from_u128(0x77));
pub(super) const DEPARTMENT: UnitId = UnitId(Uuid::from_u128(0x1d));
pub(super) const NETWORK: UnitId = UnitId(Uuid::from_u128(0x1e));
pub(super) const SERVERS: UnitId = UnitId(Uuid::from_u128(0x1f));
pub(super) const DESK: UnitId = UnitId(Uuid::from_u128(0x20));

const CAST: [(&str, Role, &[UnitId]); 13] = [
    ("ann", Role::Agent, &[NETWORK]),
    ("bob", Role::Agent, &[NETWORK]),
    ("ben", Role::Agent, &[NETWORK, SERVERS]),
    ("tom", Role::Agent, &[NETWORK]),
    ("hal", Role::UnitHead, &[NETWORK]),
    ("ida", Role::Agent, &[NETWORK]),
    ("dan", Role::Director, &[NETWORK]),
    ("dee", Role::UnitHead, &[DEPARTMENT]),
    ("sam", Role::Agent, &[SERVERS]),
    ("sue", Role::UnitHead, &[SERVERS]),
    ("eve", Role::Agent, &[DESK]),
    ("kay", Role::Client, &[]),
    ("kim", Role::Client, &[]),
];

/// Somebody by name; ann is who acts in worlds on a database.
pub(super) fn id(name: &str) -> PersonId {
    let place = CAST.iter().position(|(known, ..)| *known == name).unwrap();
    if place == 0 { AGENT } else { PersonId(Uuid::from_u128(0xa00 + place as u128)) }
}

/// People by name, with spaces between.
pub(super) fn ids(names: &str) -> BTreeSet<PersonId> {
    names.split_whitespace().map(id).collect()
}

/// Names in the order of the alphabet.
pub(super) fn names(rows: &[NoticeRow]) -> String {
    let named = rows.iter().map(|row| {
        CAST.iter().map(|(name, ..)| *name).find(|name| id(name) == row.recipient_id).unwrap()
    });
    named.collect::<BTreeSet<_>>().into_iter().collect::<Vec<_>>().join(" ")
}

/// Everybody is known and stands where the table says.
pub(super) fn organization() -> Vec<Fact> {
    let unit = |id, name: &str, kind, parent| {
        Fact::Unit(id, UnitEvent::Created(Created { name: name.to_owned(), kind, parent }))
    };
    let mut facts = vec![
        unit(DEPARTMENT, "Department", UnitKind::Department, None),
        unit(NETWORK, "Network", UnitKind::SupportUnit, Some(DEPARTMENT)),
        unit(SERVERS, "Servers", UnitKind::SupportUnit, None),
        unit(DESK, "Desk", UnitKind::SupportUnit, None),
    ];
    for (name, role, units) in CAST {
        facts.push(registered(id(name), name, role));
        facts.extend(
            units
                .iter()
                .map(|unit| Fact::Unit(*unit, UnitEvent::Joined(Joined { person: id(name) }))),
        );
    }
    facts.extend([
        Fact::Unit(NETWORK, UnitEvent::HeadAppointed(HeadAppointed { person: id("ida") })),
        Fact::Person(id("tom"), PersonEvent::Suspended(Suspended {})),
    ]);
    facts
}

fn registered(id: PersonId, name: &str, role: Role) -> Fact {
    let registered = Registered {
        login: said(id, name),
        name: said(id, name),
        email: None,
        phone: None,
        kind: role.kind(),
        role,
        organization: None,
    };
    Fact::Person(id, PersonEvent::Registered(Box::new(registered)))
}

pub(super) fn said(by: PersonId, text: &str) -> Personal<String> {
    Personal::of(DataSubject::Person(by), text.to_owned())
}

/// kay opens it for kim.
pub(super) fn opened(unit: Option<UnitId>, assignees: &str) -> Fact {
    let opened = Opened {
        number: "INC-7".to_owned(),
        kind: TicketKind::Incident,
        title: said(id("kim"), "The line is dead"),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: id("kim"),
        author: id("kay"),
        unit,
        assignees: ids(assignees),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: None,
    };
    ticket(TicketEvent::Opened(Box::new(opened)))
}

pub(super) fn assigned(unit: Option<UnitId>, assignees: &str, note: Option<&str>) -> Fact {
    ticket(TicketEvent::Assigned(Assigned {
        unit,
        assignees: ids(assignees),
        note: note.map(|note| said(id("ann"), note)),
        routing: None,
    }))
}

pub(super) fn ticket(event: TicketEvent) -> Fact {
    Fact::Ticket(TICKET, event)
}

pub(super) const COMMENT: CommentId = CommentId(Uuid::from_u128(0xc0));

pub(super) fn reply(by: &str, mentions: &str) -> Fact {
    let (author, mentions) = (id(by), ids(mentions));
    let body = said(author, "Any news?");
    let replied = Replied { comment: COMMENT, author, body, mentions };
    Fact::Conversation(TICKET, ConversationEvent::Replied(replied))
}

pub(super) fn note(by: &str, mentions: &str) -> Fact {
    let (author, mentions) = (id(by), ids(mentions));
    let body = said(author, "Be careful.");
    let noted = Noted { comment: COMMENT, author, body, mentions };
    Fact::Conversation(TICKET, ConversationEvent::Noted(noted))
}

/// A log in memory, and what people are told of it.
#[derive(Debug, Default)]
pub(super) struct Log {
    desk: Desk,
    global_seq: i64,
}

impl Log {
    /// The organisation stands; kay opened a ticket for it like this.
    pub(super) fn with_ticket(unit: Option<UnitId>, assignees: &str) -> Self {
        let mut log = Self::default();
        log.desk(&organization());
        log.say("kay", &opened(unit, assignees));
        log
    }

    /// Nobody in particular says all this.
    pub(super) fn desk(&mut self, facts: &[Fact]) {
        for fact in facts {
            self.tell(Actor::System, Source::Process, None, fact);
        }
    }

    /// Somebody does this; who is told.
    pub(super) fn say(&mut self, by: &str, fact: &Fact) -> Vec<NoticeRow> {
        self.tell(Actor::Person(id(by)), Source::Graphql, None, fact)
    }

    /// Through any door.
    pub(super) fn tell(
        &mut self,
        actor: Actor,
        source: Source,
        on_behalf_of: Option<PersonId>,
        fact: &Fact,
    ) -> Vec<NoticeRow> {
        self.global_seq += 1;
        let meta = Meta { actor, source, on_behalf_of, ..Meta::unsaid(at(self.global_seq)) };
        self.take(&recorded(self.global_seq, fact, meta))
    }

    /// The next event of a log.
    pub(super) fn take(&mut self, recorded: &Recorded) -> Vec<NoticeRow> {
        let told = notices(&self.desk, recorded);
        self.desk.evolve(&recorded.fact, actor_of(&recorded.event.meta));
        told
    }
}

fn recorded(global_seq: i64, fact: &Fact, meta: Meta) -> Recorded {
    let (aggregate_type, event_type) = match fact {
        Fact::Ticket(_, event) => ("ticket", event.event_type()),
        Fact::Conversation(_, event) => ("conversation", event.event_type()),
        _ => ("other", String::new()),
    };
    Recorded {
        global_seq,
        event: StreamEvent {
            aggregate_type: aggregate_type.to_owned(),
            aggregate_id: fact.stream().to_string(),
            sequence: global_seq,
            event_type,
            event_version: fact.event_version(),
            payload: Value::Null,
            recorded_at: meta.occurred_at,
            meta,
        },
        fact: fact.clone(),
    }
}
