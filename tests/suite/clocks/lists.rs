//! Lists and queues of tickets by their clocks.

use serde_json::{Value, json};
use testbed::Client;

use super::{Bench, at};
use crate::desk::{accepted, mutate_noun};

/// The titles of a list, in its order.
fn titles(connection: &Value) -> Vec<&str> {
    let nodes = connection["nodes"].as_array().unwrap();
    nodes.iter().map(|node| node["title"].as_str().unwrap()).collect()
}

async fn queue(client: &Client, key: &str) -> Value {
    let query = "query($key: String!) { queue(key: $key) { name count }
        queueTickets(key: $key) { totalCount nodes { title slaPlan { name } dueAt breachAt
            sla { reaction { usedSeconds state } } } } }";
    client.data(query, json!({"key": key})).await
}

async fn list(client: &Client, filter: Value, order: &str) -> Value {
    let query = "query($w: TicketWhere, $o: [TicketOrder!]) {
        tickets(where: $w, orderBy: $o) { nodes { title } } }";
    let asked = json!({"w": filter, "o": [{"field": order, "direction": "ASC"}]});
    client.data(query, asked).await["tickets"].clone()
}

#[tokio::test]
async fn what_is_due_soon_and_what_is_breached_have_queues() {
    let bench = Bench::open("3T10:00").await;
    let plan = bench.measure([600, 0, 0], json!([])).await;
    bench.incident("3T10:04", "Later").await;
    bench.incident("3T10:00", "First").await;
    bench.set("3T10:05");
    let ada = bench.login("agent1").await;
    let soon = queue(&ada, "DUE_SOON").await;
    assert_eq!(soon["queue"], json!({"name": "Due soon", "count": 2}));
    assert_eq!(titles(&soon["queueTickets"]), ["First", "Later"]);
    let first = &soon["queueTickets"]["nodes"][0];
    assert_eq!(
        (&first["dueAt"], &first["breachAt"]),
        (&json!("2031-03-03T10:10:00+00:00"), &json!("2031-03-03T10:10:01+00:00"))
    );
    assert_eq!(first["sla"]["reaction"], json!({"usedSeconds": 300, "state": "RUNNING"}));
    assert_eq!(queue(&ada, "BREACHED").await["queue"]["count"], 0);

    let arrange = json!({"name": "Late", "columns": ["NUMBER", "SLA_PLAN", "DUE_AT", "BREACH_AT"],
        "where": {"breached": {"eq": true}, "slaPlanId": {"eq": plan}},
        "orderBy": [{"field": "BREACH_AT"}]});
    let saved = mutate_noun(&ada, "queueSave", "queue { key count }", arrange).await;
    let saved = accepted(&saved)["queue"].clone();
    assert_eq!(saved["count"], 0);

    bench.set("3T10:12");
    let ada = bench.login("agent1").await;
    for key in ["BREACHED", saved["key"].as_str().unwrap()] {
        let late = queue(&ada, key).await;
        assert_eq!(late["queue"]["count"], 1, "{late}");
        assert_eq!(titles(&late["queueTickets"]), ["First"]);
    }
    assert_eq!(titles(&queue(&ada, "DUE_SOON").await["queueTickets"]), ["Later"]);
    let carla = bench.login("client1").await;
    assert_eq!(queue(&carla, "BREACHED").await["queue"], Value::Null, "the desk's own");
}

#[tokio::test]
async fn lists_are_asked_and_ordered_by_clocks() {
    let bench = Bench::open("3T10:00").await;
    let plan = bench.measure([600, 0, 0], json!([])).await;
    for (minute, title) in [("3T10:02", "Third"), ("3T10:00", "First"), ("3T10:01", "Second")] {
        bench.incident(minute, title).await;
    }
    bench.set("3T10:11");
    let ada = bench.login("agent1").await;
    let measured = json!({"slaPlanId": {"eq": plan}});
    for order in ["DUE_AT", "BREACH_AT"] {
        let found = list(&ada, measured.clone(), order).await;
        assert_eq!(titles(&found), ["First", "Second", "Third"], "{order}");
    }
    let breached = |is: bool| json!({"slaPlanId": {"eq": plan}, "breached": {"eq": is}});
    for (filter, expected) in [
        (json!({"dueAt": {"lte": at("3T10:11")}}), vec!["First", "Second"]),
        (json!({"dueAt": {"gt": at("3T10:11")}}), vec!["Third"]),
        (json!({"breachAt": {"gt": at("3T10:11")}}), vec!["Second", "Third"]),
        (breached(true), vec!["First"]),
        (breached(false), vec!["Second", "Third"]),
        (json!({"slaPlanId": {"eq": plan}, "deadlineAt": {"isNull": false}}), vec![]),
    ] {
        assert_eq!(titles(&list(&ada, filter.clone(), "DUE_AT").await), expected, "{filter}");
    }
}

#[tokio::test]
async fn a_page_follows_the_page_before_while_time_goes_on() {
    let bench = Bench::open("3T10:00").await;
    bench.measure([60, 0, 0], json!([])).await;
    for (now, title) in [("3T10:00", "One"), ("3T10:01", "Two"), ("3T10:02", "Three")] {
        bench.incident(now, title).await;
    }
    let query = "query($after: Cursor) { queueTickets(key: \"BREACHED\", first: 2, after: $after) {
        nodes { title } pageInfo { endCursor } } }";
    bench.set("3T10:04");
    let ada = bench.login("agent1").await;
    let first = ada.data(query, json!({})).await["queueTickets"].clone();
    bench.set("3T10:06");
    let after = json!({"after": first["pageInfo"]["endCursor"]});
    let second = ada.data(query, after).await["queueTickets"].clone();
    assert_eq!([titles(&first), titles(&second)].concat(), ["One", "Two", "Three"]);
}
