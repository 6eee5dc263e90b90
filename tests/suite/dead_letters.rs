//! An event that a view cannot apply, from parking to the decision; and a view that is paused.

use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use testbed::{Client, World};

use crate::desk::{Desk, accepted, code, mutate};

const LETTER: &str = "id projection aggregateType error attempts behind state resolution reason
                      decidedBy { login }";

async fn decide(who: &Client, verb: &str, input: Value) -> Value {
    let kind = format!("D{}Input", &verb[1..]);
    let query = format!(
        "mutation($i: {kind}!) {{ {verb}(input: $i) {{
            deadLetter {{ {LETTER} }} next {{ id }} userErrors {{ code field meta }} }} }}"
    );
    who.data(&query, json!({"i": input})).await[verb].clone()
}

async fn letters(who: &Client, state: &str) -> Value {
    let query = format!(
        "{{ deadLetters(projection: \"tickets\", state: {state}) {{
            totalCount nodes {{ {LETTER} }} }} }}"
    );
    who.data(&query, json!({})).await["deadLetters"].clone()
}

async fn projection(who: &Client, name: &str) -> Value {
    let query = "{ projections { name state parked slots lag pauseReason } }";
    let all = who.data(query, json!({})).await["projections"].clone();
    all.as_array().unwrap().iter().find(|model| model["name"] == name).unwrap().clone()
}

/// From now on the view cannot show that somebody works on this ticket.
async fn spoil(database: &mut PgConnection, title: &str) {
    let ticket = sqlx::query("select ticket_id::text from view_tickets.tickets where title = $1")
        .bind(title)
        .fetch_one(&mut *database)
        .await
        .unwrap();
    let ticket: String = ticket.get(0);
    let sql = format!(
        "alter table view_tickets.tickets
         add constraint spoilt check (ticket_id <> '{ticket}' or holder_id is null)"
    );
    sqlx::raw_sql(&sql).execute(database).await.unwrap();
}

#[tokio::test]
async fn a_ticket_that_cannot_be_shown_waits_alone_until_an_administrator_decides() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let mut database = world.superuser().await;
    let (spoilt, fine) = (desk.ticket("Spoilt").await, desk.ticket("Fine").await);
    spoil(&mut database, "Spoilt").await;
    let works = async |id: &Value| {
        let started = mutate(&desk.ada, "ticketStartWork", json!({"ticketId": id})).await;
        accepted(&started)["ticket"]["state"].clone()
    };
    // It is so, though the view does not show it.
    works(&spoilt).await;
    assert_eq!(works(&fine).await, "IN_PROGRESS");
    let open = letters(&desk.ada, "OPEN").await;
    assert_eq!(open["totalCount"], 1, "{open}");
    let letter = &open["nodes"][0];
    assert_eq!((&letter["projection"], &letter["attempts"]), (&json!("tickets"), &json!(1)));
    assert_eq!(projection(&desk.ada, "tickets").await["parked"], 1);
    let listed = world.run_replay(&["dead-letters", "list", "--json"]);
    assert!(listed.stdout.contains("23514"), "{}", listed.stdout);
    assert_eq!(world.run_replay(&["dead-letters", "list", "nobody"]).code, 2);
    // What waits is no difference, but nobody may take the view for whole.
    let verified = world.run_replay(&["verify"]);
    assert!(verified.stdout.contains("streams parked: 1"), "{}", verified.stdout);
    let which = json!({"deadLetterId": letter["id"]});
    assert_eq!(code(&decide(&desk.director, "deadLetterRetry", which.clone()).await), "FORBIDDEN");
    let stuck = decide(&desk.admin, "deadLetterRetry", which.clone()).await;
    assert_eq!(code(&stuck), "DEAD_LETTER_STUCK");
    assert_eq!(stuck["deadLetter"]["attempts"], 2);
    let unsaid = json!({"deadLetterId": letter["id"], "reason": " "});
    assert_eq!(code(&decide(&desk.admin, "deadLetterDiscard", unsaid).await), "REASON_UNFIT");
    sqlx::raw_sql("alter table view_tickets.tickets drop constraint spoilt")
        .execute(&mut database)
        .await
        .unwrap();
    let why = json!({"deadLetterId": letter["id"], "reason": "The constraint is gone."});
    let settled = decide(&desk.admin, "deadLetterRetry", why.clone()).await;
    assert_eq!(settled["userErrors"], json!([]), "{settled}");
    let settled = &settled["deadLetter"];
    assert_eq!((&settled["state"], &settled["resolution"]), (&json!("SETTLED"), &json!("RETRIED")));
    assert_eq!(settled["decidedBy"]["login"], "admin");
    assert_eq!(code(&decide(&desk.admin, "deadLetterResolve", why).await), "DEAD_LETTER_SETTLED");
    assert_eq!(letters(&desk.ada, "OPEN").await["totalCount"], 0);
    assert_eq!(letters(&desk.auditor, "SETTLED").await["totalCount"], 1);
    let shown = mutate(&desk.ada, "ticketStopWork", json!({"ticketId": spoilt})).await;
    assert_ne!(accepted(&shown)["ticket"]["state"], "IN_PROGRESS");
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}

#[tokio::test]
async fn a_paused_view_says_so_and_nobody_is_sent_elsewhere_for_it() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let say = async |who: &Client, verb: &str, input: Value| {
        let kind = format!("P{}Input", &verb[1..]);
        let query = format!(
            "mutation($i: {kind}!) {{ {verb}(input: $i) {{
                projection {{ name state pauseReason }} userErrors {{ code field }} }} }}"
        );
        who.data(&query, json!({"i": input})).await[verb].clone()
    };
    let search = json!({"name": "search", "reason": "The disk is moved."});
    assert_eq!(code(&say(&desk.director, "projectionPause", search.clone()).await), "FORBIDDEN");
    let paused = say(&desk.admin, "projectionPause", search).await;
    assert_eq!(paused["projection"]["state"], "PAUSED", "{paused}");
    assert_eq!(paused["projection"]["pauseReason"], "The disk is moved.");
    let inline = json!({"name": "directory", "reason": "x"});
    assert_eq!(code(&say(&desk.admin, "projectionPause", inline).await), "PROJECTION_INLINE");
    let unknown = json!({"name": "nothing"});
    assert_eq!(code(&say(&desk.admin, "projectionResume", unknown).await), "PROJECTION_NOT_FOUND");
    assert_eq!(desk.admin.get("/health/ready").await.0, 200);
    let told = world.run_replay(&["projections"]);
    assert!(told.stdout.contains("PAUSED"), "{}", told.stdout);
    let resumed = say(&desk.admin, "projectionResume", json!({"name": "search"})).await;
    assert_eq!(resumed["projection"]["state"], "RUNNING", "{resumed}");
}
