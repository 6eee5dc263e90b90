//! Who gets in: every root field is asked by a stranger and by somebody with a first password.

use async_graphql::Positioned;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, InputValueDefinition, Type, TypeDefinition, TypeKind,
};
use async_graphql::{Request, Value};
use futures_util::StreamExt;
use uuid::Uuid;

use super::types;
use crate::gateway::Caller;
use crate::graphql::Visit;
use crate::graphql::schema::builder;

/// Open to strangers. Reviewed: whoever adds one says why a stranger needs it.
const OPEN: [&str; 2] = ["signIn", "tokenRefresh"];

/// Open to somebody whose password must be changed: to see that, to do it, and to leave.
const KNOWN: [&str; 5] = ["passwordChange", "signIn", "signOut", "tokenRefresh", "viewer"];

#[tokio::test]
async fn strangers_get_in_by_the_reviewed_doors_alone() {
    assert_eq!(open_doors(None, "UNAUTHENTICATED").await, OPEN);
}

#[tokio::test]
async fn a_first_password_serves_for_nothing_but_another_one() {
    let caller = Caller::system();
    assert_eq!(open_doors(Some(caller), "PASSWORD_CHANGE_REQUIRED").await, KNOWN);
}

/// The root fields that answer something else than this code.
async fn open_doors(caller: Option<Caller>, shut: &str) -> Vec<String> {
    let types = types();
    let schema = builder().finish();
    let mut open = Vec::new();
    for (root, operation) in
        [("Query", "query"), ("Mutation", "mutation"), ("Subscription", "subscription")]
    {
        let TypeKind::Object(object) = &named(&types, root).kind else { panic!("no {root}") };
        for field in &object.fields {
            let request = Request::new(format!("{operation} {{ {} }}", ask(&types, &field.node)));
            let visit = Visit {
                caller: caller.clone(),
                must_change_password: true,
                correlation_id: Uuid::nil(),
                trace_id: None,
                said: None,
            };
            // What is executed once is a stream of one answer.
            let mut answers = schema.execute_stream(request.data(visit));
            let response = answers.next().await.expect("an answer");
            let codes: Vec<&Value> = response
                .errors
                .iter()
                .filter_map(|error| error.extensions.as_ref()?.get("code"))
                .collect();
            if codes != [&Value::from(shut)] {
                open.push(field.node.name.node.to_string());
            }
        }
    }
    open.sort();
    open
}

/// A selection of the field that the library finds valid.
fn ask(types: &[TypeDefinition], field: &FieldDefinition) -> String {
    let required: Vec<String> = field
        .arguments
        .iter()
        .filter(|argument| !argument.node.ty.node.nullable)
        .map(|argument| {
            format!("{}: {}", argument.node.name.node, any(types, &argument.node.ty.node))
        })
        .collect();
    let arguments =
        if required.is_empty() { String::new() } else { format!("({})", required.join(", ")) };
    format!("{}{arguments} {{ __typename }}", field.name.node)
}

/// Any value of a type.
fn any(types: &[TypeDefinition], ty: &Type) -> String {
    let BaseType::Named(name) = &ty.base else { return "[]".to_owned() };
    match name.as_str() {
        "ID" | "String" => return "\"x\"".to_owned(),
        "Int" => return "1".to_owned(),
        "Position" => return "\"1\"".to_owned(),
        "Boolean" => return "true".to_owned(),
        "DateTime" => return "\"2031-03-01T00:00:00Z\"".to_owned(),
        "Date" => return "\"2031-03-01\"".to_owned(),
        "JSON" => return "{}".to_owned(),
        _ => {}
    }
    let definition = named(types, name);
    let one_of = definition.directives.iter().any(|it| it.node.name.node == "oneOf");
    match &definition.kind {
        TypeKind::Enum(words) => words.values[0].node.value.node.to_string(),
        TypeKind::InputObject(input) => {
            // Of those of which one is said, the first.
            let said = |(index, field): &(usize, &Positioned<InputValueDefinition>)| {
                !field.node.ty.node.nullable || (one_of && *index == 0)
            };
            let required = input.fields.iter().enumerate().filter(said).map(|(_, field)| field);
            let fields: Vec<String> = required
                .map(|field| {
                    format!("{}: {}", field.node.name.node, any(types, &field.node.ty.node))
                })
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
        other => panic!("no value of {name} is known: {other:?}"),
    }
}

fn named<'t>(types: &'t [TypeDefinition], name: &str) -> &'t TypeDefinition {
    types.iter().find(|definition| definition.name.node == name).expect("a type of the schema")
}
