//! Other systems ask over HTTP, and are answered as the guard would: who may ask about what, what they
//! are told, and what is kept of it.

mod asked;
mod refused;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use api::boot::App;
use domain::access::model::{AccessSubject, Entry, GrantSource, Granted, Scope};
use domain::kernel::{GrantId, PersonId, ServiceAccountId};
use domain::subject_access::event::{GrantMade, Opened};
use domain::subject_access::{SubjectAccess, SubjectAccessEvent};
use serde_json::{Value, json};
use testbed::{Client, World};
use tokio::time::sleep;
use uuid::Uuid;

use super::worked::{append, event, plain};
use crate::classes::{filled, same};
use crate::desk::{Desk, accepted, followed, mutate_noun, own_id};

const PAGE: &str = include_str!("../../../../docs/how-to/ask-from-another-system.md");

const ONE: &str = "/access/v1/evaluation";
const MANY: &str = "/access/v1/evaluations";
const WHO: &str = "/access/v1/search/subject";
const WHAT: &str = "/access/v1/search/action";

/// A desk, a system that pays invoices, and programs that ask.
struct Ground {
    world: World,
    desk: Desk,
    /// A part of that system; is told why.
    erp: Client,
    erp_id: Value,
    /// A part of none; is told nothing.
    portal: Client,
    /// Imports, and does not ask.
    agent: Client,
}

impl Ground {
    async fn new() -> Self {
        let mut world = World::demo().await;
        let desk = Desk::open(&mut world).await;
        let verbs = json!([{"verb": "read", "class": "DATA"}, {"verb": "approve", "class": "APPROVAL"},
            {"verb": "pay", "class": "OPERATION", "highRisk": true}]);
        let kind = json!({"system": "erp", "name": "invoice", "label": "Invoice", "verbs": verbs});
        let defined = mutate_noun(&desk.admin, "defineResourceType", "resourceType { id }", kind);
        accepted(&defined.await);
        let told = ["ACCESS_EVALUATE", "ACCESS_EXPLAIN"];
        let (erp_id, erp) = program(&desk, "ERP", &told, Some("erp")).await;
        let (_, portal) = program(&desk, "Portal", &told[..1], None).await;
        let (_, agent) = program(&desk, "Agent", &["CI_REGISTER"], None).await;
        followed(&world).await;
        let people = "select person_id from view_people.people where login = $1";
        let ada = AccessSubject::Person(PersonId(plain(&world, people, "agent1").await));
        let programs =
            "select account_id from view_service_accounts.service_accounts where name = $1";
        let itself = plain(&world, programs, "ERP").await;
        let app = App::open(&world.place(), None).await.unwrap();
        give(&app, ada, &["use", "read", "pay"]).await;
        give(&app, AccessSubject::Service(ServiceAccountId(itself)), &["use", "read"]).await;
        app.close().await;
        followed(&world).await;
        Self { world, desk, erp, erp_id, portal, agent }
    }

    /// What the log says that this program asked, once there is so much.
    async fn logged(&self, least: usize) -> Vec<Value> {
        let query = "query($f: DecisionLogFilter!) { decisionLog(filter: $f, first: 100) { nodes {
            actor { kind person { login } serviceName } askedBy { serviceName } action effect reason
            resource objectId } } }";
        let filter = json!({"f": {"askedById": self.erp_id}});
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let found = self.desk.admin.data(query, filter.clone()).await;
            let nodes = found["decisionLog"]["nodes"].as_array().unwrap().clone();
            if nodes.len() >= least {
                return nodes;
            }
            assert!(Instant::now() < until, "only {} of {least} are kept", nodes.len());
            sleep(Duration::from_millis(50)).await;
        }
    }
}

/// A program with these rights: its id, and a client that speaks for it.
async fn program(
    desk: &Desk,
    name: &str,
    rights: &[&str],
    system: Option<&str>,
) -> (Value, Client) {
    let input = json!({"name": name, "purpose": "Asks", "ownerId": own_id(&desk.director).await,
        "rights": rights, "system": system});
    let shown = "serviceAccount { id system rights }";
    let made = mutate_noun(&desk.admin, "serviceAccountRegister", shown, input).await;
    let account = &accepted(&made)["serviceAccount"];
    assert_eq!((&account["system"], &account["rights"]), (&json!(system), &json!(rights)));
    #[expect(clippy::disallowed_methods, reason = "the server goes by the real clock here")]
    let ends = (chrono::Utc::now() + chrono::TimeDelta::days(30)).to_rfc3339();
    let input = json!({"serviceAccountId": account["id"], "endsAt": ends});
    let issued = mutate_noun(&desk.admin, "serviceAccountTokenIssue", "token", input).await;
    let client = desk.admin.with_token(accepted(&issued)["token"].as_str().unwrap());
    (account["id"].clone(), client)
}

/// Everywhere and for good, these verbs of invoices.
async fn give(app: &App, subject: AccessSubject, verbs: &[&str]) {
    let stream = subject.stream().0;
    let version = app.gateway.journal().load::<SubjectAccess>(stream).await.unwrap().version;
    let actions = verbs.iter().map(|verb| format!("erp:invoice.{verb}").parse().unwrap());
    let made = GrantMade {
        grant: GrantId(Uuid::from_u128(stream.as_u128() ^ 0xe4)),
        what: Granted::Entry(Box::new(Entry::of(actions.collect::<Vec<_>>()))),
        scope: Scope::Everywhere,
        from: chrono::DateTime::UNIX_EPOCH,
        until: None,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        pattern: None,
    };
    let opened = (version == 0).then(|| event(&SubjectAccessEvent::Opened(Opened { subject })));
    let granted = event(&SubjectAccessEvent::Granted(Box::new(made)));
    let events = opened.into_iter().chain([granted]).collect();
    append(app, "subject_access", stream, version, events).await;
}

fn user(login: &str) -> Value {
    json!({"type": "user", "id": login})
}

fn invoice(id: &str) -> Value {
    json!({"type": "erp:invoice", "id": id})
}

fn ask(subject: Value, action: &str, resource: Value) -> Value {
    json!({"subject": subject, "action": {"name": action}, "resource": resource})
}

async fn answered(client: &Client, path: &str, body: &Value) -> Value {
    let (status, answer) = client.post_json(path, body).await;
    assert_eq!(status, 200, "{body}\n{answer}");
    answer
}

fn refused((status, answer): (u16, Value)) -> (u16, String) {
    (status, answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned())
}

#[tokio::test]
async fn what_other_systems_were_denied_and_what_matters_is_kept_with_who_asked() {
    let ground = Ground::new().await;
    let asks = [("agent1", "read"), ("client1", "read"), ("agent1", "pay"), ("nobody", "pay")];
    for (login, verb) in asks {
        answered(&ground.erp, ONE, &ask(user(login), verb, invoice("4711"))).await;
    }
    let ours = ask(user("agent1"), "open", json!({"type": "ticket", "id": "*"}));
    assert_eq!(ground.erp.post_json(ONE, &ours).await.0, 403);
    // A search is no attempt, and what is asked here about somebody stays as it was.
    let asked = json!({"subject": user("client1"), "resource": invoice("4711")});
    answered(&ground.erp, WHAT, &asked).await;
    let carla = own_id(&ground.desk.carla).await;
    let can = "query($s: ID!) { can(subjectId: $s, action: \"erp:invoice.pay\") { allowed } }";
    ground.desk.auditor.data(can, json!({"s": carla})).await;

    let mut kept = ground.logged(4).await;
    kept.reverse();
    let line = |it: &Value| {
        let who = if it["actor"]["kind"] == "SERVICE" {
            &it["actor"]["serviceName"]
        } else {
            &it["actor"]["person"]["login"]
        };
        assert_eq!((&it["askedBy"]["serviceName"], &it["objectId"]), (&json!("ERP"), &Value::Null));
        let told = [who, &it["action"], &it["effect"], &it["reason"], &it["resource"]];
        told.map(|it| it.as_str().unwrap_or("-").to_owned()).join(" | ")
    };
    let kept: Vec<String> = kept.iter().map(line).collect();
    assert_eq!(
        kept,
        [
            "client1 | erp:invoice.read | DENY | no_function | erp:invoice 4711",
            "agent1 | erp:invoice.pay | ALLOW | - | erp:invoice 4711",
            "ERP | erp:invoice.pay | DENY | unknown_subject | erp:invoice 4711",
            "ERP | access.evaluate | DENY | ceiling | -",
        ]
    );
    let head = "{ decisionLog(filter: {action: \"erp:invoice.pay\"}) { totalCount } }";
    let all = ground.desk.admin.data(head, json!({})).await;
    assert_eq!(all["decisionLog"]["totalCount"], 2);
    assert_eq!(ground.world.run_replay(&["verify"]).code, 0);
}

/// The page's commands: a path, a body, and the answer that it says.
fn commands(page: &str) -> Vec<(String, Value, Value)> {
    let mut fences = page.split("```").skip(1).step_by(2);
    let mut found = Vec::new();
    while let Some(fence) = fences.next() {
        let Some(command) = fence.strip_prefix("sh\n").filter(|it| it.contains("-d '")) else {
            continue;
        };
        let path = command.split("$ANNALS").nth(1).and_then(|it| it.split_whitespace().next());
        let body = command.split("-d '").nth(1).and_then(|it| it.split('\'').next()).unwrap();
        let answer = fences.next().and_then(|it| it.strip_prefix("json\n")).unwrap();
        let read = |text| serde_json::from_str(text).unwrap();
        found.push((path.unwrap().to_owned(), read(body), read(answer)));
    }
    found
}

#[tokio::test]
async fn the_page_of_other_systems_answers_as_it_says() {
    let ground = Ground::new().await;
    let mut bound = BTreeMap::new();
    let commands = commands(PAGE);
    assert!(commands.len() >= 4, "{commands:?}");
    for (path, body, expected) in commands {
        let answer = answered(&ground.erp, &path, &filled(body, &bound)).await;
        same(&expected, &answer, &mut bound);
    }
}
