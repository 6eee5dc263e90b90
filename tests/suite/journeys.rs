//! A ticket's story over GraphQL, as people live it.

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

const TICKET: &str = "ticket { id number state version reopenCount holder { id name } } \
                      userErrors { code message field meta } position replayed";

/// Runs a ticket mutation; its payload.
async fn mutate(client: &Client, name: &str, input: Value) -> Value {
    let kind = name.chars().next().unwrap().to_uppercase().chain(name.chars().skip(1));
    let kind: String = kind.collect();
    let query = format!("mutation($i: {kind}Input!) {{ {name}(input: $i) {{ {TICKET} }} }}");
    client.data(&query, json!({"i": input})).await[name].clone()
}

fn accepted(payload: &Value) {
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
}

async fn unit(client: &Client, name: &str) -> Value {
    let data = client.data("{ units { nodes { id name } } }", json!({})).await;
    let units = data["units"]["nodes"].as_array().unwrap();
    units.iter().find(|unit| unit["name"] == name).unwrap()["id"].clone()
}

#[tokio::test]
async fn from_opening_to_closing_with_a_second_agent_refused_and_the_holder_back() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let ben = stranger.sign_in("agent2", DEMO_PASSWORD).await;
    let head = stranger.sign_in("head1", DEMO_PASSWORD).await;
    let desk = unit(&ada, "Service Desk").await;
    let opened = mutate(
        &ada,
        "ticketOpen",
        json!({"kind": "INCIDENT", "title": "Scanner 7 is dead", "impact": "HIGH",
               "urgency": "MEDIUM"}),
    )
    .await;
    accepted(&opened);
    assert_eq!(opened["ticket"]["state"], "NEW");
    let id = opened["ticket"]["id"].clone();
    let number = opened["ticket"]["number"].clone();
    let assigned =
        mutate(&head, "ticketAssign", json!({"ticketId": id, "unitId": desk, "assigneeIds": []}))
            .await;
    accepted(&assigned);
    assert_eq!(assigned["ticket"]["state"], "ASSIGNED");
    let started = mutate(&ada, "ticketStartWork", json!({"ticketId": id})).await;
    accepted(&started);
    assert_eq!(started["ticket"]["holder"]["name"], "Ada Agent");
    let second = mutate(&ben, "ticketStartWork", json!({"ticketId": id})).await;
    assert_eq!(second["userErrors"][0]["code"], "TICKET_HELD", "{second}");
    assert_eq!(second["userErrors"][0]["meta"]["holderName"], "Ada Agent", "{second}");
    let solution = json!({"ticketId": id, "code": "FIXED", "solution": "New battery."});
    accepted(&mutate(&ada, "ticketResolve", solution.clone()).await);
    let reopened =
        mutate(&head, "ticketReopen", json!({"ticketId": id, "reason": "dead again"})).await;
    accepted(&reopened);
    assert_eq!(reopened["ticket"]["state"], "IN_PROGRESS");
    assert_eq!(reopened["ticket"]["holder"]["name"], "Ada Agent", "the holder is back");
    accepted(&mutate(&ada, "ticketResolve", solution).await);
    let closed = mutate(&head, "ticketClose", json!({"ticketId": id})).await;
    assert_eq!(closed["ticket"]["state"], "CLOSED");
    assert_eq!(closed["ticket"]["reopenCount"], 1);

    let query = "query($n: String!) { ticket(number: $n) { timeline { nodes {
        eventType actor { person { name } } reason changes { field from to } } } } }";
    let data = ada.data(query, json!({"n": number})).await;
    let told: Vec<(String, String)> = data["ticket"]["timeline"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            (text(&entry["eventType"]), text(&entry["actor"]["person"]["name"]))
        })
        .collect();
    let steps = [
        ("ticket.opened", "Ada Agent"),
        ("ticket.assigned", "Hana Head"),
        ("ticket.work_started", "Ada Agent"),
        ("ticket.resolved", "Ada Agent"),
        ("ticket.reopened", "Hana Head"),
        ("ticket.resolved", "Ada Agent"),
        ("ticket.closed", "Hana Head"),
    ];
    let steps = steps.map(|(event, who)| (event.to_owned(), who.to_owned()));
    assert_eq!(told, steps);
    assert_eq!(data["ticket"]["timeline"]["nodes"][4]["reason"], "dead again");
}

#[tokio::test]
async fn clients_see_their_own_and_the_auditor_changes_nothing() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let colin = stranger.sign_in("client2", DEMO_PASSWORD).await;
    let auditor = stranger.sign_in("auditor", DEMO_PASSWORD).await;
    let list = "{ tickets(first: 100) { totalCount nodes { id requester { id } } } }";
    let hers = carla.data(list, json!({})).await;
    let his = colin.data(list, json!({})).await;
    let all = auditor.data(list, json!({})).await;
    let count = |data: &Value| data["tickets"]["totalCount"].as_i64().unwrap();
    assert!(count(&hers) > 0 && count(&his) > 0);
    assert_eq!(count(&hers) + count(&his), count(&all));
    let foreign = his["tickets"]["nodes"][0]["id"].clone();
    let read = "query($id: ID!) { ticket(id: $id) { id } }";
    assert_eq!(carla.data(read, json!({"id": foreign})).await["ticket"], Value::Null);
    let hidden = mutate(&carla, "ticketCancel", json!({"ticketId": foreign})).await;
    let absent = "VGlja2V0OjAxOTAwMDAwLTAwMDAtN2FiYy04MDAwLTAwMDAwMDAwMDAwMQ";
    let nowhere = mutate(&carla, "ticketCancel", json!({"ticketId": absent})).await;
    assert_eq!(hidden["userErrors"], nowhere["userErrors"], "hidden and absent answer alike");
    let tampering = mutate(&auditor, "ticketCancel", json!({"ticketId": foreign})).await;
    assert_eq!(tampering["userErrors"][0]["code"], "FORBIDDEN", "{tampering}");
}

#[tokio::test]
async fn a_repeated_mutation_gets_its_first_answer_and_a_stale_one_is_told() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let input = json!({"kind": "INCIDENT", "title": "Once", "idempotencyKey": "k1"});
    let first = mutate(&ada, "ticketOpen", input.clone()).await;
    let again = mutate(&ada, "ticketOpen", input).await;
    assert_eq!(first["ticket"]["id"], again["ticket"]["id"]);
    assert_eq!((&first["replayed"], &again["replayed"]), (&json!(false), &json!(true)));
    let other = json!({"kind": "INCIDENT", "title": "Twice", "idempotencyKey": "k1"});
    let reused = mutate(&ada, "ticketOpen", other).await;
    assert_eq!(reused["userErrors"][0]["code"], "IDEMPOTENCY_KEY_REUSED");
    let id = first["ticket"]["id"].clone();
    let stale =
        mutate(&ada, "ticketStartWork", json!({"ticketId": id, "expectedVersion": 7})).await;
    assert_eq!(stale["userErrors"][0]["code"], "VERSION_CONFLICT", "{stale}");
    assert_eq!(stale["userErrors"][0]["meta"]["currentVersion"], 1, "{stale}");
}

#[tokio::test]
async fn a_position_makes_a_query_wait_and_nonsense_is_refused() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let opened = mutate(&ada, "ticketOpen", json!({"kind": "INCIDENT", "title": "Read me"})).await;
    let token = opened["position"].as_str().unwrap();
    // A number that is not reached in time is an error, never an older answer.
    for (position, status) in
        [(token, 200), ("1", 200), ("999999999", 503), ("not-a-position", 400)]
    {
        let asked = ada.request("{ __typename }", json!({})).header("x-after-position", position);
        assert_eq!(asked.send().await.unwrap().status(), status, "{position}");
    }
}

#[tokio::test]
async fn nobody_waits_until_the_end_of_time() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let opened = mutate(&ada, "ticketOpen", json!({"kind": "INCIDENT", "title": "Later"})).await;
    let id = opened["ticket"]["id"].clone();
    for until in ["9999-12-31T23:59:59-01:00", "+262000-01-01T00:00:00Z"] {
        let input = json!({"ticketId": id, "pendingReason": "OTHER", "until": until});
        let refused = mutate(&ada, "ticketPend", input).await;
        assert_eq!(refused["userErrors"][0]["code"], "TICKET_UNTIL_FAR", "{refused}");
    }
}
