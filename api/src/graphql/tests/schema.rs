//! The printed schema.

use std::path::Path;

use async_graphql::parser::types::TypeKind;

use super::types;
use crate::graphql::guard::connection_fields;
use crate::graphql::sdl;

/// Whether the committed file is to be written instead of compared.
#[expect(clippy::disallowed_methods, reason = "the one switch of the test run")]
fn refreshing() -> bool {
    std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1")
}

#[test]
fn the_printed_schema_is_the_committed_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/reference/schema.graphql");
    let printed = sdl();
    if refreshing() {
        std::fs::write(&path, &printed).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        printed == committed,
        "docs/reference/schema.graphql is not what the schema prints now"
    );
}

#[test]
fn everything_in_the_schema_says_what_it_is() {
    let mut silent = Vec::new();
    for definition in types() {
        let name = definition.name.node.as_str();
        let mut say = |what: String, said: bool| {
            if !said {
                silent.push(what);
            }
        };
        say(name.to_owned(), definition.description.is_some());
        match &definition.kind {
            TypeKind::Object(object) => fields(name, &object.fields, &mut say),
            TypeKind::Interface(interface) => fields(name, &interface.fields, &mut say),
            TypeKind::Enum(words) => words.values.iter().for_each(|word| {
                say(format!("{name}.{}", word.node.value.node), word.node.description.is_some());
            }),
            TypeKind::InputObject(input) => input.fields.iter().for_each(|field| {
                say(format!("{name}.{}", field.node.name.node), field.node.description.is_some());
            }),
            TypeKind::Scalar | TypeKind::Union(_) => {}
        }
    }
    assert!(silent.is_empty(), "undescribed: {silent:?}");
}

fn fields(
    of: &str,
    fields: &[async_graphql::Positioned<async_graphql::parser::types::FieldDefinition>],
    say: &mut impl FnMut(String, bool),
) {
    for field in fields {
        let name = format!("{of}.{}", field.node.name.node);
        for argument in &field.node.arguments {
            let argument = &argument.node;
            say(format!("{name}({})", argument.name.node), argument.description.is_some());
        }
        say(name, field.node.description.is_some());
    }
}

#[test]
fn every_list_that_grows_is_a_connection_known_to_the_guard() {
    let mut fields: Vec<String> = connection_fields(&sdl()).unwrap().into_iter().collect();
    fields.sort();
    assert_eq!(
        fields,
        [
            "accessExceptions",
            "accessGroups",
            "accessPolicyHistory",
            "accessRequests",
            "accessTemplates",
            "assignmentRules",
            "baselineDiff",
            "baselines",
            "calendars",
            "checkpoints",
            "children",
            "ciClasses",
            "ciFindings",
            "cis",
            "conversation",
            "customFields",
            "deadLetters",
            "decisionLog",
            "denyRules",
            "erasures",
            "events",
            "evidence",
            "evidenceHolds",
            "grantHistory",
            "grants",
            "intervals",
            "kpis",
            "lines",
            "links",
            "macros",
            "members",
            "newlyBreached",
            "newlyMet",
            "notifications",
            "people",
            "permissions",
            "qualityChecksDue",
            "queueTickets",
            "recurrences",
            "relations",
            "resourceTypes",
            "roles",
            "seniors",
            "serviceAccounts",
            "settingsHistory",
            "slaPlans",
            "sodRules",
            "subjects",
            "syncSources",
            "templates",
            "tickets",
            "timeline",
            "units",
        ]
    );
}
