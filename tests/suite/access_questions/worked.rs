//! The worked cases of the reference, through GraphQL. Questions are asked of the resources of another
//! system, whose types, roles and rules are those of the reference; what is done is done.
//!
//! 22 asks of what was lent after the lender lost it, 30 of somebody suspended, whose grants stay as they
//! are. 32: decisions look at the ticket itself and never at its view, so that nothing is waited for; what
//! is read from a view that is behind a position named by the reader is not read at all.

use std::collections::{BTreeMap, BTreeSet};

use api::boot::App;
use cqrs_es::DomainEvent;
use domain::access::model::{AccessSubject, GrantSource, Lifted, Scope, ScopePath};
use domain::deny_rule::DenyRuleEvent;
use domain::kernel::{DenyRuleId, ExceptionId, GrantId, Meta, PersonId, UnitId};
use domain::resource_type::ResourceTypeEvent;
use domain::role::RoleEvent;
use domain::sod_rule::SodRuleEvent;
use domain::subject_access::event::{Excepted, GrantMade, Revoked};
use domain::subject_access::{SubjectAccess, SubjectAccessEvent};
use journal::{Append, NewEvent, StreamAppend};
use serde_json::{Value, json};
use sqlx::Row as _;
use testbed::{Client, DEMO_PASSWORD, World};
use uuid::Uuid;

use super::cases::{Case, Given, PROGRAM, Row, case, cases, has};
use super::deeds::Deeds;
use super::rules::{apart, denies, duties, roles, types};
use crate::desk::{Desk, accepted, mutate_noun, own_id};

const CAN: &str = "query($s: ID!, $a: String!, $r: AccessResourceInput, $f: [String!],
    $c: AccessCircumstancesInput, $t: DateTime) {
    can(subjectId: $s, action: $a, resource: $r, fields: $f, circumstances: $c, instant: $t) {
        allowed reason gate denyRule { name } sodRule { name } grants { role { name } }
        fields { masked } faults { message grant { id } } } }";

/// The identity of what is called so.
pub(super) fn id(name: &str) -> Uuid {
    let bytes = name.bytes().fold(0_u128, |number, byte| (number << 8) | u128::from(byte));
    Uuid::from_u128(0xacce_5500_0000_7000_8000_0000_0000_0000 ^ bytes)
}

/// That day, at this time.
fn at(time: &str) -> chrono::DateTime<chrono::Utc> {
    format!("2030-01-15T{time}Z").parse().unwrap()
}

pub(super) fn event<E: DomainEvent>(event: &E) -> NewEvent {
    NewEvent {
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: json!(event),
        meta: Meta { command_id: Uuid::from_u128(1), ..Meta::unsaid(at("06:00:00")) },
    }
}

pub(super) async fn append(
    app: &App,
    aggregate_type: &'static str,
    stream: Uuid,
    expected: i64,
    events: Vec<NewEvent>,
) {
    let stream = StreamAppend { aggregate_type, aggregate_id: stream, expected, events };
    let append = Append { streams: vec![stream], ..Append::default() };
    app.gateway.journal().append(&append).await.unwrap();
}

async fn define(app: &App) {
    for role in roles() {
        let defined = event(&RoleEvent::Defined(Box::new(role.clone())));
        append(app, "role", role.id.0, 0, vec![defined]).await;
    }
    for kind in types() {
        let stream = id(&kind.name);
        append(app, "resource_type", stream, 0, vec![event(&ResourceTypeEvent::Defined(kind))])
            .await;
    }
    for (name, rule) in denies() {
        let defined = event(&DenyRuleEvent::Defined(Box::new(rule)));
        append(app, "deny_rule", id(name), 0, vec![defined]).await;
    }
    let defined = event(&SodRuleEvent::Defined(Box::new(duties())));
    append(app, "sod_rule", id("DS1"), 0, vec![defined]).await;
}

/// Who and what there is, by the names of the cases: as GraphQL names it, and as events do.
pub(super) struct Known {
    pub(super) global: BTreeMap<String, Value>,
    pub(super) plain: BTreeMap<String, Uuid>,
}

impl Known {
    fn scope(&self, unit: Option<&str>) -> Scope {
        let units = match unit {
            None => return Scope::Everywhere,
            Some("sd") => vec!["emea", "sd"],
            Some(unit) => vec![unit],
        };
        let units: Vec<UnitId> = units.iter().map(|unit| UnitId(self.plain[*unit])).collect();
        Scope::Node(ScopePath::of_units(&units).unwrap())
    }

    async fn give(&self, app: &App, name: &str, case: &Case) {
        let stream = self.plain[name];
        let version = app.gateway.journal().load::<SubjectAccess>(stream).await.unwrap().version;
        let mut events = Vec::new();
        if version == 0 {
            let subject = AccessSubject::Service(domain::kernel::ServiceAccountId(stream));
            let opened = domain::subject_access::event::Opened { subject };
            events.push(event(&SubjectAccessEvent::Opened(opened)));
        }
        for (number, given) in case.grants.iter().enumerate() {
            let grant = GrantId(id(&format!("{name}{number}")));
            let made = GrantMade {
                grant,
                what: given.what.clone(),
                scope: self.scope(given.unit),
                from: at(given.from),
                until: given.until.map(at),
                source: GrantSource::Administrator,
                request: None,
                delegated_by: given.delegated.then(|| PersonId(self.plain["ann"])),
                pierces: given.pierces,
                pattern: None,
            };
            events.push(event(&SubjectAccessEvent::Granted(Box::new(made))));
            if given.revoked {
                events.push(event(&SubjectAccessEvent::Revoked(Revoked { grant })));
            }
        }
        if let Some(rule) = case.lifted {
            events.push(event(&SubjectAccessEvent::Excepted(Box::new(Excepted {
                exception: ExceptionId(id(&format!("{name}x"))),
                lifts: Lifted::Deny(DenyRuleId(id(rule))),
                owner: PersonId(self.plain["ann"]),
                control: "Somebody looks".to_owned(),
                from: at("06:00:00"),
                until: at("20:00:00"),
                request: None,
            }))));
        }
        append(app, "subject_access", stream, version, events).await;
    }

    async fn answer(&self, client: &Client, name: &str, asked: &Value) -> String {
        let human = |who: &Value| match who.as_str().unwrap() {
            "own" => self.global[name].clone(),
            other => self.global[other].clone(),
        };
        let action = format!("worked:{}", asked["a"].as_str().unwrap());
        let kind = asked["a"].as_str().unwrap().split('.').next().unwrap();
        let mut object = json!({"system": "worked", "type": kind, "id": "1",
            "unitId": self.global[asked["unit"].as_str().unwrap()]});
        let more = asked["object"].as_object().unwrap().clone();
        object.as_object_mut().unwrap().extend(more);
        if let Some(done) = object.get_mut("done") {
            done[0]["personId"] = human(&done[0]["personId"]);
        }
        let mut circumstances = asked["c"].clone();
        if let Some(acting) = circumstances.get("actingForId").cloned() {
            circumstances["actingForId"] = human(&acting);
        }
        let asked = json!({"s": self.global[name], "a": action, "r": {"external": object},
            "f": asked["f"], "c": circumstances, "t": at(asked["t"].as_str().unwrap())});
        let told = client.data(CAN, asked).await["can"].clone();
        let mut answer = match told["reason"].as_str() {
            Some(reason) => format!("DENY {reason}"),
            None => "ALLOW".to_owned(),
        };
        assert_eq!(told["allowed"] == true, answer == "ALLOW", "{told}");
        // The rule that is named is the node beside.
        for (rule, node) in
            [("D1", "denyRule"), ("D2", "denyRule"), ("D3", "denyRule"), ("DS1", "sodRule")]
        {
            if answer.contains(&id(rule).to_string()) {
                assert_eq!(told[node]["name"], rule, "{told}");
                answer = answer.replace(&id(rule).to_string(), rule);
            }
        }
        for field in told["fields"]["masked"].as_array().unwrap() {
            answer = format!("{answer}, {} masked", field.as_str().unwrap());
        }
        match told["faults"].as_array().unwrap().len() {
            0 => answer,
            _ => format!("{answer}, with a fault"),
        }
    }
}

pub(super) async fn plain(world: &World, sql: &str, name: &str) -> Uuid {
    sqlx::query(sql).bind(name).fetch_one(&mut world.superuser().await).await.unwrap().get(0)
}

/// The places and the people of the cases.
async fn known(world: &World, desk: &Desk, people: &[String]) -> Known {
    let mut known = Known { global: BTreeMap::new(), plain: BTreeMap::new() };
    for (name, parent) in
        [("emea", None), ("sd", Some("emea")), ("hr", Some("emea")), ("apac", None)]
    {
        let kind = if parent.is_some() { "SUPPORT_UNIT" } else { "DEPARTMENT" };
        let input = json!({"name": name, "kind": kind,
            "parentId": parent.map(|parent: &str| known.global[parent].clone())});
        let made = mutate_noun(&desk.admin, "unitCreate", "unit { id }", input).await;
        known.global.insert(name.to_owned(), accepted(&made)["unit"]["id"].clone());
    }
    for name in people {
        let input = json!({"login": name, "name": name, "kind": "CLIENT"});
        let made = mutate_noun(&desk.admin, "personRegister", "person { id }", input).await;
        known.global.insert(name.clone(), accepted(&made)["person"]["id"].clone());
    }
    let owner = own_id(&desk.director).await;
    let input =
        json!({"name": "robot", "ownerId": owner, "purpose": "Asks", "rights": ["CI_REGISTER"]});
    let robot =
        mutate_noun(&desk.admin, "serviceAccountRegister", "serviceAccount { id }", input).await;
    known.global.insert("robot".to_owned(), accepted(&robot)["serviceAccount"]["id"].clone());
    crate::desk::followed(world).await;
    for (kind, sql) in [
        (&["emea", "sd", "hr", "apac"][..], "select unit_id from view_units.units where name = $1"),
        (
            &["robot"][..],
            "select account_id from view_service_accounts.service_accounts where name = $1",
        ),
    ] {
        for name in kind {
            known.plain.insert((*name).to_owned(), plain(world, sql, name).await);
        }
    }
    let demo = ["agent1", "head1"].map(str::to_owned);
    for name in people.iter().chain(&demo) {
        let sql = "select person_id from view_people.people where login = $1";
        known.plain.insert(name.clone(), plain(world, sql, name).await);
    }
    known
}

/// Nothing from above reaches that unit; the director may give access there.
async fn wall(desk: &Desk, unit: &Value) {
    let keeps = json!({"subjectId": own_id(&desk.director).await, "scope": {"unitId": unit},
        "what": {"entry": {"actions": ["access.grant"]}}});
    accepted(&mutate_noun(&desk.admin, "grantAccess", "grant { id }", keeps).await);
    let classes = ["FUNCTION", "DATA", "OPERATION", "APPROVAL"];
    let barrier = json!({"unitId": unit, "classes": classes});
    accepted(&mutate_noun(&desk.admin, "unitDrawBarrier", "unit { id }", barrier).await);
}

#[tokio::test]
async fn worked_cases() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let desk = Desk::signed_in(stranger.clone()).await;
    let all = cases();
    let names: Vec<String> = (0..all.len()).map(|place| format!("p{place}")).collect();
    let beside = ["ann", "twin"].map(str::to_owned);
    let everybody: Vec<String> = names.iter().chain(&beside).cloned().collect();
    let mut known = known(&world, &desk, &everybody).await;
    wall(&desk, &known.global["hr"]).await;
    let app = App::open(&world.place(), None).await.unwrap();
    define(&app).await;
    let until = Given { until: Some("12:00:00"), ..has("lead", Some("emea")) };
    let ann = case("ann", [has("base", None), until, has("chgmgr", None)], json!({}), "");
    known.give(&app, "ann", &ann).await;
    for (name, case) in names.iter().zip(&all) {
        if case.expected == PROGRAM {
            let (robot, plain) = (known.global["robot"].clone(), known.plain["robot"]);
            known.global.insert(name.clone(), robot);
            known.plain.insert(name.clone(), plain);
        }
        known.give(&app, name, case).await;
    }
    let head = stranger.sign_in("head1", DEMO_PASSWORD).await;
    let deeds = Deeds::prepared(&desk, head, (&app, &known)).await;
    let both = event(&SodRuleEvent::Defined(Box::new(apart())));
    append(&app, "sod_rule", id("SS1"), 0, vec![both]).await;
    app.close().await;
    let mut numbers = BTreeSet::new();
    for (name, case) in names.iter().zip(&all) {
        let first = case.number.split(',').next().unwrap();
        numbers.insert(first.parse::<u8>().unwrap());
        let verb = match case.number {
            "25" => Some((
                "personLinkAccount",
                json!({"personId": known.global[name],
                "humanId": known.global["twin"]}),
            )),
            "30" => Some(("personSuspend", json!({"personId": known.global[name]}))),
            _ => None,
        };
        if let Some((verb, input)) = verb {
            accepted(&mutate_noun(&desk.admin, verb, "person { id }", input).await);
        }
        let answer = match &case.row {
            Row::Asks(asked) => known.answer(&desk.auditor, name, asked).await,
            Row::Does(deed) => deeds.told(*deed).await,
        };
        assert_eq!(answer, case.expected, "case {}", case.number);
    }
    assert_eq!(numbers, (1..=35).collect());
}
