//! AR5: who votes, and what follows.

use super::{
    ANNA_TOO, BEN_TOO, DORA, EMIL, approve, approved, given, given_of, known, of, opened, reject,
    rejected, stage, voted, waiting,
};
use crate::access::model::{AccessSubject, Human, Level};
use crate::access_request::AccessRequestRefusal as No;
use crate::access_request::command::{AccessRequestCommand, Approve, Reject};
use crate::access_request::event::{AccessRequestEvent, Submitted, Voted};
use crate::access_request::known::RequestFacts;
use crate::access_request::stage::Mode;
use crate::access_request::state::Phase;
use crate::access_request::wanted::Rejection;
use crate::access_request::words::Vote;
use crate::kernel::testing::world::{ANNA, BEN, CLEO, HEIDI, NORA};
use crate::kernel::text::TextFault;

fn of_two() -> Vec<AccessRequestEvent> {
    waiting(vec![stage([ANNA, NORA], Mode::All), stage([HEIDI], Mode::Any)])
}

#[test]
fn ar5_stage_after_stage_until_it_is_approved() {
    let first = voted(ANNA, Vote::Approve);
    given(of_two()).by(ANNA).when(approve()).then([first.clone()]);
    let history = [of_two(), vec![first]].concat();
    let second = voted(NORA, Vote::Approve);
    given(history.clone()).by(NORA).when(approve()).then([second.clone(), opened(2)]);
    let history = [history, vec![second, opened(2)]].concat();
    given(history.clone()).by(ANNA).when(approve()).refused(No::NotApprover);
    let last = voted(HEIDI, Vote::Approve);
    let state = given(history).by(HEIDI).when(approve()).then([last, approved()]).state();
    let body = state.body().unwrap();
    assert_eq!(body.phase, Phase::Approved);
    assert_eq!(body.counted, [ANNA, NORA, HEIDI].map(Human).into());
}

#[test]
fn ar5_one_no_ends_it_where_all_are_asked() {
    let no = voted(NORA, Vote::Reject);
    let because = Rejection::Votes { stage: 1 };
    let state = given(of_two()).by(NORA).when(reject()).then([no, rejected(because)]).state();
    assert_eq!(state.body().unwrap().phase, Phase::Rejected(because));
    let over = [of_two(), vec![rejected(because)]].concat();
    given(over).by(ANNA).when(approve()).refused(No::NotAwaiting);
}

#[test]
fn ar5_a_seat_votes_once() {
    let history = [of_two(), vec![voted(ANNA, Vote::Approve)]].concat();
    given(history.clone()).by(ANNA).when(approve()).nothing();
    given(history).by(ANNA).when(reject()).refused(No::VotedAlready);
}

#[test]
fn ar5_only_who_has_a_seat_in_person() {
    given(of_two()).by(HEIDI).when(approve()).refused(No::NotApprover);
    given(of_two()).by(BEN).when(approve()).refused(No::NotApprover);
    given(of_two()).by_nobody().when(approve()).refused(No::NotInPerson);
    given(of_two()).importing_for(ANNA).when(approve()).refused(No::NotInPerson);
}

#[test]
fn ar5_neither_who_asks_nor_who_benefits_with_whichever_account() {
    let own = |person| waiting(vec![stage([person, NORA], Mode::Any)]);
    for person in [BEN, BEN_TOO] {
        given(own(person)).by(person).when(approve()).refused(No::OwnRequest);
    }
    // Cleo would benefit, and has a seat; Anna's second account asked.
    let submitted = AccessRequestEvent::Submitted(Box::new(Submitted {
        requester: Some(ANNA_TOO),
        beneficiary: AccessSubject::Person(CLEO),
        wanted: super::wanted(),
        justification: of(ANNA_TOO, "x"),
        renews: None,
    }));
    let stages = waiting(vec![stage([CLEO, ANNA, NORA], Mode::Any)]);
    let history = || [vec![submitted.clone()], stages[1..].to_vec()].concat();
    let parties = || RequestFacts { parties: [Human(ANNA), Human(CLEO)].into(), ..known() };
    for person in [CLEO, ANNA] {
        given_of(parties(), history()).by(person).when(approve()).refused(No::OwnRequest);
    }
    given_of(parties(), history()).by(NORA).when(approve()).acts();
}

#[test]
fn ar5_who_may_decide_at_that_risk_now() {
    let mut low = known();
    low.deciders.get_mut(&ANNA).unwrap().level = Level(1);
    let mut gone = known();
    gone.deciders.remove(&ANNA);
    let answers = RequestFacts { subordinates: [ANNA].into(), ..known() };
    for known in [low, gone, answers] {
        given_of(known, of_two()).by(ANNA).when(approve()).refused(No::MayNotDecide);
    }
    let higher = RequestFacts { risk: Level(3), ..known() };
    given_of(higher, of_two()).by(ANNA).when(approve()).refused(No::MayNotDecide);
}

#[test]
fn ar5_each_human_is_counted_once_in_all_stages() {
    let twice = waiting(vec![stage([ANNA], Mode::Any), stage([ANNA, ANNA_TOO], Mode::Any)]);
    let history = [twice, vec![voted(ANNA, Vote::Approve), opened(2)]].concat();
    for person in [ANNA, ANNA_TOO] {
        given(history.clone()).by(person).when(approve()).refused(No::CountedAlready);
    }
    let both = waiting(vec![stage([ANNA, ANNA_TOO], Mode::Quorum { needed: 2 })]);
    let history = [both, vec![voted(ANNA, Vote::Approve)]].concat();
    given(history).by(ANNA_TOO).when(approve()).refused(No::CountedAlready);
}

#[test]
fn ar3_governance_takes_two() {
    let two = waiting(vec![stage([DORA, EMIL], Mode::Quorum { needed: 2 })]);
    let first = voted(DORA, Vote::Approve);
    given(two.clone()).by(DORA).when(approve()).then([first.clone()]);
    let history = [two, vec![first]].concat();
    let second = voted(EMIL, Vote::Approve);
    given(history).by(EMIL).when(approve()).then([second, approved()]);
}

#[test]
fn ar5_a_comment_has_a_bound_and_a_no_has_one() {
    let said = |text: &str| Some(text.to_owned());
    let approve = |comment| AccessRequestCommand::Approve(Approve { comment });
    let comment = Some(of(ANNA, "Fine"));
    let vote = Vote::Approve;
    let voted = Voted { seat: ANNA, by: ANNA, human: Human(ANNA), vote, comment };
    given(of_two()).by(ANNA).when(approve(said(" Fine "))).then([AccessRequestEvent::Voted(voted)]);
    let long = No::CommentUnfit(TextFault::TooLong(2_000));
    given(of_two()).by(ANNA).when(approve(said(&"x".repeat(2_001)))).refused(long);
    let mute = AccessRequestCommand::Reject(Reject { comment: " ".to_owned() });
    given(of_two()).by(ANNA).when(mute).refused(No::CommentUnfit(TextFault::Empty));
}
