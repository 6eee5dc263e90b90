//! Tickets that are opened again and again: who says so, what is refused, and that each is opened
//! once, through downtime, restarts and with two servers.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, Process, World};
use tokio::time::{sleep, timeout};

use crate::desk::{Desk, accepted, code, mutate_noun};

const RECURRENCE: &str = "recurrence { id name stopped seenTo rrule at zone from until closedDay
    missed template { name } unit { name } requester { login } lastTicket { id title state } }";

const TICKETS: &str = "{ tickets(first: 100) { totalCount nodes { title createdAt priority tags
    unit { name } requester { login } reporter { login } } } }";

/// A server whose clock is a file.
struct Clock(PathBuf);

impl Clock {
    fn of(world: &World, at: &str) -> Self {
        let clock = Self(world.folder().join("clock"));
        clock.set(at);
        clock
    }

    fn set(&self, at: &str) {
        fs::write(&self.0, at).unwrap();
    }

    fn serve(&self, world: &World) -> Command {
        let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        command.arg("--test-clock").arg(&self.0);
        command
    }
}

async fn template(desk: &Desk, title: &str) -> Value {
    let content = json!({"name": title, "kind": "SERVICE_REQUEST", "title": title,
        "tags": ["routine"], "priority": "LOW"});
    let defined = mutate_noun(&desk.director, "templateDefine", "template { id }", content).await;
    accepted(&defined)["template"]["id"].clone()
}

/// Every day at eight in Berlin, for the service desk.
fn daily(desk: &Desk, template: &Value, name: &str) -> Value {
    json!({"name": name, "templateId": template, "unitId": desk.service_desk,
        "rrule": "FREQ=DAILY", "at": "08:00", "zone": "Europe/Berlin", "from": "2031-03-01"})
}

fn with(mut input: Value, more: Value) -> Value {
    input.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    input
}

async fn define(client: &Client, input: Value) -> Value {
    mutate_noun(client, "recurrenceDefine", RECURRENCE, input).await
}

/// The tickets of this title, the oldest first, as soon as there are so many.
async fn tickets(client: &Client, (title, count): (&str, usize)) -> Vec<Value> {
    let there = async {
        loop {
            let all = client.data(TICKETS, json!({})).await["tickets"]["nodes"].clone();
            let mut found: Vec<Value> = all.as_array().unwrap().clone();
            found.retain(|ticket| ticket["title"] == title);
            assert!(found.len() <= count, "{found:?}");
            if found.len() == count {
                return found;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    let mut found = timeout(Duration::from_secs(30), there).await.unwrap();
    found.sort_by_key(|ticket| ticket["createdAt"].to_string());
    found
}

/// Signed in anew: sessions do not last for days.
async fn again(client: &Client, login: &str) -> Client {
    Client::new(&client.base).sign_in(login, DEMO_PASSWORD).await
}

/// Waits until occurrences are seen to until then.
async fn seen_to(client: &Client, name: &str, at: &str) -> Value {
    let there = async {
        loop {
            let list = format!("{{ recurrences {{ nodes {{ {} }} }} }}", inner());
            let all = client.data(&list, json!({})).await["recurrences"]["nodes"].clone();
            let found = all.as_array().unwrap().iter().find(|it| it["name"] == name).cloned();
            if let Some(found) = found.filter(|it| it["seenTo"] == at) {
                return found;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(30), there).await.unwrap()
}

fn inner() -> &'static str {
    RECURRENCE.strip_prefix("recurrence {").and_then(|rest| rest.strip_suffix('}')).unwrap()
}

#[tokio::test]
async fn each_is_opened_once_when_it_is_due_through_restarts_and_with_two_servers() {
    let mut world = World::demo().await;
    let clock = Clock::of(&world, "2031-03-01T12:00:00Z");
    let desk = Desk::signed_in(world.serve_by(&mut clock.serve(&world))).await;
    let template = template(&desk, "Check the backup").await;
    let defined = define(&desk.director, daily(&desk, &template, "Backup")).await;
    let defined = &accepted(&defined)["recurrence"];
    assert_eq!(defined["requester"]["login"], "director");
    assert_eq!(defined["seenTo"], "2031-03-01T12:00:00+00:00");
    let mut other = Process::start(&mut clock.serve(&world), "answers at");
    clock.set("2031-03-02T06:59:59Z");
    clock.set("2031-03-02T07:00:00Z");
    let director = again(&desk.director, "director").await;
    let opened = tickets(&director, ("Check the backup", 1)).await;
    let one = &opened[0];
    assert_eq!(one["createdAt"], "2031-03-02T07:00:00+00:00");
    assert_eq!((&one["priority"], &one["tags"]), (&json!("LOW"), &json!(["routine"])));
    assert_eq!(
        (&one["unit"]["name"], &one["requester"]["login"]),
        (&json!("Service Desk"), &json!("director"))
    );
    // One of two servers dies, both are restarted; days pass meanwhile.
    world.server().kill();
    clock.set("2031-03-03T07:00:00Z");
    sleep_until_opened(&world, 2).await;
    other.kill();
    clock.set("2031-03-05T12:00:00Z");
    let stranger = world.serve_by(&mut clock.serve(&world));
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let opened = tickets(&director, ("Check the backup", 4)).await;
    let times: Vec<&str> = opened.iter().filter_map(|it| it["createdAt"].as_str()).collect();
    assert_eq!(
        times[1..],
        ["2031-03-03T07:00:00+00:00", "2031-03-05T12:00:00+00:00", "2031-03-05T12:00:00+00:00",]
    );
    let row = seen_to(&director, "Backup", "2031-03-05T07:00:00+00:00").await;
    assert_eq!(row["lastTicket"]["title"], "Check the backup");
}

/// Waits, without a server to ask, until so many tickets were opened by a recurrence.
async fn sleep_until_opened(world: &World, count: i64) {
    use sqlx::Row;
    let mut conn = world.superuser().await;
    let sql = "select count(*) as count from journal.events where event_type = $1";
    let there = async {
        loop {
            let found = sqlx::query(sql).bind("recurrence.opened").fetch_one(&mut conn).await;
            if found.unwrap().get::<i64, _>("count") >= count {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(Duration::from_secs(30), there).await.unwrap();
}

#[tokio::test]
async fn after_a_standstill_the_latest_alone_is_opened_where_that_is_enough() {
    let mut world = World::demo().await;
    let clock = Clock::of(&world, "2031-03-01T12:00:00Z");
    let desk = Desk::signed_in(world.serve_by(&mut clock.serve(&world))).await;
    let template = template(&desk, "Water the plants").await;
    let latest = with(daily(&desk, &template, "Plants"), json!({"missed": "LATEST"}));
    accepted(&define(&desk.director, latest).await);
    world.server().kill();
    clock.set("2031-06-10T12:00:00Z");
    let stranger = world.serve_by(&mut clock.serve(&world));
    let director = stranger.sign_in("director", DEMO_PASSWORD).await;
    let opened = tickets(&director, ("Water the plants", 1)).await;
    assert_eq!(opened[0]["createdAt"], "2031-06-10T12:00:00+00:00");
    seen_to(&director, "Plants", "2031-06-10T06:00:00+00:00").await;
}

#[tokio::test]
async fn a_stopped_one_and_what_is_refused_open_nothing() {
    let mut world = World::demo().await;
    let clock = Clock::of(&world, "2031-03-01T12:00:00Z");
    let desk = Desk::signed_in(world.serve_by(&mut clock.serve(&world))).await;
    let retired = template(&desk, "Never again").await;
    let kept = template(&desk, "Still there").await;
    accepted(&define(&desk.director, daily(&desk, &retired, "Retired")).await);
    let stopped = define(&desk.director, daily(&desk, &kept, "Stopped")).await;
    let id = &accepted(&stopped)["recurrence"]["id"];
    let over = mutate_noun(
        &desk.director,
        "templateRetire",
        "template { id }",
        json!({"templateId": retired}),
    );
    accepted(&over.await);
    let stop =
        mutate_noun(&desk.director, "recurrenceStop", RECURRENCE, json!({"recurrenceId": id}));
    assert_eq!(accepted(&stop.await)["recurrence"]["stopped"], true);
    clock.set("2031-03-02T07:00:00Z");
    let director = again(&desk.director, "director").await;
    seen_to(&director, "Retired", "2031-03-02T07:00:00+00:00").await;
    assert!(tickets(&director, ("Never again", 0)).await.is_empty());
    // Defined anew it goes on, and looks ahead.
    let desk = Desk { director, ..desk };
    let anew = with(daily(&desk, &kept, "Stopped"), json!({"recurrenceId": id}));
    assert_eq!(accepted(&define(&desk.director, anew).await)["recurrence"]["stopped"], false);
    assert!(tickets(&desk.director, ("Still there", 0)).await.is_empty());
    clock.set("2031-03-03T07:00:00Z");
    let director = again(&desk.director, "director").await;
    tickets(&director, ("Still there", 1)).await;
}

#[tokio::test]
async fn heads_say_so_for_their_units_and_directors_for_all() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let head = desk.ada.sign_in("head1", DEMO_PASSWORD).await;
    let template = template(&desk, "Check").await;
    let of_the_desk = || daily(&desk, &template, "Desk");
    let elsewhere =
        || with(daily(&desk, &template, "Else"), json!({"unitId": desk.infrastructure}));
    let nowhere = || with(daily(&desk, &template, "Any"), json!({"unitId": null}));
    for client in [&desk.ada, &desk.carla, &desk.auditor, &desk.admin] {
        assert_eq!(code(&define(client, of_the_desk()).await), "FORBIDDEN");
    }
    for other in [elsewhere(), nowhere()] {
        assert_eq!(code(&define(&head, other.clone()).await), "FORBIDDEN");
        accepted(&define(&desk.director, other).await);
    }
    let own = define(&head, of_the_desk()).await;
    let id = accepted(&own)["recurrence"]["id"].clone();
    let away = with(elsewhere(), json!({"recurrenceId": id}));
    assert_eq!(code(&define(&head, away).await), "FORBIDDEN");
    let stop = json!({ "recurrenceId": id });
    let hers = mutate_noun(&desk.ada, "recurrenceStop", RECURRENCE, stop.clone()).await;
    assert_eq!(code(&hers), "FORBIDDEN");
    accepted(&mutate_noun(&head, "recurrenceStop", RECURRENCE, stop).await);
    let taken = define(&desk.director, of_the_desk()).await;
    assert_eq!(code(&taken), "CLAIM_TAKEN");
    let list = "{ recurrences { totalCount } }";
    assert_eq!(desk.ada.data(list, json!({})).await["recurrences"]["totalCount"], 3);
    let hidden = desk.carla.ask(list, json!({})).await.body;
    assert_eq!(hidden["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn what_makes_no_recurrence_is_refused_and_a_rule_can_be_tried_out() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let template = template(&desk, "Check").await;
    for (unfit, expected, field) in [
        (json!({"rrule": "FREQ=HOURLY"}), "RECURRENCE_RULE_UNFIT", "rrule"),
        (json!({"rrule": "daily"}), "RECURRENCE_RULE_UNFIT", "rrule"),
        (json!({"at": "24:00"}), "RECURRENCE_TIME_UNFIT", "at"),
        (json!({"zone": "Mars/Base"}), "RECURRENCE_ZONE_UNKNOWN", "zone"),
        (json!({"until": "2030-01-01"}), "RECURRENCE_UNTIL_UNFIT", "until"),
        (json!({"name": ""}), "RECURRENCE_NAME_UNFIT", "name"),
    ] {
        let refused = define(&desk.director, with(daily(&desk, &template, "Odd"), unfit)).await;
        assert_eq!(code(&refused), expected, "{refused}");
        assert_eq!(refused["userErrors"][0]["field"], json!([field]));
    }
    let hours = json!({"name": "Office", "zone": "Europe/Berlin", "weekly": [
        {"weekday": "TUESDAY", "opens": "08:00", "closes": "12:00"}]});
    let office = mutate_noun(&desk.director, "calendarDefine", "calendar { id }", hours).await;
    let office = accepted(&office)["calendar"]["id"].clone();
    let preview = "query($r: RecurrenceRuleInput!, $c: ID, $d: ClosedDay!) {
        recurrencePreview(rule: $r, calendarId: $c, closedDay: $d, count: 2,
            after: \"2031-03-28T00:00:00Z\") { occurrences userErrors { code field } } }";
    let rule = json!({"rrule": "FREQ=WEEKLY;BYDAY=SU", "at": "02:30", "zone": "Europe/Berlin",
        "from": "2031-03-01"});
    let tried = async |rule: &Value, closed_day: &str, calendar: &Value| {
        let asked = json!({"r": rule, "c": calendar, "d": closed_day});
        desk.ada.data(preview, asked).await["recurrencePreview"].clone()
    };
    // 30 March 2031: the clocks go from two to three.
    let plain = tried(&rule, "SKIP", &Value::Null).await;
    assert_eq!(
        plain["occurrences"],
        json!(["2031-03-30T01:00:00+00:00", "2031-04-06T00:30:00+00:00"])
    );
    let moved = tried(&rule, "NEXT_OPEN", &office).await;
    assert_eq!(
        moved["occurrences"],
        json!(["2031-04-01T00:30:00+00:00", "2031-04-08T00:30:00+00:00"])
    );
    let earlier = tried(&rule, "PREVIOUS_OPEN", &office).await;
    assert_eq!(
        earlier["occurrences"],
        json!(["2031-04-01T00:30:00+00:00", "2031-04-08T00:30:00+00:00"])
    );
    assert_eq!(tried(&rule, "SKIP", &office).await["occurrences"], json!([]));
    let unfit = with(rule, json!({"rrule": "FREQ=MINUTELY"}));
    assert_eq!(code(&tried(&unfit, "SKIP", &office).await), "RECURRENCE_RULE_UNFIT");
}
