//! What the desk has set up for its work.

use std::collections::BTreeSet;

use domain::Fact;
use domain::custom_field::{CustomFieldEvent, FieldForm, event as custom_field};
use domain::macros::{MacroEvent, MacroStep, event as macros};
use domain::queue::{QueueEvent, Sharing, event as queue};
use domain::template::{Content, TemplateEvent, event as template};
use domain::ticket::TicketKind;
use serde_json::{Value, json};

use super::desk::{CHOICE, FIELD, MACRO, QUEUE, REMOVED, TEMPLATE};
use super::{AGENT, SUBJECT, UNIT};

/// Fields, a template, a macro.
pub(super) fn catalogue() -> Vec<Fact> {
    let kinds = BTreeSet::from([TicketKind::Incident]);
    let field = |name: &str, form, choices: &[&str]| custom_field::Defined {
        name: name.to_owned(),
        kinds: kinds.clone(),
        form,
        choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
        client_visible: true,
    };
    let redefined = custom_field::Redefined {
        name: "Rooms".to_owned(),
        kinds: kinds.clone(),
        choices: Vec::new(),
        client_visible: false,
    };
    let content = |title: &str| Content {
        kind: TicketKind::ServiceRequest,
        title: title.to_owned(),
        description: None,
        subject: Some(SUBJECT),
        unit: None,
        priority: None,
        tags: BTreeSet::new(),
        client_visible: true,
    };
    let (template, renewed) = (content("A chair"), content("A new chair"));
    let steps = vec![MacroStep::StartWork, MacroStep::Reply { body: "On it".to_owned() }];
    let name = || "Chair".to_owned();
    let (defined, redone) = (
        macros::Defined { name: name(), unit: Some(UNIT), steps: steps.clone() },
        macros::Redefined { name: name(), unit: None, steps },
    );
    vec![
        Fact::CustomField(FIELD, CustomFieldEvent::Defined(field("Room", FieldForm::Text, &[]))),
        Fact::CustomField(
            CHOICE,
            CustomFieldEvent::Defined(field("Floor", FieldForm::MultiSelect, &["b", "a"])),
        ),
        Fact::CustomField(FIELD, CustomFieldEvent::Redefined(redefined)),
        Fact::CustomField(FIELD, CustomFieldEvent::Retired(custom_field::Retired {})),
        Fact::Template(
            TEMPLATE,
            TemplateEvent::Defined(Box::new(template::Defined { name: name(), content: template })),
        ),
        Fact::Template(
            TEMPLATE,
            TemplateEvent::Redefined(Box::new(template::Redefined {
                name: name(),
                content: renewed,
            })),
        ),
        Fact::Template(TEMPLATE, TemplateEvent::Retired(template::Retired {})),
        Fact::Macro(MACRO, MacroEvent::Defined(defined)),
        Fact::Macro(MACRO, MacroEvent::Redefined(redone)),
        Fact::Macro(MACRO, MacroEvent::Retired(macros::Retired {})),
    ]
}

/// Saved queues.
pub(super) fn queues() -> Vec<Fact> {
    let saved = || {
        QueueEvent::Saved(Box::new(queue::Saved {
            owner: AGENT,
            unit: None,
            name: "Mine".to_owned(),
            sharing: Sharing::Private,
            filter: json!({"state": {"eq": "NEW"}}),
            order: json!([]),
            columns: vec!["number".to_owned()],
        }))
    };
    let shared = QueueEvent::Rearranged(Box::new(queue::Rearranged {
        unit: Some(UNIT),
        name: "Ours".to_owned(),
        sharing: Sharing::Unit,
        filter: Value::Null,
        order: json!([{"field": "PRIORITY"}]),
        columns: vec!["number".to_owned(), "title".to_owned()],
    }));
    vec![
        Fact::Queue(QUEUE, saved()),
        Fact::Queue(REMOVED, saved()),
        Fact::Queue(QUEUE, shared),
        Fact::Queue(REMOVED, QueueEvent::Removed(queue::Removed {})),
    ]
}
