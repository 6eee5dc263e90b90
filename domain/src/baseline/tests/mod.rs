//! Given, when, then: one file a verb, one test a rule.

mod name;
mod rename;
mod withdraw;

use super::event::{Named, Withdrawn};
use super::{BaselineCommand, BaselineEvent};
use crate::kernel::testing::{self, Given};

fn given(events: impl IntoIterator<Item = BaselineEvent>) -> Given<BaselineCommand> {
    testing::given(events)
}

/// At the moment it was named, without a note.
fn named(name: &str) -> BaselineEvent {
    BaselineEvent::Named(Named { name: name.to_owned(), position: None, note: None })
}

fn withdrawn() -> BaselineEvent {
    BaselineEvent::Withdrawn(Withdrawn {})
}
