//! What is said on tickets: who may say it, and who reads it.

use serde_json::{Value, json};
use testbed::{Client, World};

use crate::desk::{Desk, NOWHERE, accepted, code, mutate, own_id, ticket};

#[tokio::test]
async fn replies_are_for_everybody_who_sees_the_ticket_and_notes_for_staff() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The oven is cold").await;
    let say = async |who: &Client, body: &str, internal: bool| {
        let said = json!({"ticketId": id, "body": body, "internal": internal});
        mutate(who, "ticketComment", said).await
    };
    let replied = say(&desk.ada, "Which oven?", false).await;
    let shown = &accepted(&replied)["ticket"]["conversation"];
    assert_eq!(shown["nodes"][0]["body"], "Which oven?");
    assert_eq!(shown["nodes"][0]["author"]["name"], "Ada Agent");
    accepted(&say(&desk.ada, "She has three of them.", true).await);
    let hers = say(&desk.carla, "The big one.", false).await;
    let hers = &accepted(&hers)["ticket"]["conversation"];
    assert_eq!(hers["totalCount"], 2, "what staff say among themselves is not counted: {hers}");
    assert_eq!(hers["nodes"][0]["author"]["name"], "Ada Agent", "who answers has a name");
    assert_eq!(hers["nodes"][1]["author"]["name"], "Carla Client");
    let ours = ticket(&desk.ada, &id).await["conversation"].clone();
    let internal: Vec<&Value> =
        ours["nodes"].as_array().unwrap().iter().map(|said| &said["internal"]).collect();
    assert_eq!(internal, [false, true, false]);

    let note = &ours["nodes"][1]["id"];
    let read = "query($id: ID!) { node(id: $id) { ... on Comment { body } } }";
    let by = async |who: &Client| who.data(read, json!({ "id": note })).await["node"].clone();
    assert_eq!(by(&desk.ada).await["body"], "She has three of them.");
    assert_eq!(by(&desk.carla).await, Value::Null);
    assert_eq!(by(&desk.cleo).await, Value::Null, "not her unit's");

    assert_eq!(code(&say(&desk.carla, "psst", true).await), "FORBIDDEN");
    assert_eq!(code(&say(&desk.auditor, "hm", false).await), "FORBIDDEN");
    assert_eq!(code(&say(&desk.ada, " ", false).await), "CONVERSATION_BODY_UNFIT");
    let hidden = say(&desk.colin, "hello", false).await;
    let nowhere = json!({"ticketId": NOWHERE, "body": "hello"});
    let absent = mutate(&desk.colin, "ticketComment", nowhere).await;
    assert_eq!(code(&hidden), "CONVERSATION_NOT_FOUND");
    assert_eq!(hidden, absent, "hidden and absent answer alike");
    assert_eq!(ticket(&desk.ada, &id).await["conversation"]["totalCount"], 3);
}

#[tokio::test]
async fn a_conversation_is_paged_goes_on_when_closed_and_hears_a_repeated_comment_once() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The till beeps").await;
    accepted(&mutate(&desk.ada, "ticketStartWork", json!({ "ticketId": id })).await);
    let solved = json!({"ticketId": id, "code": "FIXED", "solution": "Turned down."});
    accepted(&mutate(&desk.ada, "ticketResolve", solved).await);
    accepted(&mutate(&desk.carla, "ticketClose", json!({ "ticketId": id })).await);
    for body in ["one", "two", "three"] {
        let said = json!({"ticketId": id, "body": body, "idempotencyKey": body});
        let first = mutate(&desk.carla, "ticketComment", said.clone()).await;
        assert_eq!(accepted(&first)["replayed"], false);
        let again = mutate(&desk.carla, "ticketComment", said).await;
        assert_eq!(accepted(&again)["replayed"], true);
        assert_eq!(again["position"], first["position"]);
    }
    let page = "query($id: ID!, $after: Cursor) { ticket(id: $id) {
        conversation(first: 2, after: $after) {
            totalCount nodes { body } pageInfo { hasNextPage endCursor } } } }";
    let read = async |after: &Value| {
        let data = desk.carla.data(page, json!({"id": id, "after": after})).await;
        data["ticket"]["conversation"].clone()
    };
    let first = read(&Value::Null).await;
    assert_eq!(first["nodes"], json!([{"body": "one"}, {"body": "two"}]));
    assert_eq!(
        (&first["totalCount"], &first["pageInfo"]["hasNextPage"]),
        (&json!(3), &json!(true))
    );
    let second = read(&first["pageInfo"]["endCursor"]).await;
    assert_eq!(second["nodes"], json!([{"body": "three"}]));
    assert_eq!(second["pageInfo"]["hasNextPage"], false);

    let other = desk.ticket("The bell rings").await;
    accepted(&mutate(&desk.ada, "ticketComment", json!({"ticketId": other, "body": "ding"})).await);
    let lists = "{ tickets(first: 50) { nodes { id conversation(first: 1) {
        totalCount nodes { body } pageInfo { hasNextPage } } } } }";
    let listed = desk.carla.data(lists, json!({})).await["tickets"]["nodes"].clone();
    let of = |id: &Value| {
        let found = listed.as_array().unwrap().iter().find(|it| it["id"] == *id).unwrap();
        found["conversation"].clone()
    };
    assert_eq!(of(&other)["nodes"], json!([{"body": "ding"}]));
    assert_eq!(of(&id)["nodes"], json!([{"body": "one"}]));
    assert_eq!(of(&id)["totalCount"], 3);
    assert_eq!(of(&id)["pageInfo"]["hasNextPage"], true);
}

#[tokio::test]
async fn staff_are_called_upon_and_in_replies_those_whose_ticket_it_is() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The cake fell").await;
    let (carla, colin, cleo) =
        (own_id(&desk.carla).await, own_id(&desk.colin).await, own_id(&desk.cleo).await);
    let call = async |internal: bool, whom: &Value| {
        let said =
            json!({"ticketId": id, "body": "Look", "internal": internal, "mentionIds": [whom]});
        mutate(&desk.ada, "ticketComment", said).await
    };
    let called = call(false, &carla).await;
    let called = &accepted(&called)["ticket"]["conversation"]["nodes"][0];
    assert_eq!(called["mentions"], json!([{"name": "Carla Client"}]));
    accepted(&call(true, &cleo).await);
    for (internal, whom) in [(true, &carla), (false, &colin), (true, &colin)] {
        let refused = call(internal, whom).await;
        assert_eq!(code(&refused), "CONVERSATION_MENTION_UNFIT");
        assert_eq!(refused["userErrors"][0]["meta"]["personId"], *whom);
        assert_eq!(refused["userErrors"][0]["field"], json!(["mentionIds"]));
    }
    let none = json!({"ticketId": id, "body": "Look", "mentionIds": [id]});
    assert_eq!(code(&mutate(&desk.ada, "ticketComment", none).await), "INVALID_ID");
}

#[tokio::test]
async fn a_forward_note_is_an_internal_comment() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let id = desk.ticket("The lamp flickers").await;
    let on = json!({"ticketId": id, "unitId": desk.infrastructure, "assigneeIds": [],
                    "note": "Mind the ladder"});
    accepted(&mutate(&desk.ada, "ticketAssign", on).await);
    let seen = ticket(&desk.cleo, &id).await["conversation"]["nodes"].clone();
    assert_eq!(seen[0]["body"], "Mind the ladder");
    assert_eq!(
        (&seen[0]["internal"], &seen[0]["author"]["name"]),
        (&json!(true), &json!("Ada Agent"))
    );
    assert_eq!(ticket(&desk.carla, &id).await["conversation"]["totalCount"], 0);
}
