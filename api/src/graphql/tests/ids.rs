//! Ids, cursors, positions, page sizes.

use async_graphql::{ID, InputType, Value};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::kernel::{PersonId, TicketId};
use journal::PositionToken;
use uuid::Uuid;

use crate::graphql::Position;
use crate::graphql::id::{GlobalId, decode, encode};
use crate::graphql::page::{PageSize, cursor, known, page_of, place, rows};
use crate::graphql::scalar::Cursor;

const TICKET: TicketId = TicketId(Uuid::from_u128(0x0192_7000));

#[test]
fn an_id_comes_back_as_what_it_was() {
    assert_eq!(decode::<TicketId>(&encode(TICKET)).unwrap(), TICKET);
    assert_eq!(GlobalId::decode(&encode(TICKET)).unwrap(), GlobalId::Ticket(TICKET));
}

#[test]
fn the_id_of_something_else_is_refused() {
    let fault = decode::<PersonId>(&encode(TICKET)).unwrap_err();
    assert_eq!(fault.to_string(), "not the id of a person");
}

#[test]
fn garbage_is_no_id() {
    let padded = URL_SAFE_NO_PAD.encode(format!("Ticket:{{{}}}", TICKET.0));
    let upper = URL_SAFE_NO_PAD.encode(format!("Ticket:{}", TICKET.0.to_string().to_uppercase()));
    let unknown = URL_SAFE_NO_PAD.encode(format!("Queue:{}", TICKET.0));
    let raw = TICKET.0.to_string();
    let garbage = ["", "x", "1", "💥", &padded, &raw, &unknown];
    for text in garbage {
        assert!(GlobalId::decode(&ID(text.to_owned())).is_err(), "{text}");
    }
    // A UUID without letters is the same in upper case.
    assert_eq!(upper == encode(TICKET).0, GlobalId::decode(&ID(upper)).is_ok());
}

#[test]
fn a_cursor_belongs_to_its_list() {
    let seventeen = cursor("events", 17);
    assert_eq!(place::<i64>("events", &seventeen).unwrap(), 17);
    let others = [
        ("timeline:x", seventeen),
        ("events", Cursor("?".to_owned())),
        ("events", cursor("events", "x")),
    ];
    for (list, cursor) in others {
        let error = place::<i64>(list, &cursor).unwrap_err();
        assert_eq!(error.extensions.unwrap().get("code"), Some(&Value::from("BAD_REQUEST")));
    }
}

#[test]
fn the_row_too_many_tells_of_another_page_and_is_taken_off() {
    let of = |rows: Vec<i32>| page_of("rows", (rows, 2), false, |row| (row, row), known(3));
    let first = of(vec![1, 2, 3]);
    assert!(first.has_next);
    assert_eq!(first.edges.iter().map(|edge| edge.node).collect::<Vec<_>>(), [1, 2]);
    assert!(!of(vec![1, 2]).has_next);
}

#[test]
fn a_position_is_a_number_or_a_token() {
    let token = PositionToken { xid: 771, position: 12 };
    for position in [Position::Number(0), Position::Number(i64::MAX), Position::Token(token)] {
        assert_eq!(position.to_string().parse(), Ok(position));
    }
    for text in ["", "-1", "99999999999999999999", "x"] {
        assert!(text.parse::<Position>().is_err(), "{text}");
    }
}

#[test]
fn the_size_of_a_page_is_clamped() {
    let size = |asked: Value| PageSize::parse(Some(asked)).map(|size| size.rows());
    assert_eq!(size(Value::from(0)).ok(), Some(1));
    assert_eq!(size(Value::from(i32::MAX)).ok(), Some(100));
    assert_eq!(size(Value::from(7)).ok(), Some(7));
    assert!(size(Value::from("many")).is_err());
    assert_eq!(rows(None), 25);
}
