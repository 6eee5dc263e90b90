//! Given, when, then: one file a verb, one test a rule.

mod choose_defaults;
mod create;
mod rename;
mod restore;
mod retire;

use crate::kernel::testing::{self, Given};
use crate::subject::event::{Created, Retired};
use crate::subject::{SubjectCommand, SubjectEvent, SubjectRefusal};

fn given(events: impl IntoIterator<Item = SubjectEvent>) -> Given<SubjectCommand> {
    testing::given(events)
}

fn created() -> SubjectEvent {
    SubjectEvent::Created(Created { name: "E-mail".to_owned() })
}

fn retired() -> SubjectEvent {
    SubjectEvent::Retired(Retired {})
}

/// B1: the verb meets no unknown subject.
fn needs_a_subject(command: SubjectCommand) {
    given([]).when(command).refused(SubjectRefusal::NotFound);
}
