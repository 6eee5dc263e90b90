//! B4

use super::{created, given, needs_a_subject, retired};
use crate::subject::command::Restore;
use crate::subject::event::Restored;
use crate::subject::{SubjectCommand, SubjectEvent};

#[test]
fn b4_a_retired_subject_is_restored_once() {
    let restore = || SubjectCommand::Restore(Restore {});
    let restored = SubjectEvent::Restored(Restored {});
    let subject = given([created(), retired()]).when(restore()).then([restored]).state();
    assert!(!subject.body().unwrap().retired);
    given([created()]).when(restore()).nothing();
    needs_a_subject(restore());
}
