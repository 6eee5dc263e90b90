//! B2

use super::{created, given, needs_a_subject};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::subject::command::Rename;
use crate::subject::event::Renamed;
use crate::subject::{Subject, SubjectCommand, SubjectEvent, SubjectRefusal};

fn rename(name: &str) -> SubjectCommand {
    SubjectCommand::Rename(Rename { name: name.to_owned() })
}

fn renamed(name: &str) -> SubjectEvent {
    SubjectEvent::Renamed(Renamed { name: name.to_owned() })
}

#[test]
fn b2_a_subject_has_another_name() {
    let subject = given([created()]).when(rename(" Mail ")).then([renamed("Mail")]).state();
    assert_eq!(subject.body().unwrap().name, "Mail");
    given([created()]).when(rename("E-mail")).nothing();
    given([created()]).when(rename("")).refused(SubjectRefusal::NameUnfit(TextFault::Empty));
    needs_a_subject(rename("x"));
}

#[test]
fn b2_the_old_name_is_free() {
    let mut subject = Subject::default();
    subject.evolve(created());
    let (old, new) = (ClaimKey::Plain("e-mail".to_owned()), ClaimKey::Plain("mail".to_owned()));
    let scope = "subject.name";
    assert_eq!(
        SubjectCommand::claims(&subject, &renamed("Mail")),
        [ClaimChange::Release { scope, key: old }, ClaimChange::Hold { scope, key: new }]
    );
    assert_eq!(SubjectCommand::claims(&subject, &renamed("E-Mail")), []);
    assert_eq!(SubjectCommand::claims(&subject, &super::retired()), []);
}
