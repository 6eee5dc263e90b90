//! What people may do, as grants: given, listed, taken back, over in time, several at once; and the
//! history of it.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, World};
use tokio::time::{sleep, timeout};

use crate::desk::{Desk, accepted, code, followed, mutate_noun, own_id};

const GRANT: &str = "grant { id state holds endsAt source scope { everywhere } role { name }
    subject { id kind person { login } } madeBy { kind person { login } } madeReason
    endedBy { kind person { login } } endedReason }";

const BATCH: &str = "results { done grant { id state } userErrors { code field } }";

const HISTORY: &str =
    "query($w: AccessChangeWhere) { grantHistory(where: $w, first: 100) { totalCount
    nodes { kind reason actor { kind person { login } } subject { id } role { name } grant { id }
        request { id } } } }";

async fn grant(client: &Client, input: Value) -> Value {
    mutate_noun(client, "grantAccess", GRANT, input).await
}

/// What is listed and counted, which are two statements: nothing may happen meanwhile.
async fn grants(client: &Client, filter: Value) -> Vec<Value> {
    let (nodes, count) = page(client, filter).await;
    assert_eq!(count, nodes.len());
    nodes
}

async fn page(client: &Client, filter: Value) -> (Vec<Value>, Value) {
    let query = format!(
        "query($w: AccessGrantWhere) {{ grants(where: $w, first: 100) {{ totalCount nodes {{ {} }} }} }}",
        GRANT.strip_prefix("grant {").and_then(|rest| rest.strip_suffix('}')).unwrap()
    );
    let list = client.data(&query, json!({"w": filter})).await["grants"].clone();
    (list["nodes"].as_array().unwrap().clone(), list["totalCount"].clone())
}

/// A role of its own by which somebody may retire items.
async fn role(admin: &Client, name: &str) -> Value {
    let input = json!({"name": name, "risk": "STANDARD", "requestable": true,
        "entries": [{"actions": ["ci.retire"]}]});
    let defined = mutate_noun(admin, "defineRole", "role { id }", input).await;
    accepted(&defined)["role"]["id"].clone()
}

/// An item that somebody may try to retire.
async fn item(desk: &Desk, name: &str) -> Value {
    let input = json!({"class": "Organization", "attributes": {"name": name}});
    let registered = mutate_noun(&desk.director, "ciRegister", "ci { id }", input).await;
    accepted(&registered)["ci"]["id"].clone()
}

async fn retire(client: &Client, item: &Value) -> String {
    let payload = mutate_noun(client, "ciRetire", "ci { id }", json!({"ciId": item})).await;
    code(&payload).to_owned()
}

fn kinds(history: &Value) -> Vec<&str> {
    let nodes = history["grantHistory"]["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["kind"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_is_granted_serves_is_listed_and_serves_no_more_once_it_is_revoked() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (admin, ada) = (&desk.admin, &desk.ada);
    let (role, who) = (role(admin, "Retirer").await, own_id(ada).await);
    let (first, second) = (item(&desk, "One").await, item(&desk, "Two").await);
    assert_eq!(retire(ada, &first).await, "FORBIDDEN");

    let input = json!({"subjectId": who, "what": {"roleId": role}, "reason": "Spring cleaning",
        "idempotencyKey": "spring"});
    let given = grant(admin, input.clone()).await;
    let given = &accepted(&given)["grant"];
    assert_eq!((&given["state"], &given["holds"]), (&json!("ACTIVE"), &json!(true)));
    assert_eq!(given["subject"]["person"]["login"], "agent1");
    assert_eq!(given["madeBy"]["person"]["login"], "admin");
    assert_eq!(given["madeReason"], "Spring cleaning");
    let again = grant(admin, input).await;
    assert_eq!((&again["replayed"], &again["grant"]["id"]), (&json!(true), &given["id"]));
    assert_eq!(retire(ada, &first).await, "none");

    // Everybody sees their own, reviewers everybody's, and nobody else's is told.
    let of_role = json!({"roleId": role});
    assert_eq!(grants(ada, of_role.clone()).await.len(), 1);
    assert_eq!(grants(&desk.auditor, of_role.clone()).await.len(), 1);
    assert_eq!(grants(&desk.cleo, of_role.clone()).await.len(), 0);
    assert_eq!(grants(&desk.cleo, json!({"subjectId": who})).await.len(), 0);

    let revoke = json!({"grantId": given["id"], "reason": "Summer"});
    let refused = mutate_noun(&desk.cleo, "revokeAccess", GRANT, revoke.clone()).await;
    assert!(["FORBIDDEN", "SUBJECT_ACCESS_NOT_FOUND"].contains(&code(&refused)), "{refused}");
    let revoked = mutate_noun(admin, "revokeAccess", GRANT, revoke).await;
    let revoked = &accepted(&revoked)["grant"];
    assert_eq!((&revoked["state"], &revoked["holds"]), (&json!("REVOKED"), &json!(false)));
    assert_eq!(revoked["endedReason"], "Summer");
    assert_eq!(retire(ada, &second).await, "FORBIDDEN");

    let history = admin.data(HISTORY, json!({"w": {"subjectId": who, "roleId": role}})).await;
    assert_eq!(kinds(&history), ["GRANTED", "REVOKED"]);
    let told = &history["grantHistory"]["nodes"][1];
    assert_eq!(
        (&told["reason"], &told["actor"]["person"]["login"]),
        (&json!("Summer"), &json!("admin"))
    );
    assert_eq!(told["grant"]["id"], given["id"]);
}

#[tokio::test]
async fn nobody_grants_what_they_do_not_have() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (role, who) = (role(&desk.admin, "Retirer").await, own_id(&desk.ada).await);
    let input = json!({"subjectId": who, "what": {"roleId": role}});
    for client in [&desk.ada, &desk.director, &desk.auditor, &desk.carla] {
        let payload = grant(client, input.clone()).await;
        assert!(["FORBIDDEN", "SUBJECT_ACCESS_NOT_FOUND"].contains(&code(&payload)), "{payload}");
    }
    // Barriers stop the administrator, and so they stop what the administrator gives.
    let piercing = json!({"subjectId": who, "what": {"roleId": role}, "pierces": true});
    assert_eq!(code(&grant(&desk.admin, piercing).await), "SUBJECT_ACCESS_NOT_HELD");
    let steering = json!({"subjectId": who,
        "what": {"entry": {"actions": ["ci.retire"], "standing": "STEERING"}}});
    assert_eq!(code(&grant(&desk.admin, steering).await), "SUBJECT_ACCESS_NOT_HELD");
    assert_eq!(grants(&desk.admin, json!({"roleId": role})).await.len(), 0);
}

#[tokio::test]
async fn several_at_once_are_all_done_or_none_or_each_by_itself() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let role = role(&desk.admin, "Retirer").await;
    let (ada, cleo) = (own_id(&desk.ada).await, own_id(&desk.cleo).await);
    let fits = |who: &Value| json!({"subjectId": who, "what": {"roleId": role}});
    let ended =
        json!({"subjectId": cleo, "what": {"roleId": role}, "until": "2001-01-01T00:00:00Z"});
    let batch = async |mode: &str, items: Value, key: &str| {
        let input = json!({"items": items, "mode": mode, "idempotencyKey": key});
        mutate_noun(&desk.admin, "grantAccessBatch", BATCH, input).await
    };
    let none = batch("ATOMIC", json!([fits(&ada), ended]), "none").await;
    assert_eq!(none["results"][0], json!({"done": false, "grant": null, "userErrors": []}));
    assert_eq!(none["results"][1]["userErrors"][0]["code"], "SUBJECT_ACCESS_END_UNFIT");
    assert_eq!(grants(&desk.admin, json!({"roleId": role})).await.len(), 0);

    let some = batch("BEST_EFFORT", json!([fits(&ada), ended]), "some").await;
    assert_eq!(
        (&some["results"][0]["done"], &some["results"][1]["done"]),
        (&json!(true), &json!(false))
    );
    let first = some["results"][0]["grant"]["id"].clone();
    assert_eq!(grants(&desk.admin, json!({"roleId": role})).await.len(), 1);

    let all = batch("ATOMIC", json!([fits(&ada), fits(&cleo)]), "all").await;
    let second = accepted(&all)["results"][1]["grant"]["id"].clone();
    let again = batch("ATOMIC", json!([fits(&ada), fits(&cleo)]), "all").await;
    assert_eq!((&again["replayed"], &again["results"]), (&json!(true), &all["results"]));
    assert_eq!(grants(&desk.admin, json!({"roleId": role})).await.len(), 3);

    let input = json!({"grantIds": [first, second], "mode": "ATOMIC"});
    let revoked = mutate_noun(&desk.admin, "revokeAccessBatch", BATCH, input).await;
    assert_eq!(accepted(&revoked)["results"][1]["grant"]["state"], "REVOKED");
    assert_eq!(grants(&desk.admin, json!({"roleId": role, "state": "ACTIVE"})).await.len(), 1);
}

#[tokio::test]
async fn what_a_template_says_is_granted_by_the_version_it_has() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (role, who) = (role(&desk.admin, "Retirer").await, own_id(&desk.ada).await);
    let input = json!({"name": "Joiner", "items": [{"what": {"roleId": role}, "hours": 24},
        {"what": {"entry": {"actions": ["ci.merge"]}}}]});
    let defined =
        mutate_noun(&desk.admin, "defineAccessTemplate", "accessTemplate { id }", input).await;
    let template = accepted(&defined)["accessTemplate"]["id"].clone();
    let apply = json!({"subjectId": who, "templateId": template});
    let applied = mutate_noun(
        &desk.admin,
        "applyAccessTemplate",
        "results { done grant { source patternVersion endsAt template { id } entry { actions } } }",
        apply,
    )
    .await;
    let results = &accepted(&applied)["results"];
    assert_eq!((&results[0]["done"], &results[1]["done"]), (&json!(true), &json!(true)));
    assert_eq!(results[0]["grant"]["source"], "TEMPLATE");
    assert_eq!(results[0]["grant"]["patternVersion"], 1);
    assert_eq!(results[0]["grant"]["template"]["id"], template);
    assert!(results[0]["grant"]["endsAt"].is_string() && results[1]["grant"]["endsAt"].is_null());
    assert_eq!(results[1]["grant"]["entry"]["actions"], json!(["ci.merge"]));
}

#[tokio::test]
async fn whoever_joins_has_what_templates_grant_from_the_first_moment_or_does_not_join() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let role = role(&desk.admin, "Retirer").await;
    let template = async |name: &str, what: Value| {
        let input = json!({"name": name, "items": [{"what": what, "hours": 24}]});
        let defined =
            mutate_noun(&desk.admin, "defineAccessTemplate", "accessTemplate { id }", input).await;
        accepted(&defined)["accessTemplate"]["id"].clone()
    };
    let joiner = template("Joiner", json!({"roleId": role})).await;
    let keeper = template("Keeper", json!({"entry": {"actions": ["ticket.cancel"]}})).await;
    let register = async |by: &Client, templates: Value| {
        let input = json!({"login": "nora", "name": "Nora Neu", "email": "nora@demo.example",
            "kind": "STAFF", "templateIds": templates});
        mutate_noun(by, "personRegister", "person { id }", input).await
    };
    assert_eq!(code(&register(&desk.admin, json!([role])).await), "INVALID_ID");
    let retire = json!({"accessTemplateId": keeper});
    accepted(&mutate_noun(&desk.admin, "retireAccessTemplate", "position", retire).await);
    let gone = register(&desk.admin, json!([joiner, keeper])).await;
    assert_eq!(code(&gone), "ACCESS_TEMPLATE_RETIRED");
    assert_eq!(gone["userErrors"][0]["field"], json!(["templateIds"]));

    // Nothing was left behind: the login is free.
    let joined = register(&desk.admin, json!([joiner])).await;
    let who = accepted(&joined)["person"]["id"].clone();
    followed(&world).await;
    let held = grants(&desk.admin, json!({"subjectId": who})).await;
    let mut sources: Vec<&str> =
        held.iter().map(|grant| grant["source"].as_str().unwrap()).collect();
    sources.sort_unstable();
    assert_eq!(sources, ["BIRTHRIGHT", "TEMPLATE"]);
    let by_template = held.iter().find(|grant| grant["source"] == "TEMPLATE").unwrap();
    assert_eq!(by_template["role"]["name"], "Retirer");
    assert!(by_template["endsAt"].is_string());
    let sql = "select count(distinct metadata ->> 'command_id') from journal.events
        where aggregate_type in ('person', 'subject_access') and aggregate_id =
            (select person_id::text from view_people.people where login = 'nora')";
    let appends: i64 =
        sqlx::query_scalar(sql).fetch_one(&mut world.superuser().await).await.unwrap();
    assert_eq!(appends, 1, "all of it by one command");
}

#[tokio::test]
async fn whoever_leaves_has_nothing_any_more_in_the_same_moment() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (role, who) = (role(&desk.admin, "Retirer").await, own_id(&desk.ada).await);
    accepted(&grant(&desk.admin, json!({"subjectId": who, "what": {"roleId": role}})).await);
    let input = json!({"subjectId": who, "leaves": true, "reason": "A new job"});
    let closed = mutate_noun(&desk.admin, "closeAccess", "holder { closed version }", input).await;
    assert_eq!(accepted(&closed)["holder"]["closed"], true);
    let answer = desk.ada.ask("{ viewer { person { id } } }", json!({})).await;
    assert_eq!(answer.body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(grants(&desk.admin, json!({"subjectId": who, "state": "ACTIVE"})).await.len(), 0);
    let history = desk.admin.data(HISTORY, json!({"w": {"subjectId": who}})).await;
    assert!(kinds(&history).contains(&"CLOSED"));
    let late = grant(&desk.admin, json!({"subjectId": who, "what": {"roleId": role}})).await;
    assert_eq!(code(&late), "SUBJECT_ACCESS_CLOSED");
}

#[tokio::test]
async fn a_grant_is_over_at_its_instant() {
    let mut world = World::demo().await;
    let clock = world.folder().join("clock");
    fs::write(&clock, "2031-03-01T12:00:00Z").unwrap();
    let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
    command.arg("--test-clock").arg(&clock);
    let server = world.serve_by(&mut command);
    let desk = Desk::signed_in(server.clone()).await;
    let (role, who) = (role(&desk.admin, "Retirer").await, own_id(&desk.ada).await);
    let (first, second) = (item(&desk, "One").await, item(&desk, "Two").await);
    let until = "2031-03-01T13:00:00Z";
    let input = json!({"subjectId": who, "what": {"roleId": role}, "until": until});
    accepted(&grant(&desk.admin, input).await);
    fs::write(&clock, "2031-03-01T12:59:59Z").unwrap();
    // Tokens have come to their end meanwhile.
    let desk = Desk::signed_in(server).await;
    assert_eq!(retire(&desk.ada, &first).await, "none");
    fs::write(&clock, until).unwrap();
    // It serves no more at once, whenever that is written down.
    assert_eq!(retire(&desk.ada, &second).await, "FORBIDDEN");
    let over = async {
        loop {
            let (found, _) = page(&desk.admin, json!({"roleId": role, "state": "EXPIRED"})).await;
            if let [grant] = found.as_slice() {
                return grant.clone();
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    let over = timeout(Duration::from_secs(20), over).await.unwrap();
    assert_eq!((&over["holds"], &over["endedBy"]["kind"]), (&json!(false), &json!("SYSTEM")));
    let then = json!({"roleId": role, "at": "2031-03-01T12:30:00Z"});
    assert_eq!(grants(&desk.admin, then).await.len(), 1);
    assert_eq!(grants(&desk.admin, json!({"roleId": role, "at": until})).await.len(), 0);
}

#[tokio::test]
async fn what_is_lent_ends_with_whoever_lent_it() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let (role, ada, cleo) =
        (role(&desk.admin, "Retirer").await, own_id(&desk.ada).await, own_id(&desk.cleo).await);
    let given = grant(&desk.admin, json!({"subjectId": ada, "what": {"roleId": role}})).await;
    let given = accepted(&given)["grant"]["id"].clone();
    let (first, second) = (item(&desk, "One").await, item(&desk, "Two").await);
    #[expect(clippy::disallowed_methods, reason = "the server goes by the real clock here")]
    let until = chrono::Utc::now() + chrono::TimeDelta::days(10);
    let lend = json!({"toId": cleo, "what": {"roleId": role}, "until": until});
    let lent = mutate_noun(&desk.ada, "delegateAccess", GRANT, lend).await;
    assert_eq!(accepted(&lent)["grant"]["source"], "DELEGATION");
    // Whoever lends something sees it in their lists, and what becomes of it; others do not.
    followed(&world).await;
    let by_ada = json!({"delegatedById": ada});
    for (client, count) in [(&desk.ada, 1), (&desk.cleo, 1), (&desk.admin, 1), (&desk.carla, 0)] {
        assert_eq!(grants(client, by_ada.clone()).await.len(), count);
        let history = client.data(HISTORY, json!({"w": by_ada})).await;
        assert_eq!(history["grantHistory"]["totalCount"], count);
    }
    let all = grants(&desk.ada, json!({})).await;
    assert!(all.iter().any(|it| it["id"] == lent["grant"]["id"]), "{all:?}");
    let of_cleo = grants(&desk.ada, json!({"subjectId": cleo})).await;
    assert_eq!(of_cleo.len(), 1, "what Ada lent and nothing else of Cleo's: {of_cleo:?}");
    assert_eq!(retire(&desk.cleo, &first).await, "none");
    let revoke = json!({"grantId": given});
    accepted(&mutate_noun(&desk.admin, "revokeAccess", GRANT, revoke).await);
    assert_eq!(retire(&desk.cleo, &second).await, "FORBIDDEN");
    let back = json!({"grantId": lent["grant"]["id"]});
    let ended = mutate_noun(&desk.cleo, "endDelegation", GRANT, back).await;
    assert_eq!(accepted(&ended)["grant"]["state"], "REVOKED");
}
