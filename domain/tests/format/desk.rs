//! One event of each kind of the desk's work besides tickets: conversations, dossiers, custom
//! fields, templates, macros, queues.

use domain::conversation::ConversationEvent;
use domain::conversation::event::{Noted, Replied};
use domain::custom_field::{CustomFieldEvent, FieldForm, event as field};
use domain::kernel::{AttachmentId, CommentId, FieldId};
use domain::macros::{MacroEvent, MacroStep, event as macros};
use domain::queue::event::{Rearranged, Removed, Saved};
use domain::queue::{QueueEvent, Sharing};
use domain::template::{Content, TemplateEvent, event as template};
use domain::ticket::{PendingReason, Priority, TicketKind};
use domain::ticket_dossier::event::{
    Attached, Detached, FieldEmptied, FieldFilled, Linked, Tagged, Unlinked, Untagged, Unwatched,
    Watched,
};
use domain::ticket_dossier::{FieldValue, LinkKind, TicketDossierEvent};
use serde_json::json;
use uuid::Uuid;

use super::samples::{PARENT, PERSON, SUBJECT, UNIT, sealed};

const COMMENT: CommentId = CommentId(Uuid::from_u128(0xe));
const FIELD: FieldId = FieldId(Uuid::from_u128(0xf));
const ATTACHMENT: AttachmentId = AttachmentId(Uuid::from_u128(0x10));

pub(crate) fn conversations() -> [ConversationEvent; 2] {
    let (body, mentions) = (sealed("body"), [PERSON].into());
    let replied = Replied { comment: COMMENT, author: PERSON, body, mentions };
    let Replied { comment, author, body, mentions } = replied.clone();
    [
        ConversationEvent::Replied(replied),
        ConversationEvent::Noted(Noted { comment, author, body, mentions }),
    ]
}

pub(crate) fn dossiers() -> [TicketDossierEvent; 10] {
    let tag = || "vpn".to_owned();
    let value = FieldValue::Text(sealed("value"));
    let attached = Attached {
        attachment: ATTACHMENT,
        name: sealed("name"),
        media_type: "image/png".to_owned(),
        bytes: 2_097_152,
        sha256: "0f".repeat(32),
        author: PERSON,
        internal: true,
    };
    [
        TicketDossierEvent::Tagged(Tagged { tag: tag() }),
        TicketDossierEvent::Untagged(Untagged { tag: tag() }),
        TicketDossierEvent::Watched(Watched { person: PERSON }),
        TicketDossierEvent::Unwatched(Unwatched { person: PERSON }),
        TicketDossierEvent::Linked(Linked { kind: LinkKind::Parent, other: PARENT }),
        TicketDossierEvent::Unlinked(Unlinked { kind: LinkKind::DuplicatedBy, other: PARENT }),
        TicketDossierEvent::FieldFilled(FieldFilled { field: FIELD, value }),
        TicketDossierEvent::FieldEmptied(FieldEmptied { field: FIELD }),
        TicketDossierEvent::Attached(attached),
        TicketDossierEvent::Detached(Detached { attachment: ATTACHMENT }),
    ]
}

pub(crate) fn custom_fields() -> [CustomFieldEvent; 3] {
    let kinds = [TicketKind::Incident, TicketKind::Task].into();
    let defined = field::Defined {
        name: "Colour".to_owned(),
        kinds,
        form: FieldForm::MultiSelect,
        choices: vec!["Red".to_owned(), "Blue".to_owned()],
        client_visible: true,
    };
    let field::Defined { name, kinds, choices, client_visible, .. } = defined.clone();
    let redefined = field::Redefined { name, kinds, choices, client_visible };
    [
        CustomFieldEvent::Defined(defined),
        CustomFieldEvent::Redefined(redefined),
        CustomFieldEvent::Retired(field::Retired {}),
    ]
}

pub(crate) fn templates() -> [TemplateEvent; 3] {
    let name = || "Laptop".to_owned();
    let content = Content {
        kind: TicketKind::ServiceRequest,
        title: "A new laptop".to_owned(),
        description: Some("For whom?".to_owned()),
        subject: Some(SUBJECT),
        unit: Some(UNIT),
        priority: Some(Priority::Low),
        tags: ["laptop".to_owned()].into(),
        client_visible: true,
    };
    let defined = template::Defined { name: name(), content: content.clone() };
    [
        TemplateEvent::Defined(Box::new(defined)),
        TemplateEvent::Redefined(Box::new(template::Redefined { name: name(), content })),
        TemplateEvent::Retired(template::Retired {}),
    ]
}

pub(crate) fn macros() -> [MacroEvent; 3] {
    let name = || "Take up".to_owned();
    let defined = macros::Defined { name: name(), unit: Some(UNIT), steps: steps() };
    [
        MacroEvent::Defined(defined),
        MacroEvent::Redefined(macros::Redefined { name: name(), unit: None, steps: steps() }),
        MacroEvent::Retired(macros::Retired {}),
    ]
}

fn steps() -> Vec<MacroStep> {
    let (text, tag) = (|| "Try again".to_owned(), || "vpn".to_owned());
    vec![
        MacroStep::StartWork,
        MacroStep::StopWork,
        MacroStep::Assign { unit: Some(UNIT) },
        MacroStep::Assign { unit: None },
        MacroStep::Prioritize { priority: Priority::Low },
        MacroStep::Pend { pending_reason: PendingReason::Caller },
        MacroStep::Resume,
        MacroStep::Resolve { code: "FIXED".to_owned(), solution: text() },
        MacroStep::Reply { body: text() },
        MacroStep::Note { body: text() },
        MacroStep::Tag { tag: tag() },
        MacroStep::Untag { tag: tag() },
    ]
}

pub(crate) fn queues() -> [QueueEvent; 3] {
    let saved = Saved {
        owner: PERSON,
        unit: Some(UNIT),
        name: "Urgent".to_owned(),
        sharing: Sharing::Unit,
        filter: json!({"priority": {"in": ["CRITICAL"]}}),
        order: json!([{"by": "OPENED_AT"}]),
        columns: vec!["number".to_owned(), "title".to_owned()],
    };
    let Saved { unit, name, sharing, filter, order, columns, .. } = saved.clone();
    let rearranged = Rearranged { unit, name, sharing, filter, order, columns };
    [
        QueueEvent::Saved(Box::new(saved)),
        QueueEvent::Rearranged(Box::new(rearranged)),
        QueueEvent::Removed(Removed {}),
    ]
}
