//! Thresholds as they are crossed, for those who listen.

use std::time::Duration;

use api::boot::App;
use api::gateway::{Caller, Request};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::kernel::SlaPlanId;
use domain::sla::ClockKind;
use domain::sla::stopwatch::Timer;
use domain::ticket_clock::TicketClockCommand;
use domain::ticket_clock::command::Record;
use serde_json::{Value, json};
use testbed::DEMO_PASSWORD;
use testbed::World;
use uuid::Uuid;

use crate::desk::{Desk, accepted, mutate_noun};

const CROSSINGS: &str =
    "subscription($id: ID) { slaAtRisk(ticketId: $id) { position occurredAt since
    ticketId ticket { title version } clock percent breached cycle limitSeconds usedSeconds } }";

/// For how long silence is listened to.
const WHILE: Duration = Duration::from_millis(400);

/// The stream behind a global id.
fn uuid(id: &Value) -> Uuid {
    let plain = URL_SAFE_NO_PAD.decode(id.as_str().unwrap()).unwrap();
    String::from_utf8(plain).unwrap().split_once(':').unwrap().1.parse().unwrap()
}

/// Records that a reaction clock went beyond a threshold, as the ticker does.
async fn cross(node: &App, ticket: &Value, percent: u16) {
    let now = node.gateway.now();
    let timer = Timer {
        clock: ClockKind::Reaction,
        percent,
        cycle: 1,
        at: now,
        since: now,
        used_seconds: 1_351,
        limit_seconds: 1_800,
        plan: SlaPlanId(Uuid::from_u128(1)),
        plan_version: 1,
    };
    let command = TicketClockCommand::Record(Record { timer });
    let request = Request { at: Some(now), ..Request::new(command, uuid(ticket)) };
    node.gateway.execute(&Caller::system(), request).await.unwrap();
}

#[tokio::test]
async fn each_crossing_is_told_to_those_who_see_the_ticket() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let node = App::open(&world.place(), None).await.unwrap();
    let id = desk.ticket("Slow").await;
    let mut hers = desk.ada.listen(CROSSINGS, json!({}), None).await.unwrap();
    let mut others = desk.cleo.listen(CROSSINGS, json!({}), None).await.unwrap();
    cross(&node, &id, 75).await;
    let told = hers.next().await.unwrap();
    let crossing = &told.data["data"]["slaAtRisk"];
    assert_eq!((&crossing["ticketId"], &crossing["percent"]), (&id, &json!(75)));
    assert_eq!((&crossing["clock"], &crossing["breached"]), (&json!("REACTION"), &json!(false)));
    assert_eq!(crossing["ticket"], json!({"title": "Slow", "version": 2}));
    assert_eq!(
        (&crossing["limitSeconds"], &crossing["usedSeconds"]),
        (&json!(1_800), &json!(1_351))
    );
    assert_eq!((&crossing["cycle"], &crossing["since"]), (&json!(1), &Value::Null));
    assert!(others.is_silent(WHILE).await, "another unit's");
    // Nothing is missed by who comes back.
    drop(hers);
    cross(&node, &id, 100).await;
    let mut resumed = desk.ada.listen(CROSSINGS, json!({}), told.id.as_deref()).await.unwrap();
    let breached = resumed.data().await["slaAtRisk"].clone();
    assert_eq!((&breached["percent"], &breached["breached"]), (&json!(100), &json!(true)));
    let query = "query($id: ID!) { ticket(id: $id) { sla { reaction { state crossings {
        percent cycle planVersion limitSeconds usedSeconds since } } work { crossings { percent } }
        } } }";
    let clocks = desk.ada.data(query, json!({"id": id})).await["ticket"]["sla"].clone();
    let recorded = clocks["reaction"]["crossings"].as_array().unwrap();
    let percents: Vec<&Value> = recorded.iter().map(|it| &it["percent"]).collect();
    assert_eq!(percents, [75, 100]);
    let first = json!({"percent": 75, "cycle": 1, "planVersion": 1, "limitSeconds": 1_800,
        "usedSeconds": 1_351, "since": null});
    assert_eq!((&recorded[0], &clocks["work"]["crossings"]), (&first, &json!([])));
    // Whoever gets to see the ticket is told from then on.
    let unit = json!({"ticketId": id, "unitId": desk.infrastructure});
    accepted(&mutate_noun(&desk.director, "ticketAssign", "ticket { id }", unit).await);
    cross(&node, &id, 150).await;
    assert_eq!(others.data().await["slaAtRisk"]["percent"], 150);
    let another = desk.ticket("Another").await;
    let mut single =
        desk.director.listen(CROSSINGS, json!({"id": another}), Some("1")).await.unwrap();
    assert!(single.is_silent(WHILE).await, "of one ticket alone");
    node.close().await;
}

#[tokio::test]
async fn nobody_listens_without_a_name() {
    let mut world = World::demo().await;
    let stranger = world.serve();
    let refused = stranger.listen(CROSSINGS, json!({}), None).await.unwrap_err();
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let ada = stranger.sign_in("agent1", DEMO_PASSWORD).await;
    let nonsense = ada.listen(CROSSINGS, json!({"id": "nonsense"}), None).await.unwrap_err();
    assert_eq!(nonsense.body["errors"][0]["extensions"]["code"], "BAD_REQUEST");
}
