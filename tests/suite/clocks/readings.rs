//! What the clocks of a ticket show at an instant, and why.

use serde_json::{Value, json};
use testbed::Client;

use super::{Bench, at};
use crate::desk::{accepted, mutate_noun};

const SLA: &str = "query($id: ID!, $at: DateTime, $first: Int, $after: Cursor) {
    ticket(id: $id) { slaPlan { name } deadlineAt dueAt breachAt sla(at: $at) { at
        plan { name } planVersion policy
        reaction { ...clock } work { ...clock } deadline { ...clock } } } }
    fragment clock on TicketClock {
        limitSeconds usedSeconds usedPercent remainingPercent dueAt state breachedAt breachedSince met
        thresholds { percent crossedAt }
        intervals(first: $first, after: $after) { totalCount pageInfo { endCursor hasNextPage }
            nodes { from to countedSeconds excluded cause { sequence verb } } } }";

const PAGE: &str = "query($id: ID!, $at: DateTime, $first: Int, $after: Cursor) {
    ticket(id: $id) { sla(at: $at) { deadline { intervals(first: $first, after: $after) {
        totalCount pageInfo { endCursor hasNextPage }
        nodes { from to countedSeconds excluded cause { sequence verb } } } } } } }";

/// Local hours with a lunch break, on work days.
async fn office(bench: &Bench) -> Value {
    let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY"];
    let hours = |day: &str| {
        [("08:00", "12:00"), ("13:00", "17:00")]
            .map(|(opens, closes)| json!({"weekday": day, "opens": opens, "closes": closes}))
    };
    let weekly: Vec<Value> = days.iter().flat_map(|day| hours(day)).collect();
    let calendar = json!({"name": "Office", "zone": "Europe/Berlin", "weekly": weekly});
    let director = bench.login("director").await;
    let defined = mutate_noun(&director, "calendarDefine", "calendar { id }", calendar).await;
    accepted(&defined)["calendar"]["id"].clone()
}

async fn ticket(client: &Client, id: &Value, now: Option<&str>) -> Value {
    let asked = json!({"id": id, "at": now.map(|now| at(now).to_rfc3339())});
    client.data(SLA, asked).await["ticket"].clone()
}

fn seconds(clock: &Value) -> (i64, i64) {
    (clock["limitSeconds"].as_i64().unwrap(), clock["usedSeconds"].as_i64().unwrap())
}

fn instant(value: &Value) -> chrono::DateTime<chrono::Utc> {
    value.as_str().unwrap().parse().unwrap()
}

/// What a clock's intervals say, and that they tile and add up.
fn explained(clock: &Value, from: &str) -> Vec<(String, Value, i64)> {
    let nodes = clock["intervals"]["nodes"].as_array().unwrap();
    let mut end = at(from);
    for node in nodes {
        assert_eq!(instant(&node["from"]), end, "{clock}");
        end = instant(&node["to"]);
    }
    let counted = |node: &Value| node["countedSeconds"].as_i64().unwrap();
    assert_eq!(nodes.iter().map(counted).sum::<i64>(), seconds(clock).1, "{clock}");
    let verb = |node: &Value| node["cause"]["verb"].as_str().unwrap().to_owned();
    nodes.iter().map(|node| (verb(node), node["excluded"].clone(), counted(node))).collect()
}

#[tokio::test]
async fn clocks_are_read_at_any_instant_and_explained_to_the_second() {
    let bench = Bench::open("3T10:00").await;
    let office = office(&bench).await;
    let clocks = json!([{"clock": "REACTION", "calendarId": office},
        {"clock": "DEADLINE", "calendarId": office, "pauseStates": ["PENDING"], "thresholds": [50, 100]}]);
    bench.measure([1_800, 3_600, 14_400], clocks).await;
    let id = bench.incident("3T10:00", "Slow").await;
    let ticket_id = json!({"ticketId": id});
    bench.does(("3T10:20", "agent1"), "ticketStartWork", ticket_id.clone()).await;
    let pend = json!({"ticketId": id, "pendingReason": "VENDOR"});
    bench.does(("3T10:30", "agent1"), "ticketPend", pend).await;
    bench.does(("3T12:30", "agent1"), "ticketResume", ticket_id).await;

    bench.set("3T13:00");
    let ada = bench.login("agent1").await;
    let now = ticket(&ada, &id, None).await;
    let sla = &now["sla"];
    assert_eq!(instant(&sla["at"]), at("3T13:00"));
    assert_eq!((&sla["plan"]["name"], &sla["planVersion"]), (&json!("Gold"), &json!(1)));
    assert_eq!((&sla["policy"], &now["slaPlan"]["name"]), (&json!("RESTATE"), &json!("Gold")));
    let [reaction, work, deadline] = ["reaction", "work", "deadline"].map(|clock| &sla[clock]);
    assert_eq!((seconds(reaction), &reaction["state"]), ((1_800, 1_200), &json!("STOPPED")));
    assert_eq!((&reaction["met"], &reaction["dueAt"]), (&json!(true), &Value::Null));
    assert_eq!((seconds(work), &work["state"]), ((3_600, 600), &json!("PAUSED")));
    assert_eq!((seconds(deadline), &deadline["state"]), ((14_400, 3_600), &json!("RUNNING")));
    assert_eq!((&deadline["usedPercent"], &deadline["remainingPercent"]), (&json!(25), &json!(75)));
    // The closing second, not the next morning's opening.
    assert_eq!(instant(&deadline["dueAt"]), at("3T16:00"));
    assert_eq!(now["dueAt"], deadline["dueAt"]);
    assert_eq!(
        explained(deadline, "3T10:00"),
        [
            ("OPENED".to_owned(), Value::Null, 1_200),
            ("WORK_STARTED".to_owned(), Value::Null, 600),
            ("PENDED".to_owned(), json!("PENDING"), 0),
            ("RESUMED".to_owned(), Value::Null, 1_800),
        ]
    );
    assert_eq!(explained(work, "3T10:00")[0], ("OPENED".to_owned(), json!("NOT_HELD"), 0));

    let past = ticket(&ada, &id, Some("3T10:10")).await["sla"].clone();
    assert_eq!(
        (seconds(&past["reaction"]).1, &past["work"]["state"]),
        (600, &json!("NOT_STARTED"))
    );
    let before = ticket(&ada, &id, Some("3T09:59")).await["sla"].clone();
    assert_eq!((&before["deadline"]["state"], &before["plan"]), (&json!("NONE"), &Value::Null));
    let kept = ticket(&ada, &id, Some("4T07:00")).await["sla"]["deadline"].clone();
    assert_eq!(
        (seconds(&kept).1, &kept["breachedAt"], &kept["met"]),
        (14_400, &Value::Null, &Value::Null)
    );
    let late = ticket(&ada, &id, Some("4T08:00")).await["sla"]["deadline"].clone();
    assert_eq!((seconds(&late).1, &late["met"]), (18_000, &json!(false)));
    assert_eq!(late["breachedAt"], "2031-03-04T07:00:01+00:00");
    assert_eq!(
        late["thresholds"][0],
        json!({"percent": 50, "crossedAt": "2031-03-03T14:00:01+00:00"})
    );
    let nights = explained(&late, "3T10:00");
    assert_eq!(nights[4], ("RESUMED".to_owned(), json!("OUT_OF_HOURS"), 0));
    assert_eq!(nights[5], ("RESUMED".to_owned(), Value::Null, 3_600));
}

#[tokio::test]
async fn what_explains_a_clock_is_read_page_by_page() {
    let bench = Bench::open("3T10:00").await;
    let office = office(&bench).await;
    bench.measure([0, 0, 3_600], json!([{"clock": "DEADLINE", "calendarId": office}])).await;
    let id = bench.incident("3T10:00", "Long").await;
    let ada = bench.login("agent1").await;
    let page = async |after: Value| {
        let asked = json!({"id": id, "at": at("9T12:00"), "first": 4, "after": after});
        ada.data(PAGE, asked).await["ticket"]["sla"]["deadline"]["intervals"].clone()
    };
    let whole = ticket(&ada, &id, Some("9T12:00")).await["sla"]["deadline"].clone();
    let whole = whole["intervals"]["nodes"].clone();
    let (mut walked, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = page(after).await;
        assert_eq!(page["totalCount"], json!(whole.as_array().unwrap().len()));
        walked.extend(page["nodes"].as_array().unwrap().iter().cloned());
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
    }
    assert_eq!(json!(walked), whole);
    assert!(walked.len() > 12, "five days with a lunch break, and nights");
}

#[tokio::test]
async fn clocks_are_shown_to_whom_the_ticket_is_and_no_further_than_ten_years_ahead() {
    let bench = Bench::open("3T10:00").await;
    bench.measure([60, 0, 0], json!([])).await;
    let carla = bench.login("client1").await;
    let open = async |kind: &str| {
        let input = json!({"kind": kind, "title": "Mine"});
        let payload = mutate_noun(&carla, "ticketOpen", "ticket { id }", input).await;
        accepted(&payload)["ticket"]["id"].clone()
    };
    let (measured, free) = (open("INCIDENT").await, open("SERVICE_REQUEST").await);
    let hers = ticket(&carla, &measured, Some("3T10:02")).await;
    // Plans and timelines are the desk's own.
    assert_eq!((&hers["slaPlan"], &hers["sla"]["plan"]), (&Value::Null, &Value::Null));
    let reaction = &hers["sla"]["reaction"];
    assert_eq!((seconds(reaction), &reaction["intervals"]), ((60, 120), &Value::Null));
    assert_eq!(
        (&reaction["met"], &hers["sla"]["work"]["limitSeconds"]),
        (&json!(false), &json!(0))
    );
    let without = ticket(&carla, &free, None).await;
    assert_eq!(
        (&without["sla"]["deadline"]["state"], &without["dueAt"]),
        (&json!("NONE"), &Value::Null)
    );
    for (far, refused) in [("2041-03-03T10:00:00Z", false), ("2042-03-03T10:00:00Z", true)] {
        let answer = carla.ask(SLA, json!({"id": measured, "at": far})).await;
        let code = &answer.body["errors"][0]["extensions"]["code"];
        assert_eq!(code == "BAD_REQUEST", refused, "{}", answer.body);
    }
}
