//! Absent and invisible answer alike, to the byte: whatever is asked about a thing one does not see,
//! by every way the schema has.

use serde_json::{Value, json};
use testbed::{Client, World};

use super::desk::{Desk, absent_like, mutation};
use super::forms::Forms;

/// Asks about the thing itself.
const QUESTIONS: [&str; 5] = [
    "query($i: ID!) { node(id: $i) { __typename id } }",
    "query($i: ID!) { nodes(ids: [$i]) { __typename id } }",
    "query($i: ID!) { ticket(id: $i) { id title } }",
    "query($i: ID!) { timeline(nodeId: $i) { totalCount nodes { eventType } } }",
    "query($i: ID!) { person(id: $i) { id name } unit(id: $i) { id name } }",
];

/// Something that is there, and something of its sort that is not.
struct Pair {
    hidden: Value,
    absent: Value,
}

impl Pair {
    fn of(hidden: Value) -> Self {
        let absent = absent_like(&hidden);
        Self { hidden, absent }
    }
}

/// The answer to the byte, but for how far the read side is.
async fn answer(client: &Client, query: &str, variables: Value) -> (u16, String) {
    let response = client.request(query, variables).send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let told = text.find(",\"extensions\":{\"consistency\"").unwrap_or(text.len());
    (status, text[..told].to_owned())
}

/// Asks in every way there is: by queries, and by every mutation that takes such an id.
async fn answers_alike(client: &Client, forms: &Forms, (names, pair): (&[&str], &Pair)) {
    questions_alike(client, pair).await;
    let mut asked = 0;
    for name in names {
        for (field, form) in forms.taking(name) {
            let query = mutation(&field, "__typename userErrors { code message field meta }");
            let hidden = answer(client, &query, json!({"i": form(&pair.hidden)})).await;
            let absent = answer(client, &query, json!({"i": form(&pair.absent)})).await;
            assert_eq!(hidden, absent, "{field} by {name}");
            assert!(
                !hidden.1.contains("\"userErrors\":[]"),
                "{field}: nothing is done: {hidden:?}"
            );
            asked += 1;
        }
    }
    assert!(asked > 0, "{names:?} are names of the schema");
}

async fn questions_alike(client: &Client, pair: &Pair) {
    for question in QUESTIONS {
        let hidden = answer(client, question, json!({"i": pair.hidden})).await;
        let absent = answer(client, question, json!({"i": pair.absent})).await;
        assert_eq!(hidden, absent, "{question}");
    }
}

#[tokio::test]
async fn a_ticket_one_does_not_see_is_as_if_it_did_not_exist() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    for (login, author) in [("client1", "client2"), ("agent3", "client1"), ("head2", "agent1")] {
        let client = desk.of_login(login);
        let ticket = desk.open(author, "None of your business").await;
        desk.assign(&ticket, Some("Service Desk"), &[]).await;
        let reply = json!({"ticketId": ticket, "body": "On it."});
        desk.done("director", "ticketComment", reply).await;
        let own = desk.open(login, "Their own").await;
        let known = [("ticketId", own), ("personId", desk.id(login))];
        let forms = Forms::of(client, known).await;
        let pair = Pair::of(ticket.clone());
        answers_alike(client, &forms, (&["ticketId", "otherId"], &pair)).await;

        let query = "query($i: ID!) { ticket(id: $i) { number conversation { nodes { id } } } }";
        let seen = desk.of_login("director").data(query, json!({"i": ticket})).await;
        let comment = seen["ticket"]["conversation"]["nodes"][0]["id"].clone();
        questions_alike(client, &Pair::of(comment)).await;
        let by_number = "query($n: String!) { ticket(number: $n) { id } }";
        let hidden = answer(client, by_number, json!({"n": seen["ticket"]["number"]})).await;
        let absent = answer(client, by_number, json!({"n": "INC-999999"})).await;
        assert_eq!(hidden, absent);
    }
}

#[tokio::test]
async fn people_and_units_are_as_if_they_did_not_exist_for_clients() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    for login in ["client1", "lead"] {
        let client = desk.of_login(login);
        let own = desk.open(login, "Their own").await;
        let forms = Forms::of(client, [("ticketId", own)]).await;
        let people = Pair::of(desk.id("agent1"));
        answers_alike(client, &forms, (&["personId"], &people)).await;
        let units = Pair::of(desk.unit("Infrastructure"));
        answers_alike(client, &forms, (&["unitId"], &units)).await;
    }
}

#[tokio::test]
async fn a_saved_queue_of_somebody_else_is_as_if_it_did_not_exist() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    let save = mutation("queueSave", "queue { key } userErrors { code message }");
    let input = json!({"name": "Mine alone", "columns": ["NUMBER"]});
    let saved = desk.of_login("agent1").data(&save, json!({"i": input})).await;
    let queue = Pair::of(saved["queueSave"]["queue"]["key"].clone());
    for login in ["agent2", "head1", "director", "client1"] {
        let client = desk.of_login(login);
        let forms = Forms::of(client, []).await;
        answers_alike(client, &forms, (&["queueId"], &queue)).await;
        for question in [
            "query($i: String!) { queue(key: $i) { name count } }",
            "query($i: String!) { queueTickets(key: $i) { totalCount } }",
        ] {
            let hidden = answer(client, question, json!({"i": queue.hidden})).await;
            assert_eq!(hidden, answer(client, question, json!({"i": queue.absent})).await);
        }
    }
}

#[tokio::test]
async fn a_macro_of_another_unit_is_as_if_it_did_not_exist() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    let define = mutation("macroDefine", "macro { id } userErrors { code message }");
    let input = json!({"name": "Close quickly", "unitId": desk.unit("Service Desk"),
                       "steps": [{"tag": "quick"}]});
    let defined = desk.of_login("director").data(&define, json!({"i": input})).await;
    let pair = Pair::of(defined["macroDefine"]["macro"]["id"].clone());
    for login in ["agent3", "client1"] {
        let client = desk.of_login(login);
        let own = desk.open(login, "Their own").await;
        let forms = Forms::of(client, [("ticketId", own)]).await;
        answers_alike(client, &forms, (&["macroId"], &pair)).await;
    }
}
