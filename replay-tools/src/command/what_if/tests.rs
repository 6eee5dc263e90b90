//! The file of a plan, and what it may refer to.

use domain::sla::{ChangePolicy, PauseState};
use domain::ticket::Priority;
use domain::what_if::NEW_CALENDAR;
use projections::what_if::Catalogue;
use serde_json::{Value, json};

use super::plan::{PlanFile, Resolver};

fn targets() -> Value {
    let of = |priority| json!({"priority": priority, "deadlineSeconds": 3600});
    ["CRITICAL", "HIGH", "NORMAL", "LOW"].map(of).as_slice().into()
}

fn define(file: Value) -> Result<domain::sla_plan::command::Define, String> {
    let file: PlanFile = serde_json::from_value(file).map_err(|fault| fault.to_string())?;
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
        (json!({"name": "Gold", "targets": [], "colour": "gold"}), "unknown field `colour`"),
        (json!({"targets": []}), "missing field `name`"),
        (json!({"name": "Gold", "targets": [{"priority": "URGENT"}]}), "unknown variant `URGENT`"),
    ] {
        let fault = define(file).unwrap_err();
        assert!(fault.starts_with(expected), "{fault}");
    }
}
