//! Saved lists, without a database.

use async_graphql::{InputType, Value};
use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{PersonId, QueueId, UnitId};
use domain::queue::{QueueCommand, Sharing};
use projections::queues::QueueRow;
use projections::tickets::{Direction, TicketField, TicketFilter, TicketOrder};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::input::QueueSaveInput;
use super::saved::{Unusable, columns, lined};
use super::words::TicketColumn;
use crate::graphql::command::{NounInput, Wish};

fn wish(value: Json) -> Result<Wish<QueueCommand>, String> {
    let Ok(input) = QueueSaveInput::parse(Some(Value::from_json(value).unwrap())) else {
        panic!("no input")
    };
    input.into_wish().map_err(|error| error.field.unwrap().join("."))
}

fn row(filter: Json, ordering: Json) -> QueueRow {
    QueueRow {
        queue_id: QueueId(Uuid::from_u128(1)),
        owner_id: PersonId(Uuid::from_u128(2)),
        unit_id: Some(UnitId(Uuid::from_u128(3))),
        name: "Old and pressing".to_owned(),
        sharing: Sharing::Unit,
        filter,
        ordering,
        columns: vec!["NUMBER".to_owned(), "WEIGHT".to_owned()],
        removed: false,
        version: 1,
    }
}

fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH
}

#[test]
fn what_is_breached_goes_with_the_time() {
    let saved =
        row(json!({"breached": {"eq": true}}), json!([{"field": "BREACH_AT", "direction": "ASC"}]));
    let later = now() + TimeDelta::hours(1);
    let (early, late) = (lined(&saved, now()).unwrap(), lined(&saved, later).unwrap());
    assert_ne!(early.filter, late.filter);
    assert_eq!(early.filter.moved_to(later), late.filter);
    // Its pages follow each other, whatever the time is.
    assert_eq!(json!(early.filter), json!(late.filter));
    assert_eq!(early.order, [(TicketOrder::BreachAt, Direction::Asc)]);
}

#[test]
fn what_is_saved_is_read_again() {
    let since = DateTime::UNIX_EPOCH.to_rfc3339();
    let filter = json!({"state": {"in": ["NEW"]}, "not": {"createdAt": {"lt": since}}});
    let order = json!([{"field": "OPEN_FIRST"}, {"field": "CREATED_AT", "direction": "DESC"}]);
    let asked = json!({"name": "Old", "where": filter, "orderBy": order, "columns": ["NUMBER"]});
    let Ok(Wish::New(QueueCommand::Save(save))) = wish(asked) else { panic!("another wish") };
    let saved = save.arrangement;
    assert_eq!(saved.filter["state"], json!({"in": ["NEW"]}), "nothing that was not said");
    let again = lined(&row(saved.filter, saved.order), now()).unwrap();
    let TicketFilter::And(parts) = again.filter else { panic!("one condition") };
    assert!(matches!(parts[0], TicketFilter::Is(TicketField::State, _)));
    assert!(matches!(parts[1], TicketFilter::Not(_)));
    let order =
        [(TicketOrder::OpenFirst, Direction::Asc), (TicketOrder::CreatedAt, Direction::Desc)];
    assert_eq!(again.order, order);
}

#[test]
fn what_the_list_would_refuse_is_not_saved() {
    let deep = json!({"and": [{"and": [{"and": [{"and": [{"and": [{}]}]}]}]}]});
    let nul = json!({"number": {"eq": "INC\u{0}"}});
    for filter in [deep, nul] {
        let asked = json!({"name": "x", "where": filter, "columns": ["NUMBER"]});
        assert_eq!(wish(asked).err().as_deref(), Some("where"));
    }
    let asked = json!({"queueId": "nonsense", "name": "x", "columns": ["NUMBER"]});
    assert_eq!(wish(asked).err().as_deref(), Some("queueId"));
}

#[test]
fn what_the_list_does_not_know_any_more_is_unusable() {
    let unknown = json!({"weight": {"eq": 3}});
    for (filter, order) in [
        (json!({"state": {"eq": "ASLEEP"}}), json!([])),
        (Json::Null, json!([{"field": "WEIGHT"}])),
        (json!("everything"), json!([])),
    ] {
        assert_eq!(lined(&row(filter, order), now()), Err(Unusable));
    }
    assert_eq!(lined(&row(unknown, json!([])), now()), Err(Unusable));
    assert!(lined(&row(Json::Null, Json::Null), now()).is_ok());
    assert_eq!(columns(&row(Json::Null, Json::Null)), [TicketColumn::Number]);
}
