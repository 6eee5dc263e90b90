use serde_json::{Value, json};

use crate::upcast::Upcasters;

fn and(mut payload: Value, word: &str) -> Value {
    payload.as_array_mut().unwrap().push(json!(word));
    payload
}

#[test]
fn steps_are_followed_to_the_newest_version_of_this_event_alone() {
    let upcasters = Upcasters::default()
        .with("a", "1", "2", |payload| and(payload, "a2"))
        .with("a", "2", "3", |payload| and(payload, "a3"))
        .with("b", "1", "2", |payload| and(payload, "b2"));
    let lifted = |event, version| upcasters.lift(event, version, json!([]));
    assert_eq!(lifted("a", "1"), ("3".to_owned(), json!(["a2", "a3"])));
    assert_eq!(lifted("a", "2"), ("3".to_owned(), json!(["a3"])));
    assert_eq!(lifted("b", "1"), ("2".to_owned(), json!(["b2"])));
    for (event, version) in [("a", "3"), ("a", "9"), ("c", "1")] {
        assert_eq!(lifted(event, version), (version.to_owned(), json!([])));
    }
}

#[test]
fn a_table_that_runs_in_a_circle_comes_to_an_end() {
    let circle = Upcasters::default().with("a", "1", "2", |payload| payload).with(
        "a",
        "2",
        "1",
        |payload| payload,
    );
    circle.lift("a", "1", json!([]));
}
