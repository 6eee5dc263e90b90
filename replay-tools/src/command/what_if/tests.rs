//! The file of a plan, and what it may refer to.

use domain::sla::{ChangePolicy, PauseState};
use domain::ticket::Priority;
use domain::what_if::NEW_CALENDAR;
use projections::what_if::Catalogue;
use serde_json::{Value, json};

use super::plan::{PlanFile, Resolver};
use super::shape;

fn targets() -> Value {
    let of = |priority| json!({"priority": priority, "deadlineSeconds": 3600});
    ["CRITICAL", "HIGH", "NORMAL", "LOW"].map(of).as_slice().into()
}

fn define(file: Value) -> Result<domain::sla_plan::command::Define, String> {
    let file: PlanFile = shape::object(&file.to_string())?;
    let catalogue = Catalogue::default();
    file.define(&Resolver { catalogue: &catalogue, own: Some((NEW_CALENDAR, "Office")) })
}

#[test]
fn a_plan_is_said_as_to_the_api() {
    let file = json!({"name": "Gold", "policy": "CARRY_OVER", "targets": targets(),
        "clientMutationId": "1", "clocks": [{"clock": "DEADLINE", "calendar": "office",
        "pauseStates": ["PENDING"], "thresholds": [50], "escalations": [
            {"percent": 100, "actions": [{"plain": "RAISE_PRIORITY"}, {"notify": "HEADS"},
                {"tag": "late"}, {"assignToUnit": "00000000-0000-0000-0000-000000000007"}]}]}]});
    let define = define(file).unwrap();
    assert_eq!(define.policy, ChangePolicy::CarryOver);
    assert_eq!(define.targets[&Priority::Low].deadline_seconds, 3600);
    assert_eq!(define.deadline.calendar, Some(NEW_CALENDAR));
    assert_eq!(define.deadline.pause_states, [PauseState::Pending].into());
    let thresholds = define.deadline.thresholds.unwrap();
    let percents: Vec<_> = thresholds.iter().map(|it| (it.percent, it.actions.len())).collect();
    assert_eq!(percents, [(100, 4), (50, 0)]);
    assert_eq!(define.work.thresholds, None);
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_place() {
    let gold = |clocks: Value| json!({"name": "Gold", "targets": targets(), "clocks": clocks});
    let deadline = |more: Value| {
        let mut clock = json!({"clock": "DEADLINE"});
        clock.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        gold(json!([clock]))
    };
    let twice = json!({"name": "Gold", "targets": [{"priority": "LOW"}, {"priority": "LOW"}]});
    for (file, expected) in [
        (deadline(json!({"calendar": "Mars"})), "clocks[0].calendar: there is no"),
        (deadline(json!({"calendarId": "Mars"})), "clocks[0].calendarId: not the id"),
        (deadline(json!({"calendarId": "x", "calendar": "y"})), "clocks[0].calendar: name it"),
        (gold(json!([{"clock": "WORK"}, {"clock": "WORK"}])), "clocks[1].clock: WORK is"),
        (twice, "targets[1].priority: LOW is"),
        (
            deadline(json!({"escalations": [{"percent": 1, "actions": [{"assignToUnit": "x"}]}]})),
            "clocks[0].escalations[0].actions: not the id",
        ),
        (
            json!({"name": "Gold", "targets": [], "colour": "gold"}),
            "colour: unknown field `colour`",
        ),
        (json!({"targets": []}), "missing field `name`"),
        (
            json!({"name": "Gold", "targets": [{"priority": "URGENT"}]}),
            "targets[0].priority: `URGENT` is not known",
        ),
    ] {
        let fault = define(file).unwrap_err();
        assert!(fault.starts_with(expected), "{fault}");
    }
}

#[test]
fn json_of_another_shape_is_told_without_the_words_of_a_language() {
    let clock = |more: Value| json!({"name": "Gold", "targets": targets(), "clocks": more});
    for (file, expected) in [
        (json!([1, 2]), "it is no JSON object"),
        (json!("Gold"), "it is no JSON object"),
        (json!({"name": 7}), "name: `7` stands where a string is expected at line 1 column"),
        (json!({"name": "Gold", "targets": {}}), "targets: an object stands where a list is"),
        (json!({"name": "Gold", "targets": [1]}), "targets[0]: `1` stands where an object is"),
        (json!({"name": "Gold", "targets": [[]]}), "targets[0]: a list of 0 stands where an"),
        (
            json!({"name": "Gold", "targets": [{"priority": "LOW", "workSeconds": "1"}]}),
            "targets[0].workSeconds: the text \"1\" stands where a whole number is expected",
        ),
        (
            json!({"name": "Gold", "targets": [{"priority": "LOW", "workSeconds": 1.5}]}),
            "targets[0].workSeconds: `1.5` stands where a whole number is expected",
        ),
        (clock(json!([{"clock": 7}])), "clocks[0].clock: "),
        (clock(json!([{"clock": "WORK", "thresholds": 50}])), "clocks[0].thresholds: `50` stands"),
        (
            clock(
                json!([{"clock": "WORK", "escalations": [{"percent": 1, "actions": ["plain"]}]}]),
            ),
            "clocks[0].escalations[0].actions[0]",
        ),
    ] {
        let fault = define(file).unwrap_err();
        assert!(fault.starts_with(expected), "{fault}");
        let foreign = ["struct", "enum", "i64", "sequence", "variant", "map", "invalid"];
        assert!(!foreign.iter().any(|word| fault.contains(word)), "{fault}");
    }
    let odd = shape::part::<domain::calendar::HoursDraft>(json!({"zone": "UTC", "holidays": 1}));
    assert_eq!(odd.unwrap_err(), "holidays: `1` stands where a list is expected");
    let cut = shape::object::<PlanFile>("{\"name\": ").unwrap_err();
    assert!(cut.starts_with("the text ends too early at line 1 column"), "{cut}");
}

#[test]
fn what_stands_twice_is_refused_with_its_place() {
    type Fields = serde_json::Map<String, Value>;
    for (text, expected) in [
        (r#"{"name": "Office", "zone": "UTC", "zone": "Asia/Tokyo"}"#, "zone: it stands twice"),
        (
            r#"{"week": [{"day": "MONDAY"}, {"day": "FRIDAY", "day": "SUNDAY"}]}"#,
            "week[1].day: it stands twice",
        ),
        (r#"{"a": {"b": {"c": 1, "\u0063": 1}}}"#, "a.b.c: it stands twice"),
    ] {
        assert_eq!(shape::object::<Fields>(text).unwrap_err(), expected);
    }
    let plan = r#"{"name": "Gold", "targets": [], "name": "Silver"}"#;
    assert_eq!(shape::object::<PlanFile>(plan).unwrap_err(), "name: it stands twice");
}
