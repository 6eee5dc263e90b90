//! J1, J3, J5

use chrono::TimeDelta;

use super::{AUTHOR, asked, drawn, needs_its_ticket, on, over, rated};
use crate::kernel::Refusal;
use crate::kernel::testing::tickets::THIS;
use crate::kernel::testing::world::{BEN, CLEO};
use crate::kernel::text::{REASON_MAX, TextFault};
use crate::ticket::TicketState;
use crate::ticket_quality::command::Rate;
use crate::ticket_quality::{TicketQualityCommand, TicketQualityRefusal};

fn rate(score: u8, comment: Option<&str>) -> TicketQualityCommand {
    let comment = comment.map(str::to_owned);
    TicketQualityCommand::Rate(Rate { ticket: THIS, score, comment })
}

fn asked_cleo() -> super::Given<TicketQualityCommand> {
    on(TicketState::Closed, [asked()]).by(CLEO)
}

#[test]
fn j3_whoever_was_asked_rates() {
    let said = rated(CLEO, 5, Some("Quick"));
    let quality = asked_cleo().when(rate(5, Some(" Quick "))).then([said]).state();
    assert_eq!(quality.survey.unwrap().rating.unwrap().score, 5);
    asked_cleo().when(rate(1, None)).then([rated(CLEO, 1, None)]);
    let author = on(TicketState::InProgress, [asked()]).by(AUTHOR);
    author.when(rate(3, None)).then([rated(AUTHOR, 3, None)]);
}

#[test]
fn j3_and_may_do_so_anew_while_the_survey_is_open() {
    let once = || on(TicketState::Closed, [asked(), rated(CLEO, 2, None)]).by(CLEO);
    once().when(rate(2, None)).nothing();
    once().when(rate(4, None)).then([rated(CLEO, 4, None)]);
    let last = over() - TimeDelta::microseconds(1);
    once().at(last).when(rate(4, None)).acts();
    once().at(over()).when(rate(4, None)).refused(TicketQualityRefusal::SurveyOver);
    asked_cleo().at(over()).when(rate(4, None)).refused(TicketQualityRefusal::SurveyOver);
}

#[test]
fn j3_whoever_was_not_asked_does_not_rate() {
    let not_asked = on(TicketState::Closed, [drawn()]).by(CLEO).when(rate(4, None));
    not_asked.refused(TicketQualityRefusal::NotAsked);
    let nobody = on(TicketState::Closed, [asked()]).by_nobody().when(rate(4, None));
    nobody.refused(TicketQualityRefusal::PersonRequired);
}

#[test]
fn j3_a_rating_is_1_to_5_with_some_words() {
    for score in [0, 6, u8::MAX] {
        asked_cleo().when(rate(score, None)).refused(TicketQualityRefusal::RatingUnfit);
    }
    assert_eq!(TicketQualityRefusal::RatingUnfit.field(), Some("score"));
    let long = "x".repeat(REASON_MAX + 1);
    for (text, fault) in [(" ", TextFault::Empty), (&long, TextFault::TooLong(REASON_MAX))] {
        let unfit = TicketQualityRefusal::CommentUnfit(fault);
        assert_eq!(unfit.field(), Some("comment"));
        asked_cleo().when(rate(3, Some(text))).refused(unfit);
    }
}

#[test]
fn j5_nobody_rates_what_they_resolved() {
    let own = on(TicketState::Closed, [asked()]).by(BEN).when(rate(5, None));
    own.refused(TicketQualityRefusal::OwnWork);
}

#[test]
fn j1_ratings_are_of_tickets_that_exist() {
    needs_its_ticket([asked()], rate(3, None));
}
