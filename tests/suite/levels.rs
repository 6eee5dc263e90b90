//! Calendars and service level plans: who defines them, what is refused and where, what a preview
//! says, and that tickets come under plans.

use serde_json::{Value, json};
use testbed::World;

use crate::desk::{Desk, accepted, code, mutate, mutate_noun};

const CALENDAR: &str = "calendar { id name zone weekly { weekday opens closes } holidays
    extraDays { date opens closes } version } imported { added timed cancelled }";

const PLAN: &str = "slaPlan { id name policy version
    targets { priority reactionSeconds workSeconds deadlineSeconds }
    clocks { clock calendar { name } pauseStates thresholds { percent
        actions { verb recipient tag unit { name } } } } }";

const PREVIEW: &str = "query($c: ID, $v: Int, $h: CalendarHoursInput, $f: DateTime!, $t: DateTime,
    $s: Int) { calendarPreview(calendarId: $c, version: $v, hours: $h, from: $f, to: $t,
    addSeconds: $s) { intervals { from to } workingSeconds dueAt version
    userErrors { code field meta } } }";

/// A plan that is none.
const UNKNOWN_PLAN: &str = "U2xhUGxhbjowMTkwMDAwMC0wMDAwLTdhYmMtODAwMC0wMDAwMDAwMDAwMDE";

const FILE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\n\
    DTSTART;VALUE=DATE:20261225\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20261224T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn office() -> Value {
    json!({"zone": "Europe/Berlin",
           "weekly": [{"weekday": "MONDAY", "opens": "08:00", "closes": "12:00"},
                      {"weekday": "MONDAY", "opens": "13:00", "closes": "24:00"}],
           "holidays": ["2026-12-21"],
           "extraDays": [{"date": "2026-12-22", "opens": "09:00", "closes": "10:00"}]})
}

fn with(mut input: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("an object") };
    input.as_object_mut().unwrap().extend(more);
    input
}

fn targets() -> Value {
    let all = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
    let of = |priority: &str| json!({"priority": priority, "reactionSeconds": 1800});
    all.map(of).as_slice().into()
}

async fn preview(desk: &Desk, asked: Value) -> Value {
    desk.ada.data(PREVIEW, asked).await["calendarPreview"].clone()
}

#[tokio::test]
async fn calendars_are_defined_in_versions_and_tried_out() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let define = async |input: Value| {
        mutate_noun(&desk.director, "calendarDefine", CALENDAR, with(office(), input)).await
    };
    let own = with(office(), json!({"name": "Office"}));
    let hers = mutate_noun(&desk.ada, "calendarDefine", CALENDAR, own).await;
    assert_eq!(code(&hers), "FORBIDDEN");
    let first = define(json!({"name": "Office"})).await;
    let first = accepted(&first)["calendar"].clone();
    assert_eq!(first["weekly"][1]["closes"], "24:00");
    assert_eq!((&first["zone"], &first["version"]), (&json!("Europe/Berlin"), &json!(1)));
    let id = &first["id"];
    let weekly = json!([{"weekday": "MONDAY", "opens": "08:00", "closes": "12:00"}]);
    let second = define(json!({"calendarId": id, "name": "Office", "weekly": weekly})).await;
    assert_eq!(accepted(&second)["calendar"]["version"], 2);

    let monday = json!({"c": id, "f": "2026-12-14T00:00:00Z", "t": "2026-12-15T00:00:00Z"});
    let latest = preview(&desk, with(monday.clone(), json!({"s": 3600}))).await;
    assert_eq!(
        latest["intervals"],
        json!([{"from": "2026-12-14T07:00:00+00:00", "to": "2026-12-14T11:00:00+00:00"}])
    );
    assert_eq!((&latest["workingSeconds"], &latest["version"]), (&json!(14_400), &json!(2)));
    assert_eq!(latest["dueAt"], "2026-12-14T08:00:00+00:00");
    let earlier = preview(&desk, with(monday, json!({"v": 1}))).await;
    assert_eq!((&earlier["workingSeconds"], &earlier["version"]), (&json!(54_000), &json!(1)));

    let file = json!({"calendarId": id, "ics": FILE, "fromYear": 2026, "toYear": 2028});
    let read = mutate_noun(&desk.director, "calendarImportHolidays", CALENDAR, file).await;
    assert_eq!(accepted(&read)["imported"], json!({"added": 3, "timed": 1, "cancelled": 0}));
    assert_eq!(read["calendar"]["holidays"].as_array().unwrap().len(), 4);
    let list = "{ calendars { totalCount nodes { name version } } }";
    let list = desk.ada.data(list, json!({})).await["calendars"].clone();
    assert_eq!(list, json!({"totalCount": 1, "nodes": [{"name": "Office", "version": 3}]}));
}

#[tokio::test]
async fn a_calendar_has_two_thousand_holidays_and_can_be_defined_anew() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    let days = |count: usize| first.iter_days().take(count).collect::<Vec<_>>();
    let define = async |id: &Value, count: usize| {
        let more = json!({"calendarId": id, "name": "Never", "holidays": days(count)});
        let shown = "calendar { id version holidays }";
        mutate_noun(&desk.director, "calendarDefine", shown, with(office(), more)).await
    };
    let defined = define(&Value::Null, 1_999).await;
    let id = accepted(&defined)["calendar"]["id"].clone();
    let again = define(&id, 2_000).await;
    assert_eq!(accepted(&again)["calendar"]["version"], 2);
    assert_eq!(again["calendar"]["holidays"].as_array().unwrap().len(), 2_000);
}

#[tokio::test]
async fn years_of_a_file_without_a_day_are_refused_at_their_field() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let own = with(office(), json!({"name": "Office"}));
    let office = mutate_noun(&desk.director, "calendarDefine", CALENDAR, own).await;
    let id = &accepted(&office)["calendar"]["id"];
    for (first, last, field) in
        [(2028, 2026, "toYear"), (1969, 2026, "fromYear"), (2026, 2200, "toYear")]
    {
        let file = json!({"calendarId": id, "ics": FILE, "fromYear": first, "toYear": last});
        let read = mutate_noun(&desk.director, "calendarImportHolidays", CALENDAR, file).await;
        assert_eq!(code(&read), "INVALID_INPUT", "{read}");
        assert_eq!(read["userErrors"][0]["field"], json!([field]));
    }
    // Of whoever may not, no file is read.
    let file = json!({"calendarId": id, "ics": "none", "fromYear": 2028, "toYear": 2026});
    let hers = mutate_noun(&desk.ada, "calendarImportHolidays", CALENDAR, file).await;
    assert_eq!(code(&hers), "FORBIDDEN");
}

#[tokio::test]
async fn what_makes_no_calendar_is_refused_with_its_place() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let monday =
        |opens: &str, closes: &str| json!({"weekday": "MONDAY", "opens": opens, "closes": closes});
    for (unfit, expected, place) in [
        (json!({"zone": "Mars/Base"}), "CALENDAR_ZONE_UNKNOWN", Value::Null),
        (json!({"weekly": [monday("8", "9")]}), "CALENDAR_TIME_UNFIT", json!("weekly[0].opens")),
        (
            json!({"weekly": [monday("08:00", "12:00"), monday("11:00", "13:00")]}),
            "CALENDAR_HOURS_OVERLAP",
            json!("weekly[1]"),
        ),
    ] {
        let named = with(with(office(), json!({"name": "Odd"})), unfit.clone());
        let refused = mutate_noun(&desk.director, "calendarDefine", CALENDAR, named).await;
        assert_eq!(code(&refused), expected, "{refused}");
        assert_eq!(refused["userErrors"][0]["meta"]["place"], place);
        let tried = json!({"h": with(office(), unfit), "f": "2026-12-14T00:00:00Z"});
        let tried = preview(&desk, tried).await;
        assert_eq!(code(&tried), expected, "{tried}");
    }
    let bad = json!({"h": office(), "f": "2026-01-01T00:00:00Z", "t": "2028-01-01T00:00:00Z"});
    let long = preview(&desk, bad).await;
    assert_eq!(code(&long), "INVALID_INPUT");
    assert_eq!(long["userErrors"][0]["field"], json!(["to"]));
    let none = json!({"f": "2026-01-01T00:00:00Z"});
    assert_eq!(code(&preview(&desk, none).await), "INVALID_INPUT");
}

#[tokio::test]
async fn a_plan_is_defined_applied_and_taken_away() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let define =
        async |input: Value| mutate_noun(&desk.director, "slaPlanDefine", PLAN, input).await;
    let none = define(json!({"name": "Gold", "targets": []})).await;
    assert_eq!(code(&none), "SLA_PLAN_NO_TARGETS");
    let unit = json!({"percent": 90, "actions": [{"tag": "late"}, {"assignToUnit": "x"}]});
    let odd = json!({"clock": "DEADLINE", "escalations": [unit]});
    for (unfit, place) in [
        (json!({"clock": "DEADLINE", "calendarId": "x"}), "clocks[1].calendarId"),
        (odd, "clocks[1].escalations[0].actions[1].assignToUnit"),
    ] {
        let clocks = json!([{"clock": "WORK"}, unfit]);
        let odd = define(json!({"name": "Odd", "targets": targets(), "clocks": clocks})).await;
        assert_eq!(code(&odd), "INVALID_ID");
        let error = &odd["userErrors"][0];
        assert_eq!((&error["field"], &error["meta"]["place"]), (&json!(["clocks"]), &json!(place)));
    }
    let clocks = json!([{"clock": "DEADLINE", "pauseStates": ["PENDING"], "thresholds": [50],
        "escalations": [{"percent": 100, "actions": [{"plain": "RAISE_PRIORITY"},
            {"notify": "HEADS"}, {"tag": "late"}, {"assignToUnit": desk.infrastructure}]}]}]);
    let gold = json!({"name": "Gold", "targets": targets(), "clocks": clocks});
    let gold = define(gold).await;
    let gold = accepted(&gold)["slaPlan"].clone();
    assert_eq!((&gold["policy"], &gold["version"]), (&json!("RESTATE"), &json!(1)));
    assert_eq!(
        gold["targets"][0],
        json!({"priority": "CRITICAL", "reactionSeconds": 1800,
        "workSeconds": 0, "deadlineSeconds": 0})
    );
    let percents = |clock: usize| {
        let thresholds = gold["clocks"][clock]["thresholds"].as_array().unwrap();
        thresholds.iter().map(|it| it["percent"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((percents(0), percents(2)), (vec![75, 100], vec![50, 100]));
    let actions = &gold["clocks"][2]["thresholds"][1]["actions"];
    assert_eq!((&actions[1]["recipient"], &actions[2]["tag"]), (&json!("HEADS"), &json!("late")));
    assert_eq!(actions[3]["unit"]["name"], "Infrastructure");

    let id = desk.ticket("Slow").await;
    let apply = async |plan: &Value| {
        mutate(&desk.director, "slaPlanApply", json!({"ticketId": id, "planId": plan})).await
    };
    accepted(&apply(&gold["id"]).await);
    accepted(&apply(&Value::Null).await);

    let sla =
        json!({"sla": {"on": true, "plans": [{"kind": "INCIDENT", "slaPlanId": gold["id"]}]}});
    let shown = "settings { sla { on plans { kind slaPlan { name } } } }";
    let changed = mutate_noun(&desk.admin, "settingsChange", shown, sla).await;
    let expected =
        json!({"on": true, "plans": [{"kind": "INCIDENT", "slaPlan": {"name": "Gold"}}]});
    assert_eq!(accepted(&changed)["settings"]["sla"], expected);
    let lost = json!({"sla": {"plans": [{"kind": "INCIDENT", "slaPlanId": UNKNOWN_PLAN}]}});
    let refused = mutate_noun(&desk.admin, "settingsChange", shown, lost).await;
    assert_eq!(code(&refused), "SETTINGS_PLAN_UNKNOWN");
    assert_eq!(refused["userErrors"][0]["field"], json!(["sla"]));
    let node = "query($id: ID!) { node(id: $id) { ... on SlaPlan { name } } }";
    let node = desk.ada.data(node, json!({"id": gold["id"]})).await;
    assert_eq!(node["node"]["name"], "Gold");
}
