//! AR6, AR8, AR9, AR11: seats are passed on, questions asked, wishes changed and given up.

use std::collections::BTreeMap;

use super::{
    ANNA_TOO, BEN_TOO, DORA, EMIL, approve, approved, checked, given, given_of, known, of, opened,
    plan_of, rejected, stage, voted, waiting, wanted,
};
use crate::access::model::{AccessSubject, Human};
use crate::access::testing::SOLVER;
use crate::access_policy::Approver;
use crate::access_request::AccessRequestRefusal as No;
use crate::access_request::command::{
    AccessRequestCommand, Amend, Answer, AskInfo, Delegate, Reassign, Vacate, Void, Withdraw,
};
use crate::access_request::decide::void::Voidness;
use crate::access_request::event::{
    AccessRequestEvent, Amended, InfoAsked, InfoGiven, SeatPassed, Submitted, Voted, Withdrawn,
};
use crate::access_request::known::RequestFacts;
use crate::access_request::stage::Mode;
use crate::access_request::state::Phase;
use crate::access_request::wanted::{Failure, Rejection, Wanted, What};
use crate::access_request::words::{Passing, Vote};
use crate::kernel::PersonId;
use crate::kernel::testing::world::{ANNA, BEN, CLEO, HEIDI, NOBODY, NORA};
use crate::kernel::text::TextFault;

fn of_two() -> Vec<AccessRequestEvent> {
    waiting(vec![stage([ANNA, NORA], Mode::All)])
}

fn delegate(to: PersonId) -> AccessRequestCommand {
    AccessRequestCommand::Delegate(Delegate { to })
}

fn reassign(seat: PersonId, to: PersonId) -> AccessRequestCommand {
    AccessRequestCommand::Reassign(Reassign { seat, to })
}

fn passed(seat: PersonId, to: PersonId, passing: Passing) -> AccessRequestEvent {
    AccessRequestEvent::SeatPassed(SeatPassed { seat, to, passing, stage: None })
}

#[test]
fn ar6_a_seat_is_passed_on_to_somebody_who_could_vote() {
    let given_away = passed(ANNA, HEIDI, Passing::Delegated);
    given(of_two()).by(ANNA).when(delegate(HEIDI)).then([given_away.clone()]);
    let history = [of_two(), vec![given_away]].concat();
    given(history.clone()).by(ANNA).when(approve()).refused(No::NotApprover);
    let (human, vote, comment) = (Human(HEIDI), Vote::Approve, None);
    let voted = Voted { seat: ANNA, by: HEIDI, human, vote, comment };
    given(history).by(HEIDI).when(approve()).then([AccessRequestEvent::Voted(voted)]);
    for to in [BEN, BEN_TOO, NOBODY, NORA] {
        given(of_two()).by(ANNA).when(delegate(to)).refused(No::SuccessorUnfit);
    }
    given(of_two()).by(ANNA).when(delegate(ANNA)).nothing();
    given(of_two()).by(HEIDI).when(delegate(NORA)).refused(No::NotApprover);
    let counted = [of_two(), vec![voted_by_anna()]].concat();
    given(counted.clone()).by(NORA).when(delegate(ANNA_TOO)).refused(No::SuccessorUnfit);
    given(counted).by(ANNA).when(delegate(HEIDI)).refused(No::VotedAlready);
}

fn voted_by_anna() -> AccessRequestEvent {
    voted(ANNA, Vote::Approve)
}

#[test]
fn ar6_who_looks_after_requests_reassigns_but_not_their_own() {
    let reassigned = passed(ANNA, HEIDI, Passing::Reassigned);
    given(of_two()).by(CLEO).when(reassign(ANNA, HEIDI)).then([reassigned.clone()]);
    given(of_two()).by_nobody().when(reassign(ANNA, HEIDI)).then([reassigned]);
    given(of_two()).by(CLEO).when(reassign(HEIDI, NORA)).refused(No::SeatUnknown);
    for person in [BEN, BEN_TOO] {
        given(of_two()).by(person).when(reassign(ANNA, HEIDI)).refused(No::OwnRequest);
    }
    let over = [of_two(), vec![approved()]].concat();
    given(over).by(CLEO).when(reassign(ANNA, HEIDI)).refused(No::NotAwaiting);
}

#[test]
fn ar6_twenty_times_at_most() {
    let back_and_forth = [HEIDI, ANNA].map(|to| passed(ANNA, to, Passing::Reassigned));
    let many = std::iter::repeat_n(back_and_forth, 10).flatten();
    let history: Vec<_> = of_two().into_iter().chain(many).collect();
    given(history[..history.len() - 1].to_vec())
        .by(CLEO)
        .when(reassign(NORA, NOBODY))
        .refused(No::SuccessorUnfit);
    given(history).by(CLEO).when(reassign(ANNA, HEIDI)).refused(No::PassedTooOften);
}

fn ask() -> AccessRequestCommand {
    AccessRequestCommand::AskInfo(AskInfo { question: " Why? ".to_owned() })
}

fn answer() -> AccessRequestCommand {
    AccessRequestCommand::Answer(Answer { answer: "So".to_owned() })
}

#[test]
fn ar11_questions_are_asked_by_who_decides_and_answered_by_who_asked() {
    let question = InfoAsked { by: ANNA, question: of(ANNA, "Why?") };
    let asked = AccessRequestEvent::InfoAsked(question);
    given(of_two()).by(ANNA).when(ask()).then([asked.clone()]);
    given(of_two()).by(HEIDI).when(ask()).refused(No::NotApprover);
    given(of_two()).when(answer()).refused(No::NotAsked);
    let history = [of_two(), vec![asked.clone()]].concat();
    given(history.clone()).by(ANNA).when(answer()).refused(No::NotYours);
    let told = AccessRequestEvent::InfoGiven(InfoGiven { by: BEN, answer: of(BEN, "So") });
    given(history.clone()).when(answer()).then([told.clone()]);
    given([history, vec![told]].concat()).when(answer()).refused(No::NotAsked);
    let many: Vec<_> = of_two().into_iter().chain(std::iter::repeat_n(asked, 20)).collect();
    given(many[..many.len() - 1].to_vec()).by(ANNA).when(ask()).acts();
    given(many).by(ANNA).when(ask()).refused(No::TooManyQuestions);
    let mute = AccessRequestCommand::AskInfo(AskInfo { question: " ".to_owned() });
    given(of_two()).by(ANNA).when(mute).refused(No::QuestionUnfit(TextFault::Empty));
}

fn solving() -> Wanted {
    Wanted { what: What::Role { role: SOLVER }, ..wanted() }
}

fn amend(wanted: Wanted) -> AccessRequestCommand {
    let justification = "For the day shift".to_owned();
    AccessRequestCommand::Amend(Box::new(Amend { wanted, justification }))
}

#[test]
fn ar8_another_wish_voids_the_votes() {
    let history = [of_two(), vec![voted_by_anna()]].concat();
    let state = given(history.clone()).when(amend(solving())).state();
    let body = state.body().unwrap();
    assert_eq!((&body.wanted, body.counted.len(), body.amendments), (&solving(), 0, 1));
    let round = body.round().unwrap();
    assert_eq!(round.seats.keys().collect::<Vec<_>>(), [&HEIDI], "the plan is made anew");
    assert!(round.seats.values().all(|seat| seat.vote.is_none()));
    given(history.clone()).when(amend(wanted())).nothing();
    given(history.clone()).by(ANNA).when(amend(solving())).refused(No::NotYours);
    let inactive = Wanted { until: Some(crate::kernel::testing::world::noon()), ..wanted() };
    given(history.clone()).when(amend(inactive)).refused(No::EndUnfit);
    let over = [history, vec![approved()]].concat();
    given(over).when(amend(solving())).refused(No::NotAwaiting);
}

#[test]
fn ar8_twenty_times_at_most() {
    let amended = |wanted| {
        let justification = of(BEN, "x");
        AccessRequestEvent::Amended(Box::new(Amended { wanted, justification }))
    };
    let plan = || checked(plan_of(vec![stage([ANNA], Mode::Any)]));
    let once = [amended(solving()), amended(wanted())];
    let often = std::iter::repeat_n(once, 10).flatten();
    let history: Vec<_> = of_two().into_iter().chain(often).chain([plan(), opened(1)]).collect();
    given(history).when(amend(solving())).refused(No::AmendedTooOften);
}

#[test]
fn ar8_what_is_rejected_then_stays_so() {
    let nobody = RequestFacts { approvers: [].into(), ..known() };
    let state = given_of(nobody, of_two()).when(amend(solving())).state();
    assert_eq!(state.body().unwrap().phase, Phase::Rejected(Rejection::NoApprover));
}

fn withdraw() -> AccessRequestCommand {
    AccessRequestCommand::Withdraw(Withdraw {})
}

#[test]
fn ar9_who_asked_or_benefits_withdraws_it_until_it_is_active() {
    let withdrawn = AccessRequestEvent::Withdrawn(Withdrawn {});
    given(of_two()).when(withdraw()).then([withdrawn.clone()]);
    let approved = [of_two(), vec![approved()]].concat();
    given(approved.clone()).when(withdraw()).then([withdrawn.clone()]);
    given([approved, vec![withdrawn]].concat()).when(withdraw()).nothing();
    given(of_two()).by(ANNA).when(withdraw()).refused(No::NotYours);
    given(of_two()).by_nobody().when(withdraw()).refused(No::NotYours);
    for over in [rejected(Rejection::NoApprover), super::activation::activated()] {
        given([of_two(), vec![over]].concat()).when(withdraw()).refused(No::Over);
    }
    let for_cleo = AccessRequestEvent::Submitted(Box::new(Submitted {
        requester: Some(ANNA),
        beneficiary: AccessSubject::Person(CLEO),
        wanted: wanted(),
        justification: of(ANNA, "x"),
        renews: None,
    }));
    for person in [ANNA, CLEO] {
        given([for_cleo.clone()]).by(person).when(withdraw()).acts();
    }
}

#[test]
fn ar9_it_is_void_without_a_beneficiary_or_a_role() {
    let void = |because| AccessRequestCommand::Void(Void { because });
    for (voidness, because) in [
        (Voidness::BeneficiaryGone, Rejection::BeneficiaryGone),
        (Voidness::RoleRetired, Rejection::RoleRetired),
    ] {
        given(of_two()).by_nobody().when(void(voidness)).then([rejected(because)]);
        let approved = [of_two(), vec![approved()]].concat();
        given(approved).by_nobody().when(void(voidness)).then([rejected(because)]);
        let failed = super::activation::failed(Failure::Conflict);
        let over = [of_two(), vec![failed]].concat();
        given(over).by_nobody().when(void(voidness)).nothing();
    }
    given([]).by_nobody().when(void(Voidness::RoleRetired)).refused(No::NotFound);
}

fn vacate(person: PersonId) -> AccessRequestCommand {
    AccessRequestCommand::Vacate(Vacate { person })
}

#[test]
fn ar12_the_seat_of_who_leaves_goes_to_the_owner_then_to_governance() {
    let to_owner = passed(ANNA, HEIDI, Passing::Reassigned);
    given(of_two()).by_nobody().when(vacate(ANNA)).then([to_owner.clone()]);
    given([of_two(), vec![to_owner]].concat()).by_nobody().when(vacate(HEIDI)).then([passed(
        ANNA,
        DORA,
        Passing::Reassigned,
    )]);
    given(of_two()).by_nobody().when(vacate(HEIDI)).nothing();
    given([of_two(), vec![voted_by_anna()]].concat()).by_nobody().when(vacate(ANNA)).nothing();
    given([of_two(), vec![approved()]].concat()).by_nobody().when(vacate(ANNA)).nothing();
}

#[test]
fn ar12_without_anybody_who_could_vote_it_is_rejected() {
    let alone = RequestFacts { approvers: [(Approver::RoleOwner, [BEN].into())].into(), ..known() };
    let one = waiting(vec![stage([ANNA], Mode::Any)]);
    given_of(alone.clone(), one)
        .by_nobody()
        .when(vacate(ANNA))
        .then([rejected(Rejection::NoApprover)]);
    // Others are there, so these decide.
    given_of(alone.clone(), of_two()).by_nobody().when(vacate(ANNA)).nothing();
    let deciders = BTreeMap::new();
    let nobody = RequestFacts { deciders, ..alone };
    given_of(nobody, of_two())
        .by_nobody()
        .when(vacate(ANNA))
        .then([rejected(Rejection::NoApprover)]);
}

fn passed_later(stage: u8, seat: PersonId, to: PersonId) -> AccessRequestEvent {
    let (passing, stage) = (Passing::Reassigned, Some(stage));
    AccessRequestEvent::SeatPassed(SeatPassed { seat, to, passing, stage })
}

#[test]
fn ar12_so_do_seats_at_stages_that_are_still_to_come() {
    let stages = || vec![stage([NORA], Mode::Any), stage([ANNA, HEIDI], Mode::All)];
    let to_dora = passed_later(2, ANNA, DORA);
    given(waiting(stages())).by_nobody().when(vacate(ANNA)).then([to_dora.clone()]);
    let history = [waiting(stages()), vec![to_dora]].concat();
    given(history.clone()).by_nobody().when(vacate(ANNA)).nothing();
    // Whoever has it now leaves, too; it stays meant for whom it was.
    given(history.clone()).by_nobody().when(vacate(DORA)).then([passed_later(2, ANNA, EMIL)]);
    let state = given(history).by(NORA).when(approve()).state();
    let holders = match state.body().unwrap().phase.clone() {
        Phase::Awaiting(round) => round.seats.into_iter().map(|(seat, it)| (seat, it.holder)),
        other => panic!("{other:?}"),
    };
    assert_eq!(holders.collect::<Vec<_>>(), [(ANNA, DORA), (HEIDI, HEIDI)]);
    // Of both stages.
    let both = vec![stage([ANNA, NORA], Mode::Any), stage([ANNA], Mode::Any)];
    let now = passed(ANNA, HEIDI, Passing::Reassigned);
    given(waiting(both)).by_nobody().when(vacate(ANNA)).then([now, passed_later(2, ANNA, HEIDI)]);
}

#[test]
fn ar12_a_stage_to_come_without_anybody_who_could_vote_rejects_it_too() {
    let alone = RequestFacts { approvers: BTreeMap::new(), ..known() };
    let stages = || vec![stage([NORA], Mode::Any), stage([ANNA], Mode::Any)];
    given_of(alone.clone(), waiting(stages()))
        .by_nobody()
        .when(vacate(ANNA))
        .then([rejected(Rejection::NoApprover)]);
    let others = vec![stage([NORA], Mode::Any), stage([ANNA, DORA], Mode::Any)];
    given_of(alone, waiting(others)).by_nobody().when(vacate(ANNA)).nothing();
}
