//! What happened after the story: every kind of event that the story lacks.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::Fact;
use domain::access::model::{ClassSet, Human};
use domain::conversation::{ConversationEvent, event as conversation};
use domain::kernel::{
    AttachmentId, CommentId, DataSubject, FieldId, MacroId, PersonId, Personal, QueueId,
    TemplateId, TicketId,
};
use domain::person::{PersonEvent, Role, event as person};
use domain::settings::Language;
use domain::subject::{SubjectEvent, event as subject};
use domain::ticket::event::{Assigned, Merged, ResolvedWithTasks};
use domain::ticket::{Priority, TicketEvent, Tier};
use domain::ticket_dossier::event as dossier;
use domain::ticket_dossier::{FieldValue, LinkKind, TicketDossierEvent};
use domain::unit::{RoutingMethod, UnitEvent, event as unit};
use uuid::Uuid;

use super::catalogue::{catalogue, queues};
use super::definitions::definitions;
use super::erasures::{erasures, evidence_holds};
use super::grants::granted;
use super::items::{items, named_items};
use super::levels::levels;
use super::quality::quality;
use super::recurrences::recurrences;
use super::service_accounts::service_accounts;
use super::story::registered;
use super::{AGENT, CLIENT, SUBJECT, TICKET, UNIT, at, opened};

/// Suspended, restored, gone.
pub(crate) const LEAVER: PersonId = PersonId(Uuid::from_u128(0xa2));
/// Merged into the story's ticket.
pub(crate) const DOUBLE: TicketId = TicketId(Uuid::from_u128(0x74));
const SHARED: TicketId = TicketId(Uuid::from_u128(0x75));
pub(crate) const REPLY: CommentId = CommentId(Uuid::from_u128(0xc01));
pub(crate) const NOTE: CommentId = CommentId(Uuid::from_u128(0xc02));
pub(crate) const DOUBLE_REPLY: CommentId = CommentId(Uuid::from_u128(0xc03));
pub(crate) const FIELD: FieldId = FieldId(Uuid::from_u128(0xf1));
pub(crate) const CHOICE: FieldId = FieldId(Uuid::from_u128(0xf2));
pub(crate) const FILE: AttachmentId = AttachmentId(Uuid::from_u128(0xfa));
pub(crate) const TEMPLATE: TemplateId = TemplateId(Uuid::from_u128(0xe1));
pub(crate) const MACRO: MacroId = MacroId(Uuid::from_u128(0xe2));
pub(crate) const QUEUE: QueueId = QueueId(Uuid::from_u128(0xe3));
pub(crate) const REMOVED: QueueId = QueueId(Uuid::from_u128(0xe4));

/// The facts, in order.
pub(crate) fn desk() -> Vec<Fact> {
    [
        people(),
        organization(),
        talk(),
        dossiers(),
        catalogue(),
        queues(),
        levels(),
        quality(),
        recurrences(),
        items(),
        named_items(),
        service_accounts(),
        granted(),
        definitions(),
        erasures(),
        evidence_holds(),
    ]
    .concat()
}

/// Words of a person.
pub(crate) fn own(person: PersonId, text: &str) -> Personal<String> {
    Personal::of(DataSubject::Person(person), text.to_owned())
}

/// The day of this number in January 2027.
pub(crate) fn day(number: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2027, 1, number).unwrap()
}

fn people() -> Vec<Fact> {
    let skill = |skill: &str, level| {
        let skill = skill.to_owned();
        PersonEvent::SkillCertified(person::SkillCertified {
            skill,
            level,
            certified_until: Some(day(31)),
        })
    };
    let deputy = person::DeputyAppointed { deputy: LEAVER, from: day(2), until: day(9) };
    let agent = [
        PersonEvent::Renamed(person::Renamed { name: own(AGENT, "Zoë ÄGENT") }),
        PersonEvent::ContactsChanged(person::ContactsChanged {
            email: None,
            phone: Some(own(AGENT, "+49 30 123")),
        }),
        PersonEvent::PositionTaken(person::PositionTaken { position: Some("Engineer".to_owned()) }),
        PersonEvent::LanguageChosen(person::LanguageChosen { language: Language::De }),
        skill("network", 3),
        skill("printers", 1),
        PersonEvent::SkillWithdrawn(person::SkillWithdrawn { skill: "printers".to_owned() }),
        PersonEvent::TierAssigned(person::TierAssigned { tier: Tier(2) }),
        PersonEvent::DeputyAppointed(deputy.clone()),
        PersonEvent::DeputyDismissed(person::DeputyDismissed {}),
        PersonEvent::DeputyAppointed(deputy),
    ];
    let leaver = [
        PersonEvent::RoleChanged(person::RoleChanged { role: Role::UnitHead }),
        PersonEvent::AccountLinked(person::AccountLinked { human: Human(AGENT) }),
        PersonEvent::AccountUnlinked(person::AccountUnlinked {}),
        PersonEvent::AccountLinked(person::AccountLinked { human: Human(AGENT) }),
        PersonEvent::Suspended(person::Suspended {}),
        PersonEvent::Restored(person::Restored {}),
        PersonEvent::Left(person::Left {}),
    ];
    let moved = person::OrganizationChanged { organization: None };
    let mut facts = vec![registered(LEAVER, "leaver", Role::Agent, None)];
    facts.extend(agent.map(|event| Fact::Person(AGENT, event)));
    facts.extend(leaver.map(|event| Fact::Person(LEAVER, event)));
    facts.push(Fact::Person(CLIENT, PersonEvent::OrganizationChanged(moved)));
    facts
}

fn organization() -> Vec<Fact> {
    let units = [
        UnitEvent::Renamed(unit::Renamed { name: "Networks".to_owned() }),
        UnitEvent::RoutingChosen(unit::RoutingChosen { method: RoutingMethod::RoundRobin }),
        UnitEvent::HeadDismissed(unit::HeadDismissed { person: AGENT }),
        UnitEvent::Left(unit::Left { person: AGENT }),
        UnitEvent::BarrierDrawn(unit::BarrierDrawn { classes: ClassSet::ALL }),
        UnitEvent::BarrierLifted(unit::BarrierLifted {}),
        UnitEvent::Closed(unit::Closed {}),
    ]
    .map(|event| Fact::Unit(UNIT, event));
    let defaults = subject::DefaultsChosen {
        unit: Some(UNIT),
        priority: Some(Priority::High),
        skill: Some("network".to_owned()),
        tier: Some(Tier(2)),
        sla_plan: None,
    };
    let subjects = [
        SubjectEvent::Renamed(subject::Renamed { name: "Routers".to_owned() }),
        SubjectEvent::DefaultsChosen(defaults),
        SubjectEvent::Retired(subject::Retired {}),
        SubjectEvent::Restored(subject::Restored {}),
        SubjectEvent::Retired(subject::Retired {}),
    ]
    .map(|event| Fact::Subject(SUBJECT, event));
    units.into_iter().chain(subjects).collect()
}

fn talk() -> Vec<Fact> {
    let replied = |comment, body: &str| {
        let mentions = BTreeSet::from([AGENT]);
        let body = own(CLIENT, body);
        ConversationEvent::Replied(conversation::Replied {
            comment,
            author: CLIENT,
            body,
            mentions,
        })
    };
    let noted = ConversationEvent::Noted(conversation::Noted {
        comment: NOTE,
        author: AGENT,
        body: own(AGENT, "Почта Unplugged AGAIN"),
        mentions: BTreeSet::new(),
    });
    let given = TicketEvent::Assigned(Assigned {
        unit: Some(UNIT),
        assignees: BTreeSet::new(),
        note: Some(own(AGENT, "Same as the other")),
        routing: None,
    });
    let merged = TicketEvent::Merged(Merged { into: TICKET, closed_at: at(600) });
    vec![
        Fact::Conversation(TICKET, replied(REPLY, "It does 100%  not\nwork")),
        Fact::Conversation(TICKET, noted),
        Fact::Ticket(DOUBLE, opened("INC-11", "Dead as well")),
        Fact::Conversation(DOUBLE, replied(DOUBLE_REPLY, "Anybody there?")),
        Fact::Ticket(DOUBLE, given),
        Fact::Ticket(DOUBLE, merged),
        Fact::Ticket(SHARED, opened("INC-12", "For all of you")),
        Fact::Ticket(
            SHARED,
            TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: "done".to_owned() }),
        ),
    ]
}

fn attached(attachment: AttachmentId) -> TicketDossierEvent {
    TicketDossierEvent::Attached(dossier::Attached {
        attachment,
        name: own(CLIENT, "Screen.png"),
        media_type: "image/png".to_owned(),
        bytes: 5,
        sha256: "0f".repeat(32),
        author: CLIENT,
        internal: false,
    })
}

fn dossiers() -> Vec<Fact> {
    use TicketDossierEvent as E;
    let tag = |tag: &str| dossier::Tagged { tag: tag.to_owned() };
    let choices = FieldValue::Choices(BTreeSet::from(["a".to_owned(), "b".to_owned()]));
    let filled = |field, value| E::FieldFilled(dossier::FieldFilled { field, value });
    let mut facts = [
        E::Tagged(tag("outage")),
        E::Tagged(tag("vip")),
        E::Untagged(dossier::Untagged { tag: "vip".to_owned() }),
        E::Watched(dossier::Watched { person: CLIENT }),
        E::Watched(dossier::Watched { person: AGENT }),
        E::Unwatched(dossier::Unwatched { person: AGENT }),
        E::Linked(dossier::Linked { kind: LinkKind::Child, other: SHARED }),
        E::Linked(dossier::Linked { kind: LinkKind::Related, other: DOUBLE }),
        E::Unlinked(dossier::Unlinked { kind: LinkKind::Related, other: DOUBLE }),
        filled(FIELD, FieldValue::Text(own(CLIENT, "Room 5"))),
        filled(CHOICE, choices.clone()),
        attached(FILE),
        attached(AttachmentId(Uuid::from_u128(0xfb))),
        E::Detached(dossier::Detached { attachment: AttachmentId(Uuid::from_u128(0xfb)) }),
    ]
    .map(|event| Fact::TicketDossier(TICKET, event))
    .to_vec();
    facts.extend(
        [
            E::Linked(dossier::Linked { kind: LinkKind::Parent, other: TICKET }),
            filled(CHOICE, choices),
            E::FieldEmptied(dossier::FieldEmptied { field: CHOICE }),
        ]
        .map(|event| Fact::TicketDossier(SHARED, event)),
    );
    facts
}
