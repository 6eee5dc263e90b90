//! The worked cases of the reference, asked through GraphQL of the resources of another system, whose
//! types, roles and rules are those of the reference.
//!
//! Not here: 19 and 20, since no barrier can be drawn yet; 25, since nothing tells yet of two accounts
//! that are one human's; 27 to 29 and 33, which are about what may be granted and stand in the suites
//! of grants and requests; 32, since decisions read what the append keeps and are never behind. 14 is
//! what the exception would come to, and 30 asks of somebody suspended, whose grants stay as they are.

use std::collections::BTreeMap;

use api::boot::App;
use cqrs_es::DomainEvent;
use domain::access::model::{
    AccessSubject, Entry, FieldSet, GrantSource, Granted, Level, Lifted, Obligation, ObligationSet,
    RoleDefinition, Scope, ScopePath,
};
use domain::deny_rule::DenyRuleEvent;
use domain::kernel::{DenyRuleId, ExceptionId, GrantId, Meta, PersonId, RoleId, UnitId};
use domain::resource_type::ResourceTypeEvent;
use domain::role::RoleEvent;
use domain::sod_rule::SodRuleEvent;
use domain::subject_access::event::{Excepted, GrantMade, Revoked};
use domain::subject_access::{SubjectAccess, SubjectAccessEvent};
use journal::{Append, NewEvent, StreamAppend};
use serde_json::{Value, json};
use sqlx::Row;
use testbed::{Client, World};
use uuid::Uuid;

use super::rules::{denies, duties, on_missing, types};
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

fn permit(verb: &str) -> Entry {
    Entry::of([format!("worked:{verb}").parse().unwrap()])
}

fn role<const N: usize>(name: &str, juniors: &[&str], entries: [Entry; N]) -> RoleDefinition {
    RoleDefinition {
        id: RoleId(id(name)),
        name: name.to_owned(),
        owner: None,
        risk: Default::default(),
        entries: entries.into(),
        juniors: juniors.iter().map(|junior| RoleId(id(junior))).collect(),
        mask: Vec::new(),
        requestable: true,
        max_hours: None,
        obligations: ObligationSet::NONE,
    }
}

fn roles() -> Vec<RoleDefinition> {
    let only = ["status", "notes"].map(|name| name.parse().unwrap());
    let update = Entry { fields: FieldSet::Only(only.into()), ..permit("ticket.update") };
    let approve = Entry { level: Some(Level(2)), ..permit("change.approve") };
    let mut temp = role("temp", &["agent"], []);
    temp.mask = vec!["worked:ticket.update".parse().unwrap()];
    let mut glass = role("glass", &["lead"], []);
    glass.obligations = [Obligation::ReasonRequired].into_iter().collect();
    vec![
        role("base", &[], [permit("ticket.use"), permit("change.use")]),
        role("agent", &[], [permit("ticket.view"), update]),
        role("lead", &["agent"], [permit("ticket.assign"), permit("ticket.close")]),
        temp,
        role("chgmgr", &[], [approve]),
        glass,
    ]
}

/// What somebody is given, from that morning on, for good.
#[derive(Clone)]
struct Given {
    what: Granted,
    unit: Option<&'static str>,
    from: &'static str,
    until: Option<&'static str>,
    delegated: bool,
    revoked: bool,
}

fn given(what: Granted, unit: Option<&'static str>) -> Given {
    Given { what, unit, from: "06:00:00", until: None, delegated: false, revoked: false }
}

fn has(name: &str, unit: Option<&'static str>) -> Given {
    given(Granted::Role(RoleId(id(name))), unit)
}

fn direct(entry: Entry, unit: Option<&'static str>) -> Given {
    given(Granted::Entry(Box::new(entry)), unit)
}

/// One row: who has what, what is asked, what is answered.
struct Case {
    number: &'static str,
    grants: Vec<Given>,
    lifted: Option<&'static str>,
    asked: Value,
    expected: &'static str,
}

fn case<const N: usize>(
    number: &'static str,
    grants: [Given; N],
    asked: Value,
    expected: &'static str,
) -> Case {
    Case { number, grants: grants.into(), lifted: None, asked, expected }
}

/// Asked of something in this unit, at noon.
fn ask(action: &str, unit: Value, more: Value) -> Value {
    let mut asked = json!({"a": action, "unit": unit, "t": "12:00:00", "object": {}});
    asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    asked
}

fn cases() -> Vec<Case> {
    let base = || has("base", None);
    let (emea, sd) = (Some("emea"), Some("sd"));
    let view = |unit: &str| ask("ticket.view", json!(unit), json!({}));
    let fields = |fields: Value| ask("ticket.update", json!("sd"), json!({"f": fields}));
    let plain = |verb: &str| ask(&format!("ticket.{verb}"), json!("sd"), json!({}));
    let export = |t: &str| ask("ticket.export", json!("sd"), json!({"t": t}));
    let until = Given { until: Some("12:00:00"), ..has("agent", emea) };
    let from = Given { from: "12:00:00", ..has("agent", emea) };
    let lead = Given { delegated: true, ..has("lead", emea) };
    let chgmgr = Given { delegated: true, ..has("chgmgr", None) };
    let deletes = || [base(), has("lead", None), direct(permit("ticket.delete"), None)];
    let exports = || [base(), direct(permit("ticket.export"), emea)];
    let change = |by: &str, level: u8, more: Value| {
        let object = json!({"done": [{"duty": "raise", "personId": by}], "requiredLevel": level});
        let mut asked = ask("change.approve", json!("emea"), json!({"object": object}));
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        asked
    };
    let faulty = Entry { condition: Some(on_missing()), ..permit("ticket.view") };
    let salary = json!({"f": ["status", "salary"], "object": {"personal": ["salary"]}});
    let late = json!({"t": "12:00:01"});
    let lifted = |of, case: Case| Case { lifted: Some(of), ..case };
    vec![
        case("1", [], view("sd"), "DENY no_function"),
        case("2", [base(), has("agent", emea)], view("sd"), "ALLOW"),
        case("3", [base(), has("agent", sd)], view("emea"), "DENY out_of_scope"),
        case("4", [base(), has("agent", emea)], view("apac"), "DENY out_of_scope"),
        case("5", [base(), has("lead", emea)], fields(json!(["status"])), "ALLOW"),
        case(
            "6",
            [base(), has("lead", emea)],
            fields(json!(["status", "priority"])),
            "DENY fields:priority",
        ),
        case(
            "7",
            [base(), has("agent", emea)],
            ask("ticket.view", json!("sd"), salary),
            "ALLOW, salary masked",
        ),
        case("8", [base(), has("temp", emea)], fields(json!(["status"])), "DENY no_grant"),
        case(
            "9",
            [base(), has("temp", emea), has("agent", emea)],
            fields(json!(["status"])),
            "ALLOW",
        ),
        case("10", [base(), until.clone()], view("sd"), "DENY expired"),
        case(
            "11",
            [base(), until],
            ask("ticket.view", json!("sd"), json!({"t": "11:59:59.999999"})),
            "ALLOW",
        ),
        case("12", [base(), from], view("sd"), "ALLOW"),
        case("13", deletes(), plain("delete"), "DENY hard_deny:D1"),
        lifted("D1", case("14", deletes(), plain("delete"), "DENY hard_deny:D1")),
        case("15", exports(), export("19:00:00"), "DENY soft_deny:D2"),
        lifted("D2", case("16, before", exports(), export("19:30:00"), "ALLOW")),
        lifted("D2", case("16, at the end", exports(), export("20:00:00"), "DENY soft_deny:D2")),
        case(
            "17",
            [base(), direct(permit("ticket.print"), emea)],
            plain("print"),
            "DENY soft_deny:D3, with a fault",
        ),
        case(
            "18",
            [base(), direct(faulty, emea), has("agent", emea)],
            view("sd"),
            "ALLOW, with a fault",
        ),
        case(
            "21",
            [base(), has("lead", None)],
            ask("ticket.assign", json!("sd"), json!({"c": {"ceiling": ["worked:ticket.view"]}})),
            "DENY ceiling",
        ),
        case("22", [base(), lead], ask("ticket.assign", json!("sd"), late), "DENY ceiling"),
        case("23", [base(), has("chgmgr", None)], change("ann", 3, json!({})), "DENY level"),
        case("24", [base(), has("chgmgr", None)], change("own", 1, json!({})), "DENY dsod:DS1"),
        case("26, by grant", [base(), chgmgr], change("ann", 1, json!({})), "DENY dsod:DS1"),
        case(
            "26, by session",
            [base(), has("chgmgr", None)],
            change("ann", 1, json!({"c": {"actingForId": "ann"}})),
            "DENY dsod:DS1",
        ),
        case("30", [base(), has("agent", emea)], view("sd"), "DENY gate.subject_state"),
        case(
            "31",
            [base(), Given { revoked: true, ..has("agent", emea) }],
            view("sd"),
            "DENY revoked",
        ),
        case("34", [base(), has("glass", None)], plain("close"), "DENY obligation:reason_required"),
        case("35", [base(), has("chgmgr", None)], change("ann", 1, json!({})), PROGRAM),
        // Their opposites.
        case(
            "21, within",
            [base(), has("lead", None)],
            ask("ticket.assign", json!("sd"), json!({"c": {"ceiling": ["worked:ticket.*"]}})),
            "ALLOW",
        ),
        case("23, enough", [base(), has("chgmgr", None)], change("ann", 2, json!({})), "ALLOW"),
        case(
            "34, told",
            [base(), has("glass", None)],
            ask("ticket.close", json!("sd"), json!({"c": {"met": ["REASON_REQUIRED"]}})),
            "ALLOW",
        ),
    ]
}

/// The one row that is a program's.
const PROGRAM: &str = "DENY gate.non_human_approver";

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
struct Known {
    global: BTreeMap<String, Value>,
    plain: BTreeMap<String, Uuid>,
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
                pierces: false,
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

#[tokio::test]
async fn worked_cases() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let mut known = Known { global: BTreeMap::new(), plain: BTreeMap::new() };
    for (name, parent) in [("emea", None), ("sd", Some("emea")), ("apac", None)] {
        let kind = if parent.is_some() { "SUPPORT_UNIT" } else { "DEPARTMENT" };
        let input = json!({"name": name, "kind": kind,
            "parentId": parent.map(|parent: &str| known.global[parent].clone())});
        let made = mutate_noun(&desk.admin, "unitCreate", "unit { id }", input).await;
        known.global.insert(name.to_owned(), accepted(&made)["unit"]["id"].clone());
        crate::desk::followed(&world).await;
        let sql = "select unit_id from view_units.units where name = $1";
        known.plain.insert(name.to_owned(), plain(&world, sql, name).await);
    }
    let all = cases();
    let names: Vec<String> = (0..all.len()).map(|place| format!("p{place}")).collect();
    for name in names.iter().map(String::as_str).chain(["ann"]) {
        let input = json!({"login": name, "name": name, "kind": "CLIENT"});
        let made = mutate_noun(&desk.admin, "personRegister", "person { id }", input).await;
        known.global.insert(name.to_owned(), accepted(&made)["person"]["id"].clone());
    }
    crate::desk::followed(&world).await;
    for name in names.iter().map(String::as_str).chain(["ann"]) {
        let sql = "select person_id from view_people.people where login = $1";
        known.plain.insert(name.to_owned(), plain(&world, sql, name).await);
    }
    let owner = own_id(&desk.director).await;
    let input =
        json!({"name": "robot", "ownerId": owner, "purpose": "Asks", "rights": ["CI_REGISTER"]});
    let robot =
        mutate_noun(&desk.admin, "serviceAccountRegister", "serviceAccount { id }", input).await;
    let robot = accepted(&robot)["serviceAccount"]["id"].clone();
    let app = App::open(&world.place(), None).await.unwrap();
    define(&app).await;
    let until = Given { until: Some("12:00:00"), ..has("lead", Some("emea")) };
    let ann = case("ann", [has("base", None), until, has("chgmgr", None)], json!({}), "");
    known.give(&app, "ann", &ann).await;
    for (name, case) in names.iter().zip(&all) {
        if case.expected == PROGRAM {
            let sql =
                "select account_id from view_service_accounts.service_accounts where name = $1";
            known.plain.insert(name.clone(), plain(&world, sql, "robot").await);
            known.global.insert(name.clone(), robot.clone());
        }
        known.give(&app, name, case).await;
    }
    app.close().await;
    for (name, case) in names.iter().zip(&all) {
        if case.number == "30" {
            let input = json!({"personId": known.global[name]});
            let shown = "person { id }";
            accepted(&mutate_noun(&desk.admin, "personSuspend", shown, input).await);
        }
        let answer = known.answer(&desk.auditor, name, &case.asked).await;
        assert_eq!(answer, case.expected, "case {}", case.number);
    }
}
