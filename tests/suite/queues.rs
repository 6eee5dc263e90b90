//! Lists people work by, and what is opened, merged and done in bulk, on the real server.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

/// Runs a mutation whose input is named like it; its payload.
async fn mutate(client: &Client, name: &str, input: Value, shows: &str) -> Value {
    let kind = name.chars().next().unwrap().to_uppercase().chain(name.chars().skip(1));
    let kind: String = kind.collect();
    let query = format!("mutation($i: {kind}Input!) {{ {name}(input: $i) {{ {shows} }} }}");
    client.data(&query, json!({"i": input})).await[name].clone()
}

const TICKET: &str = "ticket { id number state unit { name } assignees { name } individual \
                      mergedInto { id } allowedActions routing { outcome load } \
                      children { nodes { id kind assignees { name } parent { id } } } tags \
                      links { nodes { kind ticket { id } } } } \
                      userErrors { code field } replayed";

async fn open(client: &Client, input: Value) -> Value {
    let mut all = json!({"kind": "INCIDENT", "title": "Something"});
    all.as_object_mut().unwrap().extend(input.as_object().unwrap().clone());
    let payload = mutate(client, "ticketOpen", all, TICKET).await;
    assert_eq!(payload["userErrors"], json!([]), "{payload}");
    payload["ticket"].clone()
}

async fn named(client: &Client, what: &str, name: &str) -> Value {
    let data = client.data(&format!("{{ {what} {{ nodes {{ id name }} }} }}"), json!({})).await;
    let found = data[what]["nodes"].as_array().unwrap().clone();
    found.into_iter().find(|one| one["name"] == name).unwrap()["id"].clone()
}

/// Key and count of each queue.
async fn queues(client: &Client) -> Vec<(String, i64)> {
    let data = client.data("{ queues { key name count } }", json!({})).await;
    let queues = data["queues"].as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    queues.iter().map(|one| (text(&one["key"]), one["count"].as_i64().unwrap())).collect()
}

/// The ids of a queue's tickets.
async fn inside(client: &Client, key: &str) -> Vec<String> {
    let query = "query($k: String!) { queueTickets(key: $k, first: 100) { nodes { id } } }";
    let data = client.data(query, json!({"k": key})).await;
    let nodes = data["queueTickets"]["nodes"].as_array().unwrap().clone();
    nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn everybody_has_the_queues_of_their_role_and_each_counts_what_it_holds() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    for (login, some, none) in [
        ("agent1", "MY_WORK", "MY_GROUP"),
        ("head1", "UNIT_OPEN", "MY_GROUP"),
        ("director", "DISPATCH", "MY_GROUP"),
        ("admin", "DISPATCH", "MY_GROUP"),
        ("auditor", "ARCHIVE", "MY_WORK"),
        ("client1", "REPORTED_BY_ME", "PENDING"),
        ("lead", "MY_GROUP", "PENDING"),
    ] {
        let client = stranger.sign_in(login, DEMO_PASSWORD).await;
        let queues = queues(&client).await;
        let keys: BTreeSet<&str> = queues.iter().map(|(key, _)| key.as_str()).collect();
        assert!(keys.contains(some) && !keys.contains(none), "{login}: {keys:?}");
        for (key, count) in &queues {
            let held = inside(&client, key).await;
            assert_eq!(i64::try_from(held.len()).unwrap(), *count, "{login}: {key}");
        }
        let missing =
            "query($k: String!) { queue(key: $k) { key } queueTickets(key: $k) { __typename } }";
        let missing = client.data(missing, json!({"k": none})).await;
        assert_eq!(missing, json!({"queue": null, "queueTickets": null}), "{login}: {none}");
    }
}

#[tokio::test]
async fn what_an_agent_reports_elsewhere_goes_out_for_agent_and_head_and_comes_in_there() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let ben = stranger.sign_in("agent2", DEMO_PASSWORD).await;
    let hana = stranger.sign_in("head1", DEMO_PASSWORD).await;
    let cleo = stranger.sign_in("agent3", DEMO_PASSWORD).await;
    let elsewhere = named(&ada, "units", "Infrastructure").await;
    let id = open(&ada, json!({"unitId": elsewhere})).await["id"].as_str().unwrap().to_owned();
    for (client, key, held) in [
        (&ada, "OUTGOING", true),
        (&ada, "REPORTED_BY_ME", true),
        (&ada, "INCOMING", false),
        (&hana, "OUTGOING", true),
        (&hana, "INCOMING", false),
        (&ben, "OUTGOING", false),
        (&cleo, "INCOMING", true),
        (&cleo, "UNASSIGNED", true),
        (&cleo, "ARCHIVE", false),
    ] {
        assert_eq!(inside(client, key).await.contains(&id), held, "{key}");
    }
    let read = "query($id: ID!) { ticket(id: $id) { id } }";
    assert_eq!(ben.data(read, json!({"id": id})).await["ticket"], Value::Null);
}

#[tokio::test]
async fn saved_queues_are_shared_with_whom_they_say_and_show_each_reader_their_own() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let ben = stranger.sign_in("agent2", DEMO_PASSWORD).await;
    let cleo = stranger.sign_in("agent3", DEMO_PASSWORD).await;
    let hana = stranger.sign_in("head1", DEMO_PASSWORD).await;
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let desk = named(&ada, "units", "Service Desk").await;
    let shows = "queue { key name count saved { id sharing where orderBy columns version \
                 owner { name } unit { name } } } userErrors { code field }";
    let input = json!({"name": "Waiting", "sharing": "UNIT", "unitId": desk,
        "where": {"state": {"eq": "PENDING"}},
        "orderBy": [{"field": "CREATED_AT", "direction": "ASC"}],
        "columns": ["NUMBER", "TITLE", "HOLDER"]});
    let saved = mutate(&ada, "queueSave", input.clone(), shows).await;
    assert_eq!(saved["userErrors"], json!([]), "{saved}");
    let queue = &saved["queue"];
    assert_eq!(queue["saved"]["where"], json!({"state": {"eq": "PENDING"}}));
    assert_eq!(queue["saved"]["columns"], json!(["NUMBER", "TITLE", "HOLDER"]));
    assert_eq!(queue["saved"]["owner"]["name"], "Ada Agent");
    let key = queue["key"].as_str().unwrap().to_owned();
    let held = inside(&ada, &key).await;
    assert!(!held.is_empty() && queue["count"] == json!(held.len()));
    let has = |queues: Vec<(String, i64)>| queues.iter().any(|(one, _)| *one == key);
    assert!(has(queues(&ben).await) && has(queues(&hana).await));
    assert!(!has(queues(&cleo).await) && !has(queues(&carla).await));
    let query = "query($k: String!) { queue(key: $k) { key } }";
    assert_eq!(cleo.data(query, json!({"k": key})).await["queue"], Value::Null);
    // A stranger to it is told the same as of one that never was; a colleague may not; the head may.
    let mut again = input.clone();
    again["queueId"] = json!(key);
    again["name"] = json!("Waiting long");
    let codes = async |client: &Client, input: Value| {
        let payload = mutate(client, "queueSave", input, shows).await;
        payload["userErrors"][0]["code"].clone()
    };
    assert_eq!(codes(&cleo, again.clone()).await, "QUEUE_NOT_FOUND");
    assert_eq!(codes(&hana, again.clone()).await, Value::Null);
    let deep = json!({"not": {"not": {"not": {"not": {"not": {"state": {"eq": "NEW"}}}}}}});
    let mut unfit = input.clone();
    unfit["where"] = deep;
    assert_eq!(codes(&ada, unfit).await, "INVALID_INPUT");
    let mut foreign = input.clone();
    foreign["unitId"] = named(&ada, "units", "Infrastructure").await;
    assert_eq!(codes(&ada, foreign).await, "QUEUE_UNIT_UNFIT");
    let removed = mutate(&ada, "queueRemove", json!({"queueId": key}), shows).await;
    assert_eq!(removed, json!({"queue": null, "userErrors": []}));
    assert!(!has(queues(&ada).await));
}

#[tokio::test]
async fn a_search_finds_words_anywhere_and_internal_notes_for_staff_alone() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let colin = stranger.sign_in("client2", DEMO_PASSWORD).await;
    let dana = stranger.sign_in("director", DEMO_PASSWORD).await;
    let mine = open(&carla, json!({"title": "Der Küchenmixer quietscht"})).await;
    let id = mine["id"].clone();
    let note = json!({"ticketId": id, "body": "Typisch Zwiebelschneider", "internal": true});
    let noted = mutate(&dana, "ticketComment", note, "position userErrors { code }").await;
    assert_eq!(noted["userErrors"], json!([]), "{noted}");
    let position = noted["position"].as_str().unwrap().to_owned();
    let found = async |client: &Client, words: &str| {
        let query = "query($s: String!) { tickets(search: $s) { totalCount nodes { id } } }";
        let asked =
            client.request(query, json!({"s": words})).header("x-after-position", &position);
        let body: Value = asked.send().await.unwrap().json().await.unwrap();
        let data = &body["data"];
        assert_eq!(
            data["tickets"]["totalCount"],
            data["tickets"]["nodes"].as_array().unwrap().len()
        );
        data["tickets"]["nodes"].as_array().unwrap().iter().any(|node| node["id"] == id)
    };
    for (client, words, seen) in [
        (&carla, "küchenMIXER", true),
        (&carla, "mixer quiet", true),
        (&carla, "Zwiebel", false),
        (&dana, "zwiebel mixer", true),
        (&colin, "küchenmixer", false),
        (&dana, "mixer toaster", false),
    ] {
        assert_eq!(found(client, words).await, seen, "{words}");
    }
    let facets = "{ tickets { totalCount facets(fields: [STATE, UNIT, TAG]) { field values { value label count } } } }";
    let data = dana.data(facets, json!({})).await;
    let facets = data["tickets"]["facets"].as_array().unwrap();
    for facet in &facets[..2] {
        let counts = facet["values"].as_array().unwrap().iter();
        let sum: i64 = counts.map(|value| value["count"].as_i64().unwrap()).sum();
        assert_eq!(data["tickets"]["totalCount"], sum, "{facet}");
    }
}

#[tokio::test]
async fn bulk_answers_item_by_item_in_order() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let items = json!([
        {"kind": "INCIDENT", "title": "One", "idempotencyKey": "one", "clientMutationId": "1"},
        {"kind": "TASK", "title": "Two"},
        {"kind": "INCIDENT", "title": "Three"},
        {"kind": "INCIDENT", "title": "\u{0}"},
    ]);
    let shows = "clientMutationId results { clientMutationId ticket { id title } userErrors { code } replayed }";
    let input = json!({"items": items, "clientMutationId": "all"});
    let first = mutate(&ada, "ticketOpenMany", input.clone(), shows).await;
    assert_eq!(first["clientMutationId"], "all");
    let results = first["results"].as_array().unwrap();
    let codes: Vec<&Value> = results.iter().map(|one| &one["userErrors"][0]["code"]).collect();
    assert_eq!(
        codes,
        [&Value::Null, &json!("TICKET_KIND_UNFIT"), &Value::Null, &json!("TICKET_TEXT_UNFIT")]
    );
    assert_eq!(
        (&results[0]["ticket"]["title"], &results[2]["ticket"]["title"]),
        (&json!("One"), &json!("Three"))
    );
    assert_eq!(results[0]["clientMutationId"], "1");
    let again = mutate(&ada, "ticketOpenMany", input, shows).await;
    assert_eq!(again["results"][0]["ticket"]["id"], results[0]["ticket"]["id"]);
    assert_eq!(again["results"][0]["replayed"], true);
    let ids =
        [&results[0]["ticket"]["id"], &results[2]["ticket"]["id"], &results[0]["ticket"]["id"]];
    let items: Vec<Value> =
        ids.iter().map(|id| json!({"ticketId": id, "reason": "solved itself"})).collect();
    let cancelled = mutate(&ada, "ticketCancelMany", json!({"items": items}), shows).await;
    assert_eq!(cancelled["results"].as_array().unwrap().len(), 3, "{cancelled}");
    let many: Vec<Value> =
        (0..101).map(|nr| json!({"kind": "INCIDENT", "title": nr.to_string()})).collect();
    let query =
        "mutation($i: TicketOpenManyInput!) { ticketOpenMany(input: $i) { clientMutationId } }";
    let refused = ada.request(query, json!({"i": {"items": many}})).send().await.unwrap();
    let body: Value = refused.json().await.unwrap();
    assert_eq!(body["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{body}");
}

#[tokio::test]
async fn a_merge_closes_one_tells_both_and_hides_what_is_hidden() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let cleo = stranger.sign_in("agent3", DEMO_PASSWORD).await;
    let (one, two) = (open(&ada, json!({})).await, open(&ada, json!({})).await);
    let infrastructure = named(&ada, "units", "Infrastructure").await;
    let hers = open(&cleo, json!({"unitId": infrastructure})).await;
    let absent = "VGlja2V0OjAxOTAwMDAwLTAwMDAtN2FiYy04MDAwLTAwMDAwMDAwMDAwMQ";
    let merge = async |client: &Client, ticket: &Value, into: &Value| {
        mutate(client, "ticketMerge", json!({"ticketId": ticket, "intoId": into}), TICKET).await
    };
    let hidden = merge(&ada, &one["id"], &hers["id"]).await;
    assert_eq!(hidden["userErrors"][0]["code"], "TICKET_INTO_UNKNOWN", "{hidden}");
    assert_eq!(hidden, merge(&ada, &one["id"], &json!(absent)).await);
    let hidden = merge(&ada, &hers["id"], &one["id"]).await;
    assert_eq!(hidden["userErrors"][0]["code"], "TICKET_NOT_FOUND", "{hidden}");
    assert_eq!(hidden, merge(&ada, &json!(absent), &one["id"]).await);
    let itself = merge(&ada, &one["id"], &one["id"]).await;
    assert_eq!(itself["userErrors"][0]["code"], "TICKET_INTO_ITSELF", "{itself}");
    let merged = merge(&ada, &one["id"], &two["id"]).await;
    assert_eq!(merged["userErrors"], json!([]), "{merged}");
    assert_eq!(merged["ticket"]["state"], "CLOSED");
    assert_eq!(merged["ticket"]["mergedInto"]["id"], two["id"]);
    let link = json!([{"kind": "DUPLICATE_OF", "ticket": {"id": two["id"]}}]);
    assert_eq!(merged["ticket"]["links"]["nodes"], link);
    assert_eq!(merged["ticket"]["allowedActions"], json!(["WATCH"]));
    let twice = merge(&ada, &one["id"], &two["id"]).await;
    assert_eq!(twice["userErrors"], json!([]), "merging there twice changes nothing: {twice}");
    let back = merge(&ada, &two["id"], &one["id"]).await;
    assert_eq!(back["userErrors"][0]["code"], "TICKET_INTO_OVER", "{back}");
}

#[tokio::test]
async fn what_names_nobody_is_routed_and_tasks_are_opened_with_their_ticket() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let hana = stranger.sign_in("head1", DEMO_PASSWORD).await;
    let plain = open(&ada, json!({})).await;
    assert_eq!((&plain["state"], &plain["routing"]["outcome"]), (&json!("NEW"), &json!("NO_UNIT")));
    let hers = open(&carla, json!({})).await;
    assert_eq!(hers["routing"], Value::Null, "how it was routed is the desk's own");
    let people = ada.data("{ people(first: 100) { nodes { id login } } }", json!({})).await;
    let person = |login: &str| {
        let people = people["people"]["nodes"].as_array().unwrap();
        people.iter().find(|one| one["login"] == login).unwrap()["id"].clone()
    };
    let desk = named(&ada, "units", "Service Desk").await;
    let shared = json!({"individual": true, "unitId": desk, "tags": ["Fire Drill"],
        "assigneeIds": [person("agent1"), person("agent2")], "parentId": plain["id"]});
    let deep = mutate(
        &hana,
        "ticketOpen",
        {
            let mut deep = shared.clone();
            deep["kind"] = json!("INCIDENT");
            deep["title"] = json!("Too deep");
            deep
        },
        TICKET,
    )
    .await;
    assert!(deep["userErrors"][0]["code"].is_string(), "{deep}");
    let mut shared = shared;
    shared["parentId"] = Value::Null;
    let drill = open(&hana, shared).await;
    assert_eq!((&drill["individual"], &drill["tags"]), (&json!(true), &json!(["fire drill"])));
    let tasks = drill["children"]["nodes"].as_array().unwrap();
    assert_eq!(tasks.len(), 2, "{drill}");
    for task in tasks {
        assert_eq!((&task["kind"], &task["parent"]["id"]), (&json!("TASK"), &drill["id"]));
        assert_eq!(task["assignees"].as_array().unwrap().len(), 1);
    }
    let part = open(&ada, json!({"parentId": plain["id"]})).await;
    let read = "query($id: ID!) { ticket(id: $id) { parent { id } } }";
    let read = ada.data(read, json!({"id": part["id"]})).await;
    assert_eq!(read["ticket"]["parent"]["id"], plain["id"]);
}
