//! What a hostile client sends is refused at once, by a typed answer.

use serde_json::{Value, json};
use testbed::{Answer, Client, DEMO_PASSWORD, World};

use crate::desk::Desk;
use crate::inputs::{Schema, Wanted};

/// `depth` fragments, each spreading the next twice: 2^depth fields.
fn bomb(depth: usize) -> String {
    let mut document = String::from("query { ...F0 }");
    for level in 0..depth {
        let next = level + 1;
        document.push_str(&format!(" fragment F{level} on Query {{ ...F{next} ...F{next} }}"));
    }
    document.push_str(&format!(" fragment F{depth} on Query {{ __typename }}"));
    document
}

#[tokio::test]
async fn fragment_bombs_of_every_depth_are_refused() {
    let mut world = World::demo().await;
    let client = world.serve();
    for depth in 18..=45 {
        let answer = client.ask(&bomb(depth), json!({})).await;
        let code = &answer.body["errors"][0]["extensions"]["code"];
        assert_eq!(code, "DOCUMENT_TOO_LARGE", "depth {depth}: {answer:?}");
        assert!(answer.body.get("data").is_none());
    }
    let (live, _) = client.get("/health/live").await;
    assert_eq!(live, 200);
}

#[tokio::test]
async fn a_mutation_by_get_is_405_and_text_plain_is_415() {
    let mut world = World::demo().await;
    let client = world.serve();
    let url = format!("{}/graphql", client.base);
    let by_get = client
        .http()
        .get(&url)
        .query(&[("query", "mutation { signOut(input: {}) { userErrors { code } } }")])
        .send()
        .await
        .unwrap();
    assert_eq!(by_get.status(), 405);
    assert_eq!(by_get.headers()["allow"], "POST");
    let body = json!({"query": "{ __typename }"}).to_string();
    let plain =
        client.http().post(&url).header("content-type", "text/plain").body(body).send().await;
    assert_eq!(plain.unwrap().status(), 415);
}

#[tokio::test]
async fn a_stranger_and_a_forged_token_are_unauthenticated() {
    let mut world = World::demo().await;
    let client = world.serve();
    let stranger = client.ask("{ tickets { nodes { id } } }", json!({})).await;
    assert_eq!(stranger.body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let forged = client
        .http()
        .post(format!("{}/graphql", client.base))
        .header("content-type", "application/json")
        .bearer_auth("eyJhbGciOiJub25lIn0.e30.")
        .body(json!({"query": "{ viewer { role } }"}).to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(forged.status(), 401);
}

/// Texts that nobody types.
fn texts() -> [String; 4] {
    ["a\u{0}b".into(), "\u{1b}[31mred".into(), "invoice\u{202e}fdp.exe".into(), "x".repeat(100_000)]
}

/// What undoes nothing need not say no to a text that nothing has.
const UNDOES: [&str; 1] = ["personWithdrawSkill"];

/// Said no to, in a way that programs understand; never a fault of ours.
fn is_refused(answer: &Answer, field: &str) -> bool {
    is_typed(answer)
        && (UNDOES.contains(&field)
            || answer.body.get("errors").is_some()
            || !answer.body["data"][field]["userErrors"].as_array().unwrap().is_empty())
}

fn is_typed(answer: &Answer) -> bool {
    let code =
        |error: &Value| error["extensions"]["code"].as_str().unwrap_or("INTERNAL").to_owned();
    let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
    answer.status < 500 && errors.iter().map(code).all(|code| code != "INTERNAL")
}

async fn events(admin: &Client) -> Value {
    admin.data("{ events { totalCount } }", json!({})).await["events"]["totalCount"].clone()
}

#[tokio::test]
async fn no_mutation_takes_a_hostile_text_in_any_field_and_nothing_is_stored() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ticket = desk.ticket("Hostile").await;
    let schema = Schema::of(&desk.admin).await.with(&[
        ("ticketId", &ticket),
        ("unitId", &desk.service_desk),
        ("personId", &crate::desk::own_id(&desk.ada).await),
    ]);
    let before = events(&desk.admin).await;
    let mut asked = 0;
    for (mutation, input) in schema.mutations() {
        for text in texts() {
            for (path, value) in schema.with_each_text(&input, &text) {
                let query = format!(
                    "mutation($i: {input}!) {{ {mutation}(input: $i) {{ userErrors {{ code }} }} }}"
                );
                for who in [&desk.admin, &desk.director, &desk.carla] {
                    let answer = who.ask(&query, json!({"i": value})).await;
                    let start: String = text.chars().take(20).collect();
                    assert!(
                        is_refused(&answer, &mutation),
                        "{mutation} {path} {start:?} {answer:?}"
                    );
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 1_000, "{asked}");
    assert_eq!(events(&desk.admin).await, before);
}

#[tokio::test]
async fn no_query_fails_on_a_hostile_argument_or_the_cursor_of_another_list() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let schema = Schema::of(&admin).await;
    let page = "{ people(first: 1) { pageInfo { endCursor } } }";
    let foreign = admin.data(page, json!({})).await["people"]["pageInfo"]["endCursor"].clone();
    let mut all = texts().to_vec();
    all.extend([foreign.as_str().unwrap().to_owned(), String::new(), "MTpwZW9wbGU6".to_owned()]);
    for Wanted { field, argument, of, required } in schema.arguments() {
        for text in &all {
            for value in schema.values(&of, text) {
                let required: String = required.iter().fold(String::new(), |all, (name, of)| {
                    all + &format!(", {name}: {}", schema.literal(of, name))
                });
                let query = format!(
                    "query($v: {of}) {{ {field}({argument}: $v{required}) {{ __typename }} }}"
                );
                for who in [&admin, &carla] {
                    let answer = who.ask(&query, json!({"v": value})).await;
                    assert!(is_typed(&answer), "{query} {text:.20?} {answer:?}");
                }
            }
        }
    }
}

#[tokio::test]
async fn filters_of_depth_50_and_lone_surrogates_are_refused_wherever_they_are_taken() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    for by in ["and", "or", "not"] {
        let nest =
            |inner: Value| if by == "not" { json!({by: inner}) } else { json!({by: [inner]}) };
        let deep = (0..50).fold(json!({"state": {"eq": "NEW"}}), |inner, _| nest(inner));
        let list = "query($w: TicketWhere) { tickets(where: $w) { totalCount } }";
        let answer = ada.ask(list, json!({"w": deep})).await;
        assert!(is_typed(&answer) && answer.body.get("errors").is_some(), "{by} {answer:?}");
        let save = "mutation($i: QueueSaveInput!) { queueSave(input: $i) { userErrors { code } } }";
        let input = json!({"i": {"name": "Deep", "columns": ["NUMBER"], "where": deep}});
        let answer = ada.ask(save, input).await;
        assert!(is_refused(&answer, "queueSave"), "{by} {answer:?}");
    }
    let open = "mutation($i: TicketOpenInput!) { ticketOpen(input: $i) { userErrors { code } } }";
    let escaped = r#"{"i": {"kind": "INCIDENT", "title": "\ud800"}}"#;
    let in_variables = format!(r#"{{"query": {}, "variables": {escaped}}}"#, json!(open));
    let document = r#"{ ticket(number: "\ud800") { id } }"#;
    let in_document = json!({"query": document}).to_string();
    for body in [in_variables, in_document] {
        let request = ada.request("", json!({})).body(body.clone()).send().await.unwrap();
        let status = request.status().as_u16();
        let answer = Answer { status, body: request.json().await.unwrap() };
        assert!(is_typed(&answer), "{body} {answer:?}");
        assert_eq!(answer.body["data"]["ticketOpen"], Value::Null, "{answer:?}");
    }
}
