//! T5, T14

use uuid::Uuid;

use super::histories::{a_held_ticket, a_resolved_ticket, an_assigned_ticket, given};
use crate::kernel::testing::world::{ANNA, BEN, MAIL, NOTHING};
use crate::kernel::{Facts, SubjectFacts, SubjectId};
use crate::subject::event::DefaultsChosen;
use crate::ticket::command::Classify;
use crate::ticket::event::Classified;
use crate::ticket::{TicketCommand, TicketEvent, TicketKind, TicketRefusal};

fn classify(classify: Classify) -> TicketCommand {
    TicketCommand::Classify(classify)
}

const ABOUT_MAIL: Classify = Classify { kind: None, subject: Some(MAIL) };

#[test]
fn t14_what_is_not_named_stays() {
    let event = Classified { kind: TicketKind::Incident, subject: Some(MAIL) };
    for history in [an_assigned_ticket(), a_resolved_ticket()] {
        let outcome = given(history).when(classify(ABOUT_MAIL));
        outcome.then([TicketEvent::Classified(event.clone())]);
    }
    let request = Classify { kind: Some(TicketKind::ServiceRequest), subject: None };
    let history = [an_assigned_ticket(), vec![TicketEvent::Classified(event)]].concat();
    let ticket = given(history).when(classify(request)).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.kind, body.subject), (TicketKind::ServiceRequest, Some(MAIL)));
}

#[test]
fn t14_the_same_again_changes_nothing() {
    let same = Classify { kind: Some(TicketKind::Incident), subject: None };
    given(an_assigned_ticket()).when(classify(same)).nothing();
    given(an_assigned_ticket()).when(classify(Classify { kind: None, subject: None })).nothing();
}

#[test]
fn t14_the_subject_must_be_known() {
    let unknown = Classify { kind: None, subject: Some(NOTHING) };
    given(an_assigned_ticket()).when(classify(unknown)).refused(TicketRefusal::SubjectUnknown);
}

#[test]
fn t14_a_task_stays_one_and_nothing_else_becomes_one() {
    let kind = |kind| classify(Classify { kind: Some(kind), subject: None });
    let unfit = TicketRefusal::KindUnfit;
    given(an_assigned_ticket()).when(kind(TicketKind::Task)).refused(unfit.clone());
    let task = Classified { kind: TicketKind::Task, subject: None };
    let task = [an_assigned_ticket(), vec![TicketEvent::Classified(task)]].concat();
    given(task).when(kind(TicketKind::Incident)).refused(unfit);
}

#[test]
fn t14_it_becomes_no_retired_subjects_but_may_stay_one() {
    let defaults = DefaultsChosen::default();
    let facts = SubjectFacts { retired: true, defaults };
    let retired = SubjectId(Uuid::from_u128(0xe4));
    let about = || classify(Classify { kind: None, subject: Some(retired) });
    let subjects = [(retired, facts)].into();
    let facts = Facts { subjects, ..Facts::default() };
    let is_about = Classified { kind: TicketKind::Incident, subject: Some(retired) };
    let history = [an_assigned_ticket(), vec![TicketEvent::Classified(is_about)]].concat();
    given(history).knowing(facts.clone()).when(about()).nothing();
    given(an_assigned_ticket()).knowing(facts).when(about()).refused(TicketRefusal::SubjectRetired);
}

#[test]
fn t5_others_leave_a_held_ticket_alone() {
    let held = TicketRefusal::Held { holder: ANNA };
    given(a_held_ticket()).by(BEN).when(classify(ABOUT_MAIL)).refused(held);
}
