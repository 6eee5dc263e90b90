//! Whoever may not read queues, notices or subjects is told so wherever they would: by lists, counts,
//! marks and subscriptions; and reads them again when they may.

use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, World};
use tokio::time::sleep;

use crate::desk::{Desk, accepted, code, mutate_noun, own_id};

const QUEUES: [&str; 3] = [
    "{ queues { key count } }",
    r#"{ queue(key: "MY_WORK") { count } }"#,
    r#"{ queueTickets(key: "MY_WORK") { totalCount } }"#,
];
const QUEUE_CHANGED: &str =
    "subscription($key: String!) { queueChanged(key: $key) { kind ticketId } }";
const NOTICES: [&str; 2] =
    ["{ notifications { totalCount nodes { id } } }", "{ viewer { unreadNotices } }"];
const NOTIFIED: &str = "subscription { notifications { ticketId } }";

/// For longer than this nobody who listens is taken for who they were.
const TRUSTED: Duration = Duration::from_millis(300);

/// A rule that denies this to somebody, there or everywhere; its id.
async fn denied(desk: &Desk, action: &str, (who, at): (&Client, Value)) -> Value {
    let whom = own_id(who).await;
    let input = json!({"name": format!("{action} of {whom}"), "strength": "HARD", "scope": at,
        "actions": [action], "whom": {"subjectId": whom}});
    let defined = mutate_noun(&desk.admin, "defineDenyRule", "denyRule { id }", input).await;
    accepted(&defined)["denyRule"]["id"].clone()
}

async fn retired(desk: &Desk, rule: &Value) {
    let input = json!({"denyRuleId": rule});
    accepted(&mutate_noun(&desk.admin, "retireDenyRule", "denyRule { id }", input).await);
}

/// With which code it is refused; "none": it is answered.
async fn refusal(client: &Client, query: &str) -> String {
    let answer = client.ask(query, json!({})).await.body;
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or("none").to_owned()
}

/// The same of something to listen to.
async fn unheard(client: &Client, query: &str, variables: Value) -> String {
    match client.listen(query, variables, None).await {
        Ok(_) => "none".to_owned(),
        Err(answer) => answer.body["errors"][0]["extensions"]["code"].as_str().unwrap().to_owned(),
    }
}

#[tokio::test]
async fn whoever_may_not_read_queues_is_told_so_wherever_they_would() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let work = json!({"key": "MY_WORK"});
    let ada = &desk.ada;
    let mut listener = ada.listen(QUEUE_CHANGED, work.clone(), None).await.unwrap();
    let rule = denied(&desk, "queue.read", (ada, Value::Null)).await;
    for query in QUEUES {
        assert_eq!(refusal(ada, query).await, "FORBIDDEN", "{query}");
        assert_eq!(refusal(&desk.cleo, query).await, "none", "{query}");
    }
    assert_eq!(unheard(ada, QUEUE_CHANGED, work.clone()).await, "FORBIDDEN");
    // Who listened already hears no more.
    sleep(TRUSTED).await;
    desk.ticket("Untold").await;
    let end = listener.next().await.unwrap();
    assert_eq!(end.event, "next", "{end:?}");
    assert_eq!(end.data["errors"][0]["extensions"]["code"], "FORBIDDEN", "{end:?}");
    // What is in them is read as before, and so is what one is told.
    assert_eq!(refusal(ada, "{ tickets { totalCount } }").await, "none");
    assert_eq!(refusal(ada, NOTICES[0]).await, "none");
    retired(&desk, &rule).await;
    for query in QUEUES {
        assert_eq!(refusal(ada, query).await, "none", "{query}");
    }
    assert_eq!(unheard(ada, QUEUE_CHANGED, work).await, "none");
}

#[tokio::test]
async fn whoever_may_not_read_subjects_is_told_so() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let subjects = "{ subjects { totalCount } }";
    for who in [&desk.ada, &desk.carla] {
        assert_eq!(refusal(who, subjects).await, "none");
        denied(&desk, "subject.read", (who, Value::Null)).await;
        assert_eq!(refusal(who, subjects).await, "FORBIDDEN");
    }
    assert_eq!(refusal(&desk.colin, subjects).await, "none");
}

#[tokio::test]
async fn a_queue_lies_where_the_unit_does_that_it_is_shared_with() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let mut keys = Vec::new();
    for (name, sharing, unit) in [
        ("Mine", "PRIVATE", Value::Null),
        ("Ours", "UNIT", desk.service_desk.clone()),
        ("Everybody's", "STAFF", Value::Null),
    ] {
        let input =
            json!({"name": name, "sharing": sharing, "unitId": unit, "columns": ["NUMBER"]});
        let saved = mutate_noun(&desk.ada, "queueSave", "queue { key }", input).await;
        keys.push(accepted(&saved)["queue"]["key"].clone());
    }
    let names = async || {
        let queues = desk.ada.data("{ queues { name saved { id } count } }", json!({})).await;
        let queues = queues["queues"].as_array().unwrap().clone();
        let saved = queues.into_iter().filter(|queue| !queue["saved"].is_null());
        saved.map(|queue| queue["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let there = async |key: &Value| {
        let query =
            "query($k: String!) { queue(key: $k) { name } queueTickets(key: $k) { totalCount } }";
        let found = desk.ada.data(query, json!({"k": key})).await;
        assert_eq!(found["queue"].is_null(), found["queueTickets"].is_null(), "{found}");
        !found["queue"].is_null()
    };
    assert_eq!(names().await, ["Everybody's", "Mine", "Ours"]);
    let at = json!({"unitId": desk.service_desk});
    let rule = denied(&desk, "queue.read", (&desk.ada, at)).await;
    assert_eq!(names().await, ["Everybody's", "Mine"]);
    assert!(there(&keys[0]).await && !there(&keys[1]).await && there(&keys[2]).await);
    assert_eq!(unheard(&desk.ada, QUEUE_CHANGED, json!({"key": keys[1]})).await, "BAD_REQUEST");
    retired(&desk, &rule).await;
    assert_eq!(names().await, ["Everybody's", "Mine", "Ours"]);
    assert!(there(&keys[1]).await);
}

#[tokio::test]
async fn whoever_may_not_read_notices_is_told_so_wherever_they_would() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ada = &desk.ada;
    let mut listener = ada.listen(NOTIFIED, json!({}), None).await.unwrap();
    let ticket = desk.ticket("Tell the desk").await;
    assert_eq!(listener.data().await["notifications"]["ticketId"], ticket);
    let unread = async || ada.data(NOTICES[1], json!({})).await["viewer"]["unreadNotices"].clone();
    let before = unread().await;
    assert_ne!(before, 0);

    let rule = denied(&desk, "notice.read", (ada, Value::Null)).await;
    for query in NOTICES {
        assert_eq!(refusal(ada, query).await, "FORBIDDEN", "{query}");
        assert_eq!(refusal(&desk.cleo, query).await, "none", "{query}");
    }
    assert_eq!(unheard(ada, NOTIFIED, json!({})).await, "FORBIDDEN");
    let all = json!({"all": true});
    let no = marked(ada, all.clone()).await;
    assert_eq!((code(&no), &no["unreadCount"]), ("FORBIDDEN", &json!(0)));
    assert_eq!(refusal(ada, QUEUES[0]).await, "none");
    retired(&desk, &rule).await;
    assert_eq!(unread().await, before, "nothing was marked");
    assert_eq!(marked(ada, all).await["userErrors"], json!([]));
    assert_eq!(unread().await, 0);
}

async fn marked(client: &Client, input: Value) -> Value {
    let query = "mutation($i: NotificationsMarkReadInput!) {
        notificationsMarkRead(input: $i) { unreadCount userErrors { code } } }";
    client.data(query, json!({"i": input})).await["notificationsMarkRead"].clone()
}
