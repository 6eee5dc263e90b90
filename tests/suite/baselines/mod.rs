//! Baselines: moments with names, everything as of them, and what differs between two moments.

mod random;

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};
use uuid::Uuid;

use crate::desk::{accepted, code, mutate_noun};

const BASELINE: &str = "baseline { id name position note namedAt withdrawnAt version }";

const LIST: &str = "query($w: Boolean = false, $n: Int, $a: Cursor) {
    baselines(withdrawn: $w, first: $n, after: $a) {
        totalCount pageInfo { hasNextPage endCursor } nodes { name } } }";

const DIFF: &str =
    "query($from: Moment!, $to: Moment, $w: CiDifferenceWhere, $n: Int = 7, $a: Cursor) {
    baselineDiff(from: $from, to: $to, where: $w, first: $n, after: $a) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes { kinds from { id name } to { id name life }
            attributes { name from to }
            relations(first: 50) { totalCount nodes { relation added ci { id } } } } } }";

async fn manage(client: &Client, verb: &str, input: Value) -> Value {
    mutate_noun(client, verb, BASELINE, input).await
}

async fn named(client: &Client, name: &str) -> Value {
    let payload = manage(client, "baselineName", json!({"name": name})).await;
    accepted(&payload)["baseline"].clone()
}

/// A command on an item; its id.
async fn done(client: &Client, verb: &str, input: Value) -> Value {
    let payload = mutate_noun(client, verb, "ci { id }", input).await;
    accepted(&payload)["ci"]["id"].clone()
}

async fn register(client: &Client, class: &str, attributes: Value) -> Value {
    done(client, "ciRegister", json!({"class": class, "attributes": attributes})).await
}

async fn names(client: &Client, variables: Value) -> Vec<Value> {
    let list = client.data(LIST, variables).await["baselines"].clone();
    list["nodes"].as_array().unwrap().iter().map(|node| node["name"].clone()).collect()
}

fn as_of(baseline: &Value) -> Value {
    json!({"asOfBaseline": baseline["id"]})
}

async fn refused(client: &Client, query: &str, variables: Value) -> (String, String) {
    let answer = client.ask(query, variables).await;
    let error = &answer.body["errors"][0];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&error["extensions"]["code"]), text(&error["message"]))
}

#[tokio::test]
async fn a_moment_has_a_name_and_everything_is_read_as_of_it() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let house = register(&director, "Organization", json!({"name": "The house"})).await;
    let at = |name: &str| json!({"name": name, "organization": house, "status": "production"});
    let web = register(&director, "Server", at("web1")).await;
    let database = register(&director, "Server", at("db1")).await;
    let shop = register(&director, "ApplicationSolution", json!({"name": "Shop"})).await;
    let bond = |to: &Value| json!({"ciId": shop, "relation": "depends_on", "toId": to});
    done(&director, "ciRelate", bond(&database)).await;
    // What is recorded before it is named is in it.
    let agreed = named(&director, "Agreed").await;

    let correct = json!({"ciId": web, "attributes": {"name": "www"}});
    done(&director, "ciCorrect", correct).await;
    done(&director, "ciUnrelate", bond(&database)).await;
    done(&director, "ciRelate", bond(&web)).await;
    done(&director, "ciRetire", json!({"ciId": database})).await;
    register(&director, "VirtualMachine", at("vm1")).await;

    let query = "query($id: ID!, $b: ID!, $m: Moment!) { ci(id: $id, asOfBaseline: $b) { name }
        cis(where: {class: {eq: \"FunctionalCI\"}}, asOfBaseline: $b) { nodes { name } }
        impact(ciId: $id, history: $m) { position nodes { ci { name } } }
        ciDiff(ciId: $id, from: $m) { attributes { name from to } } }";
    let variables = json!({"id": web, "b": agreed["id"], "m": as_of(&agreed)});
    let then = director.data(query, variables).await;
    assert_eq!(then["ci"]["name"], "web1");
    assert_eq!(then["cis"]["nodes"], json!([{"name": "Shop"}, {"name": "db1"}, {"name": "web1"}]));
    assert_eq!(then["impact"]["nodes"], json!([{"ci": {"name": "web1"}}]));
    assert_eq!(then["impact"]["position"], agreed["position"]);
    let renamed = json!([{"name": "name", "from": "web1", "to": "www"}]);
    assert_eq!(then["ciDiff"]["attributes"], renamed);

    let diff = director.data(DIFF, json!({"from": as_of(&agreed)})).await["baselineDiff"].clone();
    let told = |node: &Value| json!([node["to"]["name"], node["kinds"]]);
    let told: Vec<Value> = diff["nodes"].as_array().unwrap().iter().map(told).collect();
    let expected = [
        json!(["vm1", ["REGISTERED"]]),
        json!(["db1", ["RETIRED"]]),
        json!(["Shop", ["RELATED"]]),
        json!(["www", ["CHANGED"]]),
    ];
    assert_eq!(told, expected);
    assert_eq!(diff["totalCount"], 4);
    assert_eq!(diff["nodes"][3]["attributes"], renamed);
    let relations = diff["nodes"][2]["relations"]["nodes"].as_array().unwrap();
    assert!(relations.iter().all(|it| it["relation"] == "depends_on"));
    let ends: BTreeSet<(bool, &str)> = relations
        .iter()
        .map(|it| (it["added"].as_bool().unwrap(), it["ci"]["id"].as_str().unwrap()))
        .collect();
    assert_eq!(ends, [(true, web.as_str().unwrap()), (false, database.as_str().unwrap())].into());
    for (wanted, many) in [
        (json!({"class": {"eq": "Server"}}), 2),
        (json!({"class": {"exactly": "FunctionalCI"}}), 0),
        (json!({"organizationId": {"eq": house}}), 3),
        (json!({"organizationId": {"eq": house}, "class": {"in": ["VirtualMachine"]}}), 1),
    ] {
        let asked = json!({"from": as_of(&agreed), "w": wanted});
        assert_eq!(director.data(DIFF, asked).await["baselineDiff"]["totalCount"], many);
    }
    assert_life(&director, &agreed).await;
}

/// It is renamed and withdrawn; its name is free again.
async fn assert_life(director: &Client, agreed: &Value) {
    let past = json!({"name": "Earlier", "note": "The racks.",
        "moment": {"asOfPosition": "3"}});
    let payload = manage(director, "baselineName", past).await;
    let earlier = accepted(&payload)["baseline"].clone();
    assert_eq!((&earlier["position"], &earlier["note"]), (&json!("3"), &json!("The racks.")));
    let same = json!({"name": "Same", "moment": as_of(&earlier)});
    let payload = manage(director, "baselineName", same).await;
    let same = accepted(&payload)["baseline"].clone();
    assert_eq!(same["position"], earlier["position"]);
    let withdraw = json!({"baselineId": same["id"]});
    accepted(&manage(director, "baselineWithdraw", withdraw.clone()).await);
    let again = manage(director, "baselineWithdraw", withdraw).await;
    assert_eq!(accepted(&again)["position"], Value::Null);
    assert_ne!(again["baseline"]["withdrawnAt"], Value::Null);
    let rename = json!({"baselineId": earlier["id"], "name": "same"});
    let payload = manage(director, "baselineRename", rename).await;
    assert_eq!(accepted(&payload)["baseline"]["name"], "same");
    assert_eq!(names(director, json!({})).await, ["Agreed", "same"]);
    assert_eq!(names(director, json!({"w": true})).await.len(), 3);
    let first = director.data(LIST, json!({"n": 1})).await["baselines"].clone();
    assert_eq!((&first["totalCount"], &first["nodes"][0]["name"]), (&json!(2), &json!("Agreed")));
    let next = json!({"n": 1, "a": first["pageInfo"]["endCursor"]});
    assert_eq!(names(director, next).await, ["same"]);
    let one = "query($id: ID!) { baseline(id: $id) { name withdrawnAt } node(id: $id) { id }
        timeline(nodeId: $id) { nodes { eventType changes { field to } } } }";
    let found = director.data(one, json!({"id": agreed["id"]})).await;
    assert_eq!(found["baseline"], json!({"name": "Agreed", "withdrawnAt": null}));
    assert_eq!(found["node"]["id"], agreed["id"]);
    // Withdrawn, it is a moment as before.
    let diff = json!({"from": as_of(&same), "to": as_of(agreed)});
    assert!(director.data(DIFF, diff).await["baselineDiff"]["totalCount"].as_i64() > Some(3));
}

#[tokio::test]
async fn what_cannot_be_named_or_asked_is_refused_with_its_place() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let head = stranger.sign_in("head1", DEMO_PASSWORD).await;
    let agreed = named(&head, "Agreed").await;
    for (input, refusal, field) in [
        (json!({"name": "agreed"}), "CLAIM_TAKEN", json!(["name"])),
        (json!({"name": " "}), "BASELINE_NAME_UNFIT", json!(["name"])),
        (json!({"name": "x".repeat(101)}), "BASELINE_NAME_UNFIT", json!(["name"])),
        (json!({"name": "A", "note": "x".repeat(2_001)}), "BASELINE_NOTE_UNFIT", json!(["note"])),
        (
            json!({"name": "A", "moment": {"asOfPosition": "99999999"}}),
            "BASELINE_MOMENT_UNFIT",
            json!(["moment"]),
        ),
        (
            json!({"name": "A", "moment": {"asOf": "2999-01-01T00:00:00Z"}}),
            "BASELINE_MOMENT_UNFIT",
            json!(["moment"]),
        ),
        (
            json!({"name": "A", "moment": {"asOfPosition": "1", "asOfBaseline": agreed["id"]}}),
            "INVALID_INPUT",
            json!(["moment"]),
        ),
        (
            json!({"name": "A", "moment": {"asOfBaseline": "nothing"}}),
            "INVALID_ID",
            json!(["moment", "asOfBaseline"]),
        ),
    ] {
        let payload = manage(&director, "baselineName", input.clone()).await;
        assert_eq!(code(&payload), refusal, "{input}");
        assert_eq!(payload["userErrors"][0]["field"], field, "{input}");
    }
    assert_eq!(names(&director, json!({"w": true})).await, ["Agreed"]);
    let other = json!(URL_SAFE_NO_PAD.encode(format!("Baseline:{}", Uuid::nil())));
    let unknown = json!({"name": "A", "moment": {"asOfBaseline": other}});
    let payload = manage(&director, "baselineName", unknown).await;
    assert_eq!(code(&payload), "BASELINE_NOT_FOUND");
    for (verb, input) in [
        ("baselineRename", json!({"baselineId": other, "name": "B"})),
        ("baselineWithdraw", json!({"baselineId": other})),
    ] {
        assert_eq!(code(&manage(&director, verb, input).await), "BASELINE_NOT_FOUND", "{verb}");
    }
    let cis =
        "query($b: ID, $p: Position) { cis(asOfBaseline: $b, asOfPosition: $p) { totalCount } }";
    for (query, variables, told) in [
        (cis, json!({"b": other}), "no such baseline"),
        (cis, json!({"b": agreed["id"], "p": "1"}), "by a baseline"),
        (DIFF, json!({"from": {"asOfBaseline": other}}), "no such baseline"),
        (DIFF, json!({"from": {"asOfPosition": "99999999"}}), "position"),
        (DIFF, json!({"from": as_of(&agreed), "w": {"class": {"eq": "Toaster"}}}), "no class"),
        (DIFF, json!({"from": as_of(&agreed), "a": "bm9uZQ"}), "cursor"),
    ] {
        let (code, message) = refused(&director, query, variables).await;
        assert_eq!(code, "BAD_REQUEST", "{message}");
        assert!(message.contains(told), "{message}");
    }
    let agent = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let client = stranger.sign_in("client1", DEMO_PASSWORD).await;
    for caller in [&agent, &client] {
        let payload = manage(caller, "baselineName", json!({"name": "Mine"})).await;
        assert_eq!(code(&payload), "FORBIDDEN");
        let withdraw = json!({"baselineId": agreed["id"]});
        assert_eq!(code(&manage(caller, "baselineWithdraw", withdraw).await), "FORBIDDEN");
    }
    assert_eq!(names(&agent, json!({})).await, ["Agreed"]);
    assert_eq!(refused(&client, LIST, json!({})).await.0, "FORBIDDEN");
    assert_eq!(refused(&client, DIFF, json!({"from": {}})).await.0, "FORBIDDEN");
    let one = "query($id: ID!) { baseline(id: $id) { name } }";
    assert_eq!(client.data(one, json!({"id": agreed["id"]})).await["baseline"], Value::Null);
}
