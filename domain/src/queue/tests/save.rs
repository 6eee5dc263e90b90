//! Q1, Q2, Q3

use serde_json::{Value, json};

use super::{given, saved, urgent};
use crate::kernel::Refusal;
use crate::kernel::testing::world::{ANNA, CUSTOMER, DESK, NETWORK};
use crate::kernel::text::TextFault;
use crate::queue::command::Save;
use crate::queue::{Arrangement, QueueCommand, QueueRefusal, Sharing};

fn save(arrangement: Arrangement) -> QueueCommand {
    QueueCommand::Save(Box::new(Save { arrangement }))
}

fn refused(arrangement: Arrangement, refusal: QueueRefusal) {
    given([]).when(save(arrangement)).refused(refusal);
}

#[test]
fn q1_whoever_saves_it_owns_it() {
    let typed = Arrangement { name: " Urgent ".to_owned(), ..urgent() };
    let queue = given([]).when(save(typed)).then([saved(urgent())]).state();
    let body = queue.body().unwrap();
    assert_eq!((body.owner, &body.arrangement), (ANNA, &urgent()));
    given([saved(urgent())]).when(save(urgent())).refused(QueueRefusal::Exists);
    given([]).by_nobody().when(save(urgent())).refused(QueueRefusal::PersonRequired);
}

#[test]
fn q2_the_name_has_a_bound() {
    let empty = QueueRefusal::NameUnfit(TextFault::Empty);
    assert_eq!((empty.code(), empty.field()), ("QUEUE_NAME_UNFIT", Some("name")));
    refused(Arrangement { name: String::new(), ..urgent() }, empty);
    let long = QueueRefusal::NameUnfit(TextFault::TooLong(200));
    refused(Arrangement { name: "x".repeat(201), ..urgent() }, long);
}

#[test]
fn q2_filter_and_order_have_bounds() {
    let filter = |filter: Value| Arrangement { filter, ..urgent() };
    given([]).when(save(filter(Value::Null))).acts();
    given([]).when(save(filter(json!({"a": "x".repeat(7_992)})))).acts();
    given([]).when(save(filter(json!({"a": ["", "x\ny"], "b": 1})))).acts();
    let turned = json!({"a": [{"b": "x\u{202e}y"}]});
    for value in [json!([]), json!("x"), json!({"a": "x".repeat(7_993)}), turned] {
        refused(filter(value), QueueRefusal::FilterUnfit);
    }
    let order = |order: Value| Arrangement { order, ..urgent() };
    given([]).when(save(order(json!([])))).acts();
    for value in [json!({}), Value::Null, json!([1, 2, 3, 4, 5, 6]), json!(["x".repeat(8_000)])] {
        refused(order(value), QueueRefusal::OrderUnfit);
    }
}

#[test]
fn q2_columns_are_distinct_and_few() {
    let columns = |columns: Vec<String>| Arrangement { columns, ..urgent() };
    let many = |count: usize| columns((0..count).map(|number| number.to_string()).collect());
    given([]).when(save(many(30))).acts();
    refused(many(0), QueueRefusal::ColumnsUnfit);
    refused(many(31), QueueRefusal::ColumnsUnfit);
    refused(columns(vec!["a".to_owned(), "a ".to_owned()]), QueueRefusal::ColumnsUnfit);
    let long = QueueRefusal::ColumnUnfit(TextFault::TooLong(100));
    refused(columns(vec!["x".repeat(101)]), long);
}

#[test]
fn q3_it_is_shared_with_ones_own_unit() {
    let shared = |sharing, unit| Arrangement { sharing, unit, ..urgent() };
    given([]).when(save(shared(Sharing::Unit, Some(DESK)))).acts();
    given([]).when(save(shared(Sharing::Staff, None))).acts();
    for unit in [None, Some(NETWORK), Some(CUSTOMER)] {
        refused(shared(Sharing::Unit, unit), QueueRefusal::UnitUnfit);
    }
    for sharing in [Sharing::Private, Sharing::Staff] {
        refused(shared(sharing, Some(DESK)), QueueRefusal::UnitUnfit);
    }
}
