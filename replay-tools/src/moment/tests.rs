use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::Meta;
use journal::StreamEvent;
use serde_json::Value;

use super::{Cut, Moment};

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

fn event(occurred: i64, recorded: i64) -> StreamEvent {
    let mut meta = Meta::unsaid(at(recorded));
    meta.occurred_at = at(occurred);
    StreamEvent {
        aggregate_type: "ticket".to_owned(),
        aggregate_id: String::new(),
        sequence: 1,
        event_type: String::new(),
        event_version: "1".to_owned(),
        payload: Value::Null,
        meta,
        recorded_at: at(recorded),
    }
}

fn taken(cut: Cut, events: &[StreamEvent]) -> Vec<bool> {
    let mut prefix = cut.begin();
    (1..).zip(events).map(|(position, event)| prefix.takes(position, event)).collect()
}

#[test]
fn a_number_is_a_position_and_the_rest_rfc_3339() {
    assert_eq!("1200".parse(), Ok(Moment::Position(1200)));
    let noon: Moment = "2016-03-15T13:00:00+01:00".parse().unwrap();
    assert_eq!(noon.to_string(), "2016-03-15T12:00:00Z");
    for wrong in ["", "2016-03-15", "-3", "99999999999999999999", "yesterday"] {
        assert!(wrong.parse::<Moment>().is_err(), "{wrong}");
    }
}

#[test]
fn what_was_known_differs_from_what_was_so() {
    let late = [event(1, 10), event(2, 11)];
    assert_eq!(taken(Cut::Occurred(at(1)), &late), [true, false]);
    assert_eq!(taken(Cut::Position(0), &late), [false, false]);
    assert_eq!(taken(Cut::Position(1), &late), [true, false]);
}

#[test]
fn an_earlier_stamp_counts_as_the_one_before_it() {
    let odd = [event(5, 10), event(3, 11), event(6, 12)];
    assert_eq!(taken(Cut::Occurred(at(4)), &odd), [false, false, false]);
    assert_eq!(taken(Cut::Occurred(at(5)), &odd), [true, true, false]);
}
