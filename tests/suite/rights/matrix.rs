//! A sample of `tests/golden/permission-matrix.txt`, asked through GraphQL of the real binary: every
//! standard role, given at each sort of place, of a ticket that the one asked about has nothing to do with.

use std::collections::BTreeMap;
use std::fs;

use api::boot::App;
use api::gateway::{Caller, Request};
use domain::access::model::{AccessSubject, GrantSource, Granted, Scope, ScopePath};
use domain::access::standard::standard_roles;
use domain::kernel::{CiId, GrantId, PersonId, UnitId};
use domain::person::command::Register;
use domain::person::{PersonCommand, Role};
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::Grant;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use testbed::World;

use super::desk::{Desk, uuid_of};
use crate::desk::followed;
use crate::tidy::source::root;

const DESK: &str = "Service Desk";
const INFRASTRUCTURE: &str = "Infrastructure";

/// What is asked.
const ACTIONS: [&str; 8] = [
    "access.read",
    "conversation.note",
    "ticket.assign",
    "ticket.cancel",
    "ticket.merge",
    "ticket.prioritize",
    "ticket.read",
    "timeline.read",
];
/// How many are asked about at once.
const AT_ONCE: usize = 8;

/// By role and permission, the columns that are not denied.
type Matrix = BTreeMap<(String, String), Vec<String>>;

fn matrix() -> Matrix {
    let text = fs::read_to_string(root().join("tests/golden/permission-matrix.txt")).unwrap();
    let (mut role, mut columns) = (String::new(), Vec::new());
    let mut matrix = Matrix::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace().filter(|word| *word != "|").map(str::to_owned);
        let Some(first) = words.next() else { continue };
        if !line.starts_with(' ') {
            (role, columns) = (first, words.collect());
        } else if line.contains('|') {
            let marks = words.zip(&columns).filter(|(mark, _)| mark != ".");
            let permitted = marks.map(|(_, column)| column.clone()).collect();
            matrix.insert((role.clone(), first), permitted);
        }
    }
    matrix
}

/// Where a role is given, and by which column the ticket of the Service Desk lies to that.
fn places(desk: &Desk) -> [(&'static str, Scope); 4] {
    let unit = |name: &str| {
        let unit = UnitId(uuid_of(&desk.unit(name)));
        Scope::Node(ScopePath::of_units(&[unit]).unwrap())
    };
    [
        ("all", Scope::Everywhere),
        ("unit", unit(DESK)),
        ("beside", unit(INFRASTRUCTURE)),
        ("another", Scope::Item(CiId(uuid_of(&desk.unit(DESK))))),
    ]
}

/// Somebody who has nothing but this, besides what comes with being a client.
async fn holder(app: &App, (role, nr): (&str, usize), scope: Scope) -> Value {
    let person = PersonId(app.gateway.new_id());
    let login = format!("{}.{nr}", role.replace('_', "."));
    let register = PersonCommand::Register(Box::new(Register {
        id: person,
        login: login.clone(),
        name: login.clone(),
        email: None,
        phone: None,
        role: Role::Client,
        organization: None,
    }));
    let system = Caller::system();
    app.gateway.execute(&system, Request::new(register, person.0)).await.unwrap();
    let standard = standard_roles().iter().find(|standard| standard.key == role).unwrap();
    let subject = AccessSubject::Person(person);
    let give = SubjectAccessCommand::Grant(Box::new(Grant {
        subject,
        grant: GrantId(app.gateway.new_id()),
        what: Granted::Role(standard.definition.id),
        scope,
        from: None,
        until: None,
        source: GrantSource::Administrator,
        request: None,
        pierces: false,
        pattern: None,
    }));
    app.gateway.execute(&system, Request::new(give, subject.stream().0)).await.unwrap();
    json!(login)
}

#[tokio::test]
async fn what_the_matrix_says_of_roles_and_places_is_answered() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    let ticket = desk.open("agent1", "Of the desk").await;
    desk.assign(&ticket, Some(DESK), &["agent1"]).await;
    let app = App::open(&world.place(), None).await.unwrap();
    let mut holders = Vec::new();
    for standard in standard_roles() {
        for (nr, (column, scope)) in places(&desk).into_iter().enumerate() {
            let login = holder(&app, (&standard.key, nr), scope).await;
            holders.push((standard.key.clone(), column, login));
        }
    }
    app.close().await;
    followed(&world).await;
    let matrix = matrix();
    let (matrix, desk, ticket) = (&matrix, &desk, &ticket);
    let wrong: Vec<String> = stream::iter(holders)
        .map(|(role, column, login)| async move {
            let answers = answers(desk, &login, ticket).await;
            let told = |action: &&str| {
                let row = matrix.get(&(role.clone(), (*action).to_owned()));
                let says = |name: &str| row.is_some_and(|row| row.iter().any(|it| it == name));
                says("any") && says(column)
            };
            let expected: Vec<&str> = ACTIONS.into_iter().filter(told).collect();
            (answers != expected)
                .then(|| format!("{role}, {column}: {answers:?}, not {expected:?}"))
        })
        .buffer_unordered(AT_ONCE)
        .filter_map(|wrong| async { wrong })
        .collect()
        .await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Which of the actions somebody may do to the ticket.
async fn answers(desk: &Desk, login: &Value, ticket: &Value) -> Vec<&'static str> {
    let auditor = desk.of_login("auditor");
    let found = "query($l: String!) { people(search: $l, first: 5) { nodes { id login } } }";
    let found = auditor.data(found, json!({"l": login})).await;
    let mut people = found["people"]["nodes"].as_array().unwrap().iter();
    let person = people.find(|person| person["login"] == *login).unwrap()["id"].clone();
    let asked: String = ACTIONS
        .iter()
        .enumerate()
        .map(|(nr, action)| {
            format!(
                "a{nr}: can(subjectId: $s, action: \"{action}\", resource: {{ticketId: $t}})
                 {{ allowed }} "
            )
        })
        .collect();
    let query = format!("query($s: ID!, $t: ID!) {{ {asked} }}");
    let answers = auditor.data(&query, json!({"s": person, "t": ticket})).await;
    let allowed = |(nr, _): &(usize, &&str)| answers[format!("a{nr}")]["allowed"] == json!(true);
    ACTIONS.iter().enumerate().filter(allowed).map(|(_, action)| *action).collect()
}
