//! B4

use super::{created, given, needs_a_subject, retired};
use crate::subject::SubjectCommand;
use crate::subject::command::Retire;

#[test]
fn b4_a_subject_is_retired_once() {
    let retire = || SubjectCommand::Retire(Retire {});
    let subject = given([created()]).when(retire()).then([retired()]).state();
    assert!(subject.body().unwrap().retired);
    given([created(), retired()]).when(retire()).nothing();
    needs_a_subject(retire());
}
