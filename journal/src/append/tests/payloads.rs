use serde_json::{Value, json};

use crate::append::{AppendError, NewEvent};
use crate::error::{EventFault, JournalError};
use crate::strict;
use crate::testing::{World, id, stopped, ticket};

fn carrying(extra: Value) -> NewEvent {
    let mut event = stopped(1);
    event.payload["work_stopped"]["extra"] = extra;
    event
}

async fn nothing_is_stored(world: &World) {
    assert_eq!(world.number("select count(*) from journal.events").await, 0);
}

#[tokio::test]
async fn numbers_that_other_readers_would_change_are_refused() {
    let world = World::new().await;
    for wrong in [json!(1.5), json!(1.0), json!([{"deep": 1u64 << 53}]), json!(-(1i64 << 53))] {
        let refused = world.append(ticket(1, 0, vec![carrying(wrong.clone())])).await;
        let Err(AppendError::Journal(JournalError::Payload(_))) = refused else {
            panic!("{wrong}: {refused:?}");
        };
    }
    nothing_is_stored(&world).await;
    let largest = json!([strict::MAX_SAFE_INTEGER, -strict::MAX_SAFE_INTEGER, true, null, "1.5"]);
    world.append(ticket(1, 0, vec![carrying(largest.clone())])).await.unwrap();
    let read = world.journal.stream("ticket", id(1), 0).await.unwrap();
    assert_eq!(read[0].payload["work_stopped"]["extra"], largest);
}

#[tokio::test]
async fn what_cannot_be_read_back_is_refused_before_it_is_stored() {
    let world = World::new().await;
    let unknown = NewEvent { event_type: "ticket.eaten".to_owned(), ..stopped(1) };
    let misnamed = NewEvent { event_type: "ticket.closed".to_owned(), ..stopped(1) };
    let misshapen = NewEvent { payload: json!({"work_stopped": {}}), ..stopped(1) };
    let versioned = NewEvent { event_version: "2".to_owned(), ..stopped(1) };
    for event in [unknown, misnamed, misshapen, versioned] {
        let refused = world.append(ticket(1, 0, vec![stopped(1), event])).await;
        let Err(AppendError::Journal(JournalError::Undecodable { sequence, fault, .. })) = refused
        else {
            panic!("{refused:?}");
        };
        assert_eq!(sequence, 2);
        assert!(matches!(fault, EventFault::Fact(_) | EventFault::Version(_)), "{fault}");
    }
    let mut stream = ticket(1, 0, vec![stopped(1)]);
    stream.aggregate_type = "tickets";
    assert!(world.append(stream).await.is_err());
    nothing_is_stored(&world).await;
}

#[test]
fn strict_json_is_told_from_the_rest() {
    for fine in ["null", "{}", r#"{"a":{"a":1},"b":[{"a":2},{"a":3}]}"#, " [ ] ", "\"1e9\""] {
        assert!(strict::check(fine).is_ok(), "{fine}");
        assert_eq!(strict::value(fine).unwrap(), serde_json::from_str::<Value>(fine).unwrap());
    }
    let wrong = [
        r#"{"a":1,"a":1}"#,
        r#"[{"x":{"a":1,"b":2,"a":3}}]"#,
        r#"{"a":1,"\u0061":2}"#,
        "1.0",
        "1e2",
        "-0",
        "9007199254740992",
        "-9007199254740992",
        "123456789012345678901234567890",
        "{} {}",
        "",
        "{\"a\":}",
        "NaN",
    ];
    for wrong in wrong {
        assert!(strict::check(wrong).is_err(), "{wrong}");
        assert_eq!(strict::check(wrong).err(), strict::value(wrong).err());
        assert!(strict::texts(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn only_an_object_of_texts_is_told_as_one() {
    let texts = strict::texts(r#"{"a":"x","b":""}"#).unwrap().unwrap();
    assert_eq!((texts.len(), texts["a"].as_str(), texts["b"].as_str()), (2, "x", ""));
    for other in ["[]", "null", r#"{"a":1}"#, r#"{"a":{}}"#] {
        assert_eq!(strict::texts(other), Ok(None), "{other}");
    }
    assert!(strict::texts(r#"{"a":"x","a":"y"}"#).is_err());
}
