//! Who is told what: by rights, by queue, by notice.

use api::boot::App;
use api::gateway::{Caller, Request};
use domain::kernel::{ClaimKey, PersonId};
use domain::unit::UnitCommand;
use domain::unit::command::{Join, Leave};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};
use uuid::Uuid;

use super::{CHANGES, WHILE, open, press};

/// Opens a ticket for a unit; its id.
async fn open_for(client: &Client, unit: &str, title: &str) -> Value {
    let units = client.data("{ units { nodes { id name } } }", json!({})).await;
    let mut units = units["units"]["nodes"].as_array().unwrap().iter();
    let unit = units.find(|known| known["name"] == unit).unwrap()["id"].clone();
    let query = "mutation($i: TicketOpenInput!) {
        ticketOpen(input: $i) { ticket { id } userErrors { code } } }";
    let input = json!({"kind": "INCIDENT", "title": title, "unitId": unit});
    client.data(query, json!({"i": input})).await["ticketOpen"]["ticket"]["id"].clone()
}

/// The identity of a unit by its name.
async fn unit(node: &App, name: &str) -> Uuid {
    let key = ClaimKey::Plain(name.to_lowercase());
    node.gateway.journal().holders("unit.name", &[key]).await.unwrap()[0].unwrap()
}

/// Somebody of the demo as the gateway knows them.
async fn caller(node: &App, login: &str) -> (Caller, PersonId) {
    let id = node.identity.person_of(login).await.unwrap().unwrap();
    let person = node.gateway.principal(id).await.unwrap();
    (Caller::person(id, person), id)
}

#[tokio::test]
async fn nobody_is_told_what_is_not_theirs() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let refused = stranger.listen(CHANGES, json!({}), None).await.unwrap_err();
    assert_eq!(refused.status, 401);
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let colin = stranger.sign_in("client2", DEMO_PASSWORD).await;
    let mut hers = carla.listen(CHANGES, json!({}), None).await.unwrap();
    let mut his = colin.listen(CHANGES, json!({}), None).await.unwrap();
    let own = open(&carla, "Mine").await;
    let foreign = open(&colin, "His").await;
    assert_eq!(hers.data().await["ticketChanged"]["ticketId"], own);
    assert_eq!(his.data().await["ticketChanged"]["ticketId"], foreign);
    assert!(hers.is_silent(WHILE).await && his.is_silent(WHILE).await);
    // Hidden and absent are listened to alike: in silence.
    let mut hidden = carla.listen(CHANGES, json!({"id": foreign}), Some("1")).await.unwrap();
    assert!(hidden.is_silent(WHILE).await);
}

#[tokio::test]
async fn rights_bind_those_at_once_who_listen_already() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let dana = stranger.sign_in("director", DEMO_PASSWORD).await;
    let cleo = stranger.sign_in("agent3", DEMO_PASSWORD).await;
    let ticket = open_for(&dana, "Service Desk", "Not hers").await;
    let mut listener = cleo.listen(CHANGES, json!({"id": ticket}), None).await.unwrap();
    press(&dana, &ticket, "CRITICAL").await;
    assert!(listener.is_silent(WHILE).await, "another unit's");
    // Through another process, as any change of rights may come.
    let node = App::open(&world.place(), None).await.unwrap();
    let (desk, (_, person)) = (unit(&node, "Service Desk").await, caller(&node, "agent3").await);
    let does = async |command| {
        node.gateway.execute(&Caller::system(), Request::new(command, desk)).await.unwrap();
    };
    does(UnitCommand::Join(Join { person })).await;
    press(&dana, &ticket, "HIGH").await;
    let told = listener.data().await["ticketChanged"].clone();
    assert_eq!(
        (&told["eventType"], &told["ticket"]["version"]),
        (&json!("ticket.prioritized"), &json!(3))
    );
    does(UnitCommand::Leave(Leave { person })).await;
    press(&dana, &ticket, "LOW").await;
    assert!(listener.is_silent(WHILE).await, "no longer hers");
    node.close().await;
}

#[tokio::test]
async fn a_queue_tells_what_comes_what_goes_and_what_changes_in_it() {
    let mut world = World::demo().await;
    let ada = world.serve_for("agent1").await;
    let save = "mutation($i: QueueSaveInput!) {
        queueSave(input: $i) { queue { key } userErrors { code } } }";
    let pressing = json!({
        "name": "Pressing", "sharing": "PRIVATE", "columns": ["NUMBER"],
        "where": {"priority": {"in": ["CRITICAL", "HIGH"]}},
    });
    let saved = ada.data(save, json!({"i": pressing})).await["queueSave"].clone();
    let id = saved["queue"]["key"].clone();
    let query = "subscription($key: String!) { queueChanged(key: $key) {
        position kind ticketId ticket { version } } }";
    let mut listener = ada.listen(query, json!({"key": id}), None).await.unwrap();
    let ticket = open_for(&ada, "Service Desk", "Up and down").await;
    for priority in ["HIGH", "CRITICAL", "LOW", "NORMAL"] {
        press(&ada, &ticket, priority).await;
    }
    for (kind, version) in [("ENTERED", 2), ("CHANGED", 3), ("LEFT", 4)] {
        let told = listener.data().await["queueChanged"].clone();
        assert_eq!(told["kind"], kind, "{told}");
        assert_eq!((&told["ticketId"], &told["ticket"]["version"]), (&ticket, &json!(version)));
    }
    assert!(listener.is_silent(WHILE).await, "it was gone before the last change");
    let mut whole = ada.listen(query, json!({"key": "UNASSIGNED"}), None).await.unwrap();
    let mut hers = ada.listen(query, json!({"key": "MY_WORK"}), None).await.unwrap();
    let start = "mutation($i: TicketStartWorkInput!) {
        ticketStartWork(input: $i) { userErrors { code } } }";
    ada.data(start, json!({"i": {"ticketId": ticket}})).await;
    let (told, own) = (whole.data().await, hers.data().await);
    assert_eq!(own["queueChanged"]["kind"], "ENTERED", "{own}");
    assert_eq!(told["queueChanged"]["kind"], "CHANGED", "{told}");
    let unknown = ada.listen(query, json!({"key": "NOWHERE"}), None).await.unwrap_err();
    assert_eq!(unknown.status, 400);
    assert_eq!(unknown.body["errors"][0]["extensions"]["code"], "BAD_REQUEST");
}

#[tokio::test]
async fn notices_come_up_for_those_they_are_for_and_go_on_where_they_were() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let carla = stranger.sign_in("client1", DEMO_PASSWORD).await;
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let cleo = stranger.sign_in("agent3", DEMO_PASSWORD).await;
    let dana = stranger.sign_in("director", DEMO_PASSWORD).await;
    let query = "subscription { notifications {
        position kind ticketId ticket { title } actor { name } } }";
    let mut hers = ada.listen(query, json!({}), None).await.unwrap();
    let mut others = cleo.listen(query, json!({}), None).await.unwrap();
    let mut clients = carla.listen(query, json!({}), None).await.unwrap();
    let ticket = open_for(&dana, "Service Desk", "For the desk").await;
    let told = hers.next().await.unwrap();
    let notice = &told.data["data"]["notifications"];
    assert_eq!((&notice["kind"], &notice["ticketId"]), (&json!("TICKET_CREATED"), &ticket));
    assert_eq!(notice["ticket"]["title"], "For the desk");
    assert_eq!(notice["actor"]["name"], "Dana Director");
    drop(hers);
    let second = open_for(&dana, "Service Desk", "Another").await;
    let mut resumed = ada.listen(query, json!({}), told.id.as_deref()).await.unwrap();
    assert_eq!(resumed.data().await["notifications"]["ticketId"], second);
    assert!(resumed.is_silent(WHILE).await);
    assert!(others.is_silent(WHILE).await && clients.is_silent(WHILE).await);
}
