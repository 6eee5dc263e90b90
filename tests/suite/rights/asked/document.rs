//! For every root field documents that the schema takes, with ids of things that are not there: before
//! anybody is told so, the guard is asked. Of what is looked for before that, something is there.

use std::collections::BTreeMap;

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use testbed::DEMO_PASSWORD;

const ROOTS: [(&str, &str); 3] =
    [("Query", "query"), ("Mutation", "mutation"), ("Subscription", "subscription")];

/// What ids are of, where their name says it.
const NAMED: [(&str, &str); 48] = [
    ("accessGroupId", "AccessGroup"),
    ("accessTemplateId", "AccessTemplate"),
    ("actingForId", "Person"),
    ("asOfBaseline", "Baseline"),
    ("assignmentRuleId", "AssignmentRule"),
    ("attachmentId", "Attachment"),
    ("baselineId", "Baseline"),
    ("beneficiaryId", "Person"),
    ("calendarId", "Calendar"),
    ("ciId", "Ci"),
    ("ciIds", "Ci"),
    ("customFieldId", "CustomField"),
    ("deadLetterId", "DeadLetter"),
    ("denyRuleId", "DenyRule"),
    ("deputyId", "Person"),
    ("erasureId", "Erasure"),
    ("evidenceHoldId", "EvidenceHold"),
    ("exceptionId", "AccessException"),
    ("fieldId", "CustomField"),
    ("grantId", "AccessGrant"),
    ("grantIds", "AccessGrant"),
    ("groupId", "AccessGroup"),
    ("humanId", "Person"),
    ("macroId", "Macro"),
    ("memberId", "Person"),
    ("organizationId", "Unit"),
    ("ownerId", "Person"),
    ("parentId", "Ticket"),
    ("personId", "Person"),
    ("planId", "SlaPlan"),
    ("queueId", "Queue"),
    ("recurrenceId", "Recurrence"),
    ("requestId", "AccessRequest"),
    ("requesterId", "Person"),
    ("resourceTypeId", "ResourceType"),
    ("roleId", "AccessRole"),
    ("roleIds", "AccessRole"),
    ("seatId", "Person"),
    ("serviceAccountId", "ServiceAccount"),
    ("serviceId", "Ci"),
    ("sessionId", "Session"),
    ("slaPlanId", "SlaPlan"),
    ("sodRuleId", "SodRule"),
    ("syncSourceId", "SyncSource"),
    ("ticketId", "Ticket"),
    ("tokenId", "ServiceToken"),
    ("unitId", "Unit"),
    ("unitIds", "Unit"),
];

/// What the others may be of: each is tried.
const KINDS: [&str; 16] = [
    "Ticket",
    "Person",
    "Unit",
    "Subject",
    "Ci",
    "Template",
    "AccessTemplate",
    "AccessRole",
    "AccessGroup",
    "AccessRequest",
    "AccessGrant",
    "AssignmentRule",
    "Job",
    "ServiceAccount",
    "ResourceType",
    "Baseline",
];

/// Texts that are not taken as they come.
const TEXTS: [(&str, &str); 15] = [
    ("actions", "kpi.read"),
    ("at", "08:00"),
    ("ciClass", "Server"),
    ("class", "Server"),
    ("closes", "17:00"),
    ("currentPassword", DEMO_PASSWORD),
    ("from", "08:00"),
    ("key", "MY_WORK"),
    ("minUp", "1"),
    ("newPassword", "another of nineteen letters"),
    ("opens", "08:00"),
    ("rrule", "FREQ=DAILY"),
    ("tag", "seen"),
    ("until", "17:00"),
    ("zone", "Europe/Berlin"),
];

/// What every command takes: it says nothing of what is done.
const OF_EVERY_COMMAND: [&str; 4] =
    ["clientMutationId", "expectedVersion", "idempotencyKey", "reason"];

/// Arguments of fields that ask for nothing with what has to be said and one thing besides, or with
/// nothing that is there.
const BY_HAND: [(&str, &str); 8] = [
    ("applyAccessTemplate", r#"input: {subjectId: "$Person", templateId: "$AccessTemplate"}"#),
    ("grant", r#"id: "$AccessGrant""#),
    (
        "slaWhatIf",
        r#"input: {from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z",
            plan: {targets: [{priority: LOW, deadlineSeconds: 60}]}}"#,
    ),
    (
        "ticketCheckQuality",
        r#"input: {ticketId: "$Ticket", answers: [{question: "x", passed: true}]}"#,
    ),
    ("ticketApplyMacro", r#"input: {ticketId: "$Ticket", macroId: "$Macro"}"#),
    ("ticketOpen", r#"input: {kind: INCIDENT, title: "x"}"#),
    ("ticketOpenMany", r#"input: {items: [{kind: INCIDENT, title: "x"}]}"#),
    ("ticketPrioritizeMany", r#"input: {items: [{ticketId: "$Ticket", priority: LOW}]}"#),
];

/// In the place of an id whose name does not say of what it is.
const OF_ANYTHING: &str = "$ID";

/// What the schema takes.
pub(super) struct Documents {
    types: BTreeMap<String, TypeDefinition>,
    /// Ids of what is there, by what they are of: what is written by hand names it.
    there: BTreeMap<&'static str, String>,
}

impl Documents {
    pub(super) fn of(sdl: &str, there: BTreeMap<&'static str, String>) -> Self {
        let definitions = parse_schema(sdl).unwrap().definitions.into_iter();
        let types = definitions.filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => Some(definition.node),
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
        });
        let named = types.map(|definition| (definition.name.node.to_string(), definition));
        Self { types: named.collect(), there }
    }

    /// Every root field, and the documents by which it is tried.
    pub(super) fn all(&self) -> Vec<(String, Vec<String>)> {
        let roots = ROOTS.iter().flat_map(|(root, operation)| {
            let TypeKind::Object(object) = &self.types[*root].kind else { panic!("no {root}") };
            object.fields.iter().map(move |field| {
                let name = format!("{operation} {}", field.node.name.node);
                (name, self.attempts(operation, &field.node))
            })
        });
        roots.collect()
    }

    /// With what has to be said alone, and with each thing besides that may be.
    fn attempts(&self, operation: &str, field: &FieldDefinition) -> Vec<String> {
        let name = field.name.node.as_str();
        let arguments: Vec<_> = field.arguments.iter().map(|argument| &argument.node).collect();
        let by_hand = BY_HAND.iter().filter(|(of, _)| *of == name);
        let lists = self.choices(&arguments).into_iter();
        let lists = lists.chain(by_hand.map(|(_, said)| (*said).to_owned()));
        lists.flat_map(|list| self.documents(operation, name, &list)).collect()
    }

    /// What is said of these: all that has to be, and at most one thing more, also within what a
    /// command is told.
    fn choices(&self, all: &[&InputValueDefinition]) -> Vec<String> {
        let (needed, more): (Vec<_>, Vec<_>) = all.iter().copied().partition(|it| is_needed(it));
        let said = |it: &InputValueDefinition| self.said(it);
        let must: Vec<String> = needed.iter().copied().map(said).collect();
        let more = more.into_iter().filter(|it| !OF_EVERY_COMMAND.contains(&it.name.node.as_str()));
        let besides = more.map(|it| must.iter().cloned().chain([said(it)]).collect());
        let mut choices: Vec<Vec<String>> = std::iter::once(must.clone()).chain(besides).collect();
        if let [input] = &needed[..]
            && input.name.node == "input"
            && let TypeKind::InputObject(fields) = &self.types[named(&input.ty.node)].kind
        {
            let fields: Vec<_> = fields.fields.iter().map(|field| &field.node).collect();
            let within = self.choices(&fields).into_iter().skip(1);
            choices.extend(within.map(|said| vec![format!("input: {{ {said} }}")]));
        }
        choices.into_iter().map(|said| said.join(", ")).collect()
    }

    fn said(&self, argument: &InputValueDefinition) -> String {
        let name = &argument.name.node;
        format!("{name}: {}", self.any(name, &argument.ty.node))
    }

    /// With ids for what stands in their places, of each kind where it may be of any.
    fn documents(&self, operation: &str, field: &str, arguments: &str) -> Vec<String> {
        let list = if arguments.is_empty() { String::new() } else { format!("({arguments})") };
        let text = format!("{operation} {{ {field}{list} {{ __typename }} }}");
        let known =
            |text: String, (kind, id): (&&str, &String)| text.replace(&format!("${kind}"), id);
        let text = self.there.iter().fold(text, known);
        match text.contains(OF_ANYTHING) {
            true => KINDS.map(|kind| text.replace(OF_ANYTHING, &absent(kind))).into(),
            false => vec![text],
        }
    }

    /// Any value of a type, in a place of this name.
    fn any(&self, name: &str, ty: &Type) -> String {
        let of = match &ty.base {
            BaseType::List(inner) => return format!("[{}]", self.any(name, inner)),
            BaseType::Named(of) => of.as_str(),
        };
        let chosen = |from: &[(&str, &str)]| {
            from.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        match of {
            "ID" => {
                let id =
                    chosen(&NAMED).map_or_else(|| OF_ANYTHING.to_owned(), |kind| absent(&kind));
                return format!("\"{id}\"");
            }
            "String" => {
                return format!("\"{}\"", chosen(&TEXTS).unwrap_or_else(|| "x".to_owned()));
            }
            "Int" => return "1".to_owned(),
            "Position" => return "\"1\"".to_owned(),
            "Boolean" => return "true".to_owned(),
            "DateTime" => return "\"2031-03-01T00:00:00Z\"".to_owned(),
            "Date" => return "\"2031-03-01\"".to_owned(),
            "JSON" => return "{}".to_owned(),
            _ => {}
        }
        let definition = &self.types[of];
        let one_of = definition.directives.iter().any(|it| it.node.name.node == "oneOf");
        match &definition.kind {
            TypeKind::Enum(words) => words.values[0].node.value.node.to_string(),
            TypeKind::InputObject(input) => {
                let mut fields = input.fields.iter().map(|field| &field.node);
                // Of those of which one is said, the first that is none of the same.
                let said: Vec<String> = match one_of {
                    true => fields
                        .find(|it| named(&it.ty.node) != of)
                        .map(|it| self.said(it))
                        .into_iter()
                        .collect(),
                    false => fields.filter(|it| is_needed(it)).map(|it| self.said(it)).collect(),
                };
                format!("{{ {} }}", said.join(", "))
            }
            TypeKind::Scalar => "1".to_owned(),
            other => panic!("no value of {of} is known: {other:?}"),
        }
    }
}

/// Of what has an owner, the id says who that is.
const OWNED: [&str; 2] = ["AccessException", "AccessGrant"];
const NOBODY: &str = "01900000-0000-7000-8000-000000000001";

/// The id of something of this kind that is not there.
fn absent(kind: &str) -> String {
    let owner = if OWNED.contains(&kind) { format!("person:{NOBODY}:") } else { String::new() };
    URL_SAFE_NO_PAD.encode(format!("{kind}:{owner}{NOBODY}"))
}

fn is_needed(argument: &InputValueDefinition) -> bool {
    !argument.ty.node.nullable && argument.default_value.is_none()
}

fn named(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(inner) => named(inner),
    }
}
