//! B1

use super::{created, given};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};
use crate::subject::command::Create;
use crate::subject::event::Created;
use crate::subject::{Subject, SubjectCommand, SubjectEvent, SubjectRefusal};

fn create(name: &str) -> SubjectCommand {
    SubjectCommand::Create(Create { name: name.to_owned() })
}

#[test]
fn b1_a_subject_is_created_with_a_name() {
    let subject = given([]).when(create(" E-mail ")).then([created()]).state();
    assert_eq!(subject.0.map(|body| body.name).as_deref(), Some("E-mail"));
}

#[test]
fn b1_it_is_created_once_and_keeps_its_name() {
    given([created()]).when(create("Other")).refused(SubjectRefusal::Exists);
    let mut subject = Subject::default();
    subject.evolve(created());
    subject.evolve(SubjectEvent::Created(Created { name: "Other".to_owned() }));
    assert_eq!(subject.0.map(|body| body.name).as_deref(), Some("E-mail"));
}

#[test]
fn b1_the_name_has_a_bound_and_is_claimed_whatever_its_case() {
    let long = SubjectRefusal::NameUnfit(TextFault::TooLong(200));
    assert_eq!((long.code(), long.field()), ("SUBJECT_NAME_UNFIT", Some("name")));
    given([]).when(create(&"x".repeat(201))).refused(long);
    given([]).when(create("")).refused(SubjectRefusal::NameUnfit(TextFault::Empty));
    let key = ClaimKey::Plain("e-mail".to_owned());
    assert_eq!(
        SubjectCommand::claims(&Subject::default(), &created()),
        [ClaimChange::Hold { scope: "subject.name", key }]
    );
}
