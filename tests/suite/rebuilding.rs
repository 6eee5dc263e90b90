//! Rebuilding through the API, while people work.

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

const REBUILD: &str = "mutation($i: ProjectionRebuildInput!) {
    projectionRebuild(input: $i) { job { id state } userErrors { code field } } }";

const PROGRESS: &str = "subscription($id: ID!) { jobProgress(id: $id) {
    state done total ratePerSecond etaSeconds digestBefore digestAfter equal rows error } }";

/// Runs a mutation on a read model; its payload.
async fn on(client: &Client, field: &str, name: &str) -> Value {
    let told = if field == "projectionRollback" { "appliedThrough" } else { "job { id state }" };
    let query = format!(
        "mutation($i: ProjectionJobInput!) {{
            {field}(input: $i) {{ {told} userErrors {{ code field }} }} }}"
    );
    client.data(&query, json!({"i": {"name": name}})).await[field].clone()
}

/// Opens a ticket, and finds it at once.
async fn open(client: &Client, title: &str) {
    let query = "mutation($i: TicketOpenInput!) {
        ticketOpen(input: $i) { ticket { title } userErrors { code } } }";
    let input = json!({"kind": "INCIDENT", "title": title});
    let data = client.data(query, json!({"i": input})).await;
    assert_eq!(data["ticketOpen"]["ticket"]["title"], title);
}

/// The code of the first user error.
fn refusal(payload: &Value) -> &Value {
    &payload["userErrors"][0]["code"]
}

#[tokio::test]
async fn a_view_is_rebuilt_while_people_work_and_taken_back() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let client = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let asked = admin.data(REBUILD, json!({"i": {"name": "tickets", "workers": 2}})).await;
    let job = asked["projectionRebuild"]["job"]["id"].clone();
    assert!(job.is_string(), "{asked}");
    let mut listener = admin.listen(PROGRESS, json!({"id": job}), None).await.unwrap();
    let mut opened = 0;
    let done = loop {
        open(&client, &format!("While it goes on {opened}")).await;
        opened += 1;
        let told = listener.data().await["jobProgress"].clone();
        match told["state"].as_str() {
            Some("REQUESTED" | "RUNNING") => assert_eq!(told["error"], Value::Null),
            _ => break told,
        }
    };
    assert_eq!((&done["state"], &done["equal"]), (&json!("DONE"), &json!(true)), "{done}");
    assert_eq!(done["digestBefore"], done["digestAfter"]);
    assert_eq!(done["done"], done["total"]);
    // Nothing more comes after the end.
    assert_eq!(listener.next().await.unwrap().event, "complete");
    open(&client, "After it").await;
    let query = "query($id: ID!) {
        job(id: $id) { state projection requestedBy } jobs(projection: \"tickets\") { id } }";
    let data = admin.data(query, json!({"id": job})).await;
    assert_eq!(data["job"]["state"], "DONE");
    assert_eq!(data["jobs"][0]["id"], job);
    let back = on(&admin, "projectionRollback", "tickets").await;
    assert_eq!(back["userErrors"], json!([]), "{back}");
    open(&client, "With the tables of before").await;
    let data = admin.data(query, json!({"id": job})).await;
    assert_eq!(data["job"]["state"], "ROLLED_BACK");
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
    let listed = world.run_replay(&["jobs", "--json"]);
    assert!(listed.stdout.contains("ROLLED_BACK"), "{}", listed.stdout);
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_others_may_not_even_ask() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    for field in ["projectionRebuildCancel", "projectionRebuildResume"] {
        assert_eq!(refusal(&on(&admin, field, "people").await), "PROJECTION_NO_JOB");
        assert_eq!(refusal(&on(&admin, field, "nothing").await), "PROJECTION_NOT_FOUND");
    }
    let back = on(&admin, "projectionRollback", "people").await;
    assert_eq!(refusal(&back), "PROJECTION_NOTHING_KEPT");
    let many = admin.data(REBUILD, json!({"i": {"name": "people", "workers": 65}})).await;
    assert_eq!(refusal(&many["projectionRebuild"]), "INVALID_INPUT");
    for arguments in [
        ["rebuild", "people", "--resume"].as_slice(),
        &["rebuild", "people", "--cancel"],
        &["rebuild", "people", "--workers", "0"],
        &["rollback", "people"],
        &["rollback", "all"],
    ] {
        let refused = world.run_replay(arguments);
        assert_eq!(refused.code, 2, "{arguments:?}: {}", refused.stderr);
    }
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let asked = director.data(REBUILD, json!({"i": {"name": "people"}})).await;
    assert_eq!(refusal(&asked["projectionRebuild"]), "FORBIDDEN");
    for field in ["projectionRebuildCancel", "projectionRebuildResume", "projectionRollback"] {
        // Not even whether there is such a view.
        assert_eq!(refusal(&on(&director, field, "nothing").await), "FORBIDDEN", "{field}");
    }
}

#[tokio::test]
async fn a_killed_servers_rebuild_is_gone_on_with() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    // Nobody can read an event: it does not come to its end.
    let mut held = world.superuser().await;
    sqlx::raw_sql("begin; lock table journal.events in access exclusive mode")
        .execute(&mut held)
        .await
        .unwrap();
    let asked = admin.data(REBUILD, json!({"i": {"name": "tickets"}})).await;
    let job = asked["projectionRebuild"]["job"]["id"].clone();
    let mut listener = admin.listen(PROGRESS, json!({"id": job}), None).await.unwrap();
    while listener.data().await["jobProgress"]["state"] != "RUNNING" {}
    world.server().kill();
    sqlx::raw_sql("rollback").execute(&mut held).await.unwrap();
    let stranger = world.serve();
    let admin = stranger.sign_in("admin", DEMO_PASSWORD).await;
    let mut listener = admin.listen(PROGRESS, json!({"id": job}), None).await.unwrap();
    let done = loop {
        let told = listener.data().await["jobProgress"].clone();
        if !["REQUESTED", "RUNNING"].contains(&told["state"].as_str().unwrap()) {
            break told;
        }
    };
    assert_eq!((&done["state"], &done["equal"]), (&json!("DONE"), &json!(true)), "{done}");
}
