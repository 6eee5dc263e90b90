//! Many at once: nothing is lost, nothing doubled, everybody is answered.

use futures_util::future::join_all;
use serde_json::json;
use sqlx::Row;
use testbed::{DEMO_PASSWORD, World};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_identical_mutations_make_one_event() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let mut database = world.superuser().await;
    let count = "select count(*) from journal.events where aggregate_type = 'ticket'";
    let before: i64 = sqlx::query(count).fetch_one(&mut database).await.unwrap().get(0);
    let query = "mutation($i: TicketOpenInput!) {
        ticketOpen(input: $i) { ticket { id } userErrors { code } replayed } }";
    let input = json!({"i": {"kind": "INCIDENT", "title": "One", "idempotencyKey": "same"}});
    let answers = join_all((0..50).map(|_| ada.data(query, input.clone()))).await;
    let first = &answers[0]["ticketOpen"]["ticket"]["id"];
    assert!(first.is_string());
    assert!(answers.iter().all(|answer| &answer["ticketOpen"]["ticket"]["id"] == first));
    let fresh = answers.iter().filter(|answer| answer["ticketOpen"]["replayed"] == false);
    assert_eq!(fresh.count(), 1);
    let after: i64 = sqlx::query(count).fetch_one(&mut database).await.unwrap().get(0);
    assert_eq!(after - before, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sixty_four_commands_on_one_ticket_are_all_answered() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let people =
        director.data("{ people(search: \"agent\", first: 50) { nodes { id } } }", json!({})).await;
    let people = people["people"]["nodes"].as_array().unwrap().clone();
    let open = "mutation { ticketOpen(input: {kind: INCIDENT, title: \"Hot\"}) { ticket { id } } }";
    let opened = director.data(open, json!({})).await;
    let id = opened["ticketOpen"]["ticket"]["id"].clone();
    let commands = (0..64).map(|n| {
        let person = people[n % people.len()]["id"].clone();
        let (impact, urgency) = (["HIGH", "MEDIUM", "LOW"][n % 9 / 3], ["HIGH", "LOW"][n % 2]);
        let (name, kind, input) = match n % 3 {
            0 => ("ticketAssign", "TicketAssignInput", json!({"assigneeIds": [person]})),
            1 => (
                "ticketPrioritize",
                "TicketPrioritizeInput",
                json!({"impact": impact, "urgency": urgency}),
            ),
            _ => ("ticketStartWork", "TicketStartWorkInput", json!({})),
        };
        let mut input = input;
        input["ticketId"] = id.clone();
        let query = format!(
            "mutation($i: {kind}!) {{ {name}(input: $i) {{
                ticket {{ version }} userErrors {{ code }} }} }}"
        );
        let director = director.clone();
        async move { director.data(&query, json!({"i": input})).await[name].clone() }
    });
    let answers = join_all(commands).await;
    assert_eq!(answers.len(), 64);
    for answer in &answers {
        let refused = &answer["userErrors"];
        let known = refused == &json!([])
            || refused[0]["code"] == "TICKET_WRONG_STATE"
            || refused[0]["code"] == "TICKET_HELD";
        assert!(known, "{answer}");
    }
    let mut database = world.superuser().await;
    let sql = "select count(*), max(sequence), count(distinct metadata->>'command_id')
               from journal.events where aggregate_id = (
                   select aggregate_id from journal.events where event_type = 'ticket.opened'
                   order by position desc limit 1)";
    let row = sqlx::query(sql).fetch_one(&mut database).await.unwrap();
    let (events, last, commands): (i64, i64, i64) = (row.get(0), row.get(1), row.get(2));
    assert_eq!(events, last, "the stream counts without gaps");
    assert_eq!(events, commands, "no command made two events");
}
