//! J1, J4, J5

use serde_json::json;

use super::{WORK_OF, asked, drawn, needs_its_ticket, on, policy};
use crate::kernel::testing::tickets::THIS;
use crate::kernel::testing::world::{BEN, HEIDI};
use crate::kernel::text::TextFault;
use crate::kernel::{DataSubject, Personal, Refusal};
use crate::ticket::TicketState;
use crate::ticket_quality::command::{Answer, Check};
use crate::ticket_quality::event::{CheckAnswer, Checked};
use crate::ticket_quality::{TicketQualityCommand, TicketQualityEvent, TicketQualityRefusal};

const UNDERSTOOD: &str = "Was it understood?";
const DOCUMENTED: &str = "Is it documented?";

fn check(answers: &[(&str, u8)], note: Option<&str>) -> TicketQualityCommand {
    let answers = answers.iter().map(|(question, score)| {
        let question = (*question).to_owned();
        Answer { question, score: *score }
    });
    TicketQualityCommand::Check(Check {
        ticket: THIS,
        answers: answers.collect(),
        note: note.map(str::to_owned),
    })
}

fn checked((understood, documented): (u8, u8), score: u8) -> TicketQualityEvent {
    let answer = |question: &str, weight, score| CheckAnswer {
        question: question.to_owned(),
        weight,
        score,
    };
    TicketQualityEvent::Checked(Checked {
        checklist_version: 3,
        answers: vec![answer(UNDERSTOOD, 2, understood), answer(DOCUMENTED, 1, documented)],
        score,
        note: None,
        checker: HEIDI,
        work_of: WORK_OF,
    })
}

fn drawn_for_heidi() -> super::Given<TicketQualityCommand> {
    on(TicketState::Closed, [drawn()]).by(HEIDI)
}

#[test]
fn j4_the_score_is_the_mean_by_weight_rounded_half_up() {
    for (answers, score) in [
        ((100, 100), 100),
        ((0, 0), 0),
        ((100, 0), 67),
        ((0, 100), 33),
        ((50, 51), 50),
        ((1, 0), 1),
        ((0, 1), 0),
        ((99, 99), 99),
    ] {
        let all = check(&[(DOCUMENTED, answers.1), (UNDERSTOOD, answers.0)], None);
        drawn_for_heidi().when(all).then([checked(answers, score)]);
    }
}

#[test]
fn j4_it_may_be_checked_anew() {
    let once = || on(TicketState::Closed, [drawn(), checked((100, 0), 67)]).by(HEIDI);
    once().when(check(&[(UNDERSTOOD, 100), (DOCUMENTED, 0)], None)).nothing();
    let anew = check(&[(UNDERSTOOD, 100), (DOCUMENTED, 100)], None);
    once().when(anew).then([checked((100, 100), 100)]);
}

#[test]
fn j4_the_note_is_the_checkers() {
    let noted = check(&[(UNDERSTOOD, 1), (DOCUMENTED, 1)], Some("Terse"));
    let state = drawn_for_heidi().when(noted).state();
    let note = state.check.unwrap().finding.unwrap().note;
    assert_eq!(note, Some(Personal::of(DataSubject::Person(HEIDI), "Terse".to_owned())));
    let unfit = TicketQualityRefusal::NoteUnfit(TextFault::Empty);
    assert_eq!(unfit.field(), Some("note"));
    let empty = check(&[(UNDERSTOOD, 1), (DOCUMENTED, 1)], Some(""));
    drawn_for_heidi().when(empty).refused(unfit);
}

#[test]
fn j4_each_question_is_answered_once_within_its_bounds() {
    let cases = [
        (vec![("Why?", 1)], TicketQualityRefusal::QuestionUnknown { index: 0 }),
        (vec![(UNDERSTOOD, 1), (UNDERSTOOD, 1)], TicketQualityRefusal::QuestionTwice { index: 1 }),
        (vec![(UNDERSTOOD, 1), (DOCUMENTED, 101)], TicketQualityRefusal::AnswerUnfit { index: 1 }),
        (
            vec![(UNDERSTOOD, 1)],
            TicketQualityRefusal::QuestionsMissing { questions: vec![DOCUMENTED.to_owned()] },
        ),
    ];
    for (answers, refusal) in cases {
        assert_eq!(refusal.field(), Some("answers"));
        drawn_for_heidi().when(check(&answers, None)).refused(refusal);
    }
    let twice = TicketQualityRefusal::QuestionTwice { index: 1 };
    assert_eq!(twice.meta()["index"], json!(1));
}

#[test]
fn j4_what_was_not_drawn_or_has_no_checklist_is_not_checked() {
    let all = || check(&[(UNDERSTOOD, 1), (DOCUMENTED, 1)], None);
    let asked = on(TicketState::Closed, [asked()]).by(HEIDI).when(all());
    asked.refused(TicketQualityRefusal::NotDrawn);
    let mut without = policy(0, 0);
    without.quality.checklist.clear();
    drawn_for_heidi().under(without).when(all()).refused(TicketQualityRefusal::NoChecklist);
    let nobody = on(TicketState::Closed, [drawn()]).by_nobody().when(all());
    nobody.refused(TicketQualityRefusal::PersonRequired);
}

#[test]
fn j5_nobody_checks_what_they_resolved() {
    let own = on(TicketState::Closed, [drawn()]).by(BEN).steering();
    let all = check(&[(UNDERSTOOD, 100), (DOCUMENTED, 100)], None);
    own.when(all).refused(TicketQualityRefusal::OwnWork);
}

#[test]
fn j1_checks_are_of_tickets_that_exist() {
    needs_its_ticket([drawn()], check(&[], None));
}
