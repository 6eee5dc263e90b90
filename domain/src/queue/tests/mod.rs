//! Given, when, then: one file a verb, one test a rule.

mod rearrange;
mod remove;
mod save;

use serde_json::json;

use crate::kernel::testing::world::ANNA;
use crate::kernel::testing::{self, Given};
use crate::queue::event::{Removed, Saved};
use crate::queue::{Arrangement, QueueCommand, QueueEvent, Sharing};

fn given(events: impl IntoIterator<Item = QueueEvent>) -> Given<QueueCommand> {
    testing::given(events)
}

/// What is urgent, for its owner alone.
fn urgent() -> Arrangement {
    Arrangement {
        name: "Urgent".to_owned(),
        sharing: Sharing::Private,
        unit: None,
        filter: json!({"priority": {"in": ["CRITICAL"]}}),
        order: json!([{"by": "OPENED_AT"}]),
        columns: vec!["number".to_owned(), "title".to_owned()],
    }
}

/// By Anna.
fn saved(it: Arrangement) -> QueueEvent {
    QueueEvent::Saved(Box::new(Saved {
        owner: ANNA,
        unit: it.unit,
        name: it.name,
        sharing: it.sharing,
        filter: it.filter,
        order: it.order,
        columns: it.columns,
    }))
}

fn removed() -> QueueEvent {
    QueueEvent::Removed(Removed {})
}
