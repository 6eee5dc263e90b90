//! Who is told of access requests.

use std::collections::BTreeSet;

use domain::Fact;
use domain::access::model::{AccessSubject, Human, Level, Scope};
use domain::access_request::AccessRequestEvent;
use domain::access_request::event::{
    Activated, ActivationFailed, Amended, Approved, Ended, Escalated, InfoAsked, InfoGiven,
    PolicyChecked, Rejected, Reminded, SeatPassed, StageOpened, Submitted, TimedOut, Voted,
    Withdrawn,
};
use domain::access_request::plan::{Plan, Stage};
use domain::access_request::stage::{Mode, Span, Steps};
use domain::access_request::wanted::{Failure, Rejection, Wanted, What};
use domain::access_request::words::{Ending, Passing, Vote};
use domain::kernel::{AccessRequestId, Actor, RoleId, ServiceAccountId, Source};
use domain::notice::{NoticeChannel, NoticeKind as K};
use domain::person::PersonEvent;
use domain::person::event::Left;
use sqlx::Row;
use uuid::Uuid;

use super::{assert_told, person};
use crate::notices::testing::{Log, id, ids, names, organization, said};
use crate::notices::{NoticeRow, Notices};
use crate::testing::{World, at};

const REQUEST: AccessRequestId = AccessRequestId(Uuid::from_u128(0xacc));
const OTHER: AccessRequestId = AccessRequestId(Uuid::from_u128(0xacd));

fn of(event: AccessRequestEvent) -> Fact {
    Fact::AccessRequest(REQUEST, event)
}

fn wanted() -> Wanted {
    let role = RoleId(Uuid::from_u128(0xa01e));
    Wanted { what: What::Role { role }, scope: Scope::Everywhere, from: None, until: None }
}

fn submitted(by: Option<&str>, beneficiary: AccessSubject) -> Fact {
    of(AccessRequestEvent::Submitted(Box::new(Submitted {
        requester: by.map(id),
        beneficiary,
        wanted: wanted(),
        justification: said(id("ben"), "For the night shift"),
        renews: None,
    })))
}

/// Stages of these people.
fn checked(stages: &[&str]) -> Fact {
    let stage = |people: &&str| Stage {
        rules: BTreeSet::new(),
        approvers: ids(people),
        mode: Mode::All,
        span: Span { calendar: None, seconds: 6_000 },
    };
    let plan = Plan {
        risk: Level(1),
        findings: BTreeSet::new(),
        rules: BTreeSet::new(),
        stages: stages.iter().map(stage).collect(),
        escalations: Vec::new(),
    };
    of(AccessRequestEvent::PolicyChecked(Box::new(PolicyChecked { plan })))
}

fn steps() -> Steps {
    Steps { half_at: at(9_050), most_at: at(9_090), due_at: at(9_100) }
}

fn stage(stage: u8) -> Fact {
    of(AccessRequestEvent::StageOpened(StageOpened { stage, steps: steps() }))
}

fn voted(seat: &str, by: &str) -> Fact {
    let (seat, by, vote) = (id(seat), id(by), Vote::Approve);
    of(AccessRequestEvent::Voted(Voted { seat, by, human: Human(by), vote, comment: None }))
}

fn passed(seat: &str, to: &str, stage: Option<u8>) -> Fact {
    let (seat, to, passing) = (id(seat), id(to), Passing::Delegated);
    of(AccessRequestEvent::SeatPassed(SeatPassed { seat, to, passing, stage }))
}

fn escalated(to: &str) -> Fact {
    of(AccessRequestEvent::Escalated(Escalated { level: 1, to: ids(to), steps: steps() }))
}

fn reminded() -> Fact {
    of(AccessRequestEvent::Reminded(Reminded { percent: 50 }))
}

fn asked(by: &str) -> Fact {
    let question = said(id(by), "How long?");
    of(AccessRequestEvent::InfoAsked(InfoAsked { by: id(by), question }))
}

fn answered(by: &str) -> Fact {
    let answer = said(id(by), "A year");
    of(AccessRequestEvent::InfoGiven(InfoGiven { by: id(by), answer }))
}

fn amended() -> Fact {
    let justification = said(id("ben"), "For longer");
    of(AccessRequestEvent::Amended(Box::new(Amended { wanted: wanted(), justification })))
}

fn approved() -> Fact {
    of(AccessRequestEvent::Approved(Approved {}))
}

fn activated() -> Fact {
    of(AccessRequestEvent::Activated(Activated { grant: None }))
}

/// ben asks for kay; ann, bob and tom, who is suspended, sit first, then sue and eve.
fn begun() -> Vec<Fact> {
    let beneficiary = AccessSubject::Person(id("kay"));
    vec![submitted(Some("ben"), beneficiary), checked(&["ann bob tom", "sue eve"]), stage(1)]
}

/// The same as a log.
fn waiting() -> Log {
    let mut log = Log::default();
    log.desk(&organization());
    begun().iter().for_each(|fact| drop(log.say("ben", fact)));
    log
}

/// Nobody by hand does this; who is told.
fn by_itself(log: &mut Log, fact: &Fact) -> Vec<NoticeRow> {
    log.tell(Actor::System, Source::Process, None, fact)
}

/// What happens to one request until it is over, and to another that goes on.
pub(super) fn history() -> Vec<Fact> {
    let ended = of(AccessRequestEvent::Ended(Ended { ending: Ending::Expired }));
    let one = [
        begun(),
        vec![asked("bob"), answered("ben"), passed("eve", "dan", Some(2)), reminded()],
        vec![passed("bob", "hal", None), voted("bob", "hal"), amended(), checked(&["sam bob"])],
        vec![stage(1), escalated("dee"), voted("sam", "sam"), reminded(), approved()],
        vec![activated(), ended],
    ];
    let other = [begun(), vec![asked("bob"), voted("bob", "bob"), reminded()]].concat();
    let other = other.into_iter().map(|fact| match fact {
        Fact::AccessRequest(_, event) => Fact::AccessRequest(OTHER, event),
        fact => fact,
    });
    one.concat().into_iter().chain(other).collect()
}

#[test]
fn n18_whoever_sits_at_a_stage_is_told_when_it_opens() {
    let mut log = Log::default();
    log.desk(&organization());
    let told: Vec<_> = begun().iter().map(|fact| log.say("ben", fact)).collect();
    assert!(told[0].is_empty() && told[1].is_empty(), "nobody sits there yet");
    assert_told(&told[2], K::AccessRequestAwaiting, "ann bob", "but for who is suspended");
    let row = &told[2][0];
    assert_eq!((row.ticket_id, row.request_id), (None, Some(REQUEST)));
    assert_eq!((row.actor_id, row.comment_id), (Some(id("ben")), None));
    log.say("ann", &passed("eve", "dan", Some(2)));
    let told = log.say("ann", &stage(2));
    assert_told(&told, K::AccessRequestAwaiting, "dan sue", "with whose seat it is by then");
}

#[test]
fn n18_whoever_comes_to_a_seat_of_the_stage_that_waits_is_told() {
    let mut log = waiting();
    let told = log.say("bob", &passed("bob", "sam", None));
    assert_told(&told, K::AccessRequestPassed, "sam", "whom it was given to");
    let told = log.say("bob", &passed("sue", "dan", Some(2)));
    assert!(told.is_empty(), "that stage is not open yet");
    let told = by_itself(&mut log, &escalated("dee hal"));
    assert_told(&told, K::AccessRequestEscalated, "dee hal", "and not those who sat there before");
    assert_eq!(told[0].actor_id, None);
    assert_told(&by_itself(&mut log, &reminded()), K::AccessRequestReminded, "ann dee hal sam", "");
}

#[test]
fn n19_whoever_has_not_voted_is_reminded() {
    let mut log = waiting();
    assert_told(&by_itself(&mut log, &reminded()), K::AccessRequestReminded, "ann bob", "all");
    assert!(log.say("bob", &voted("bob", "bob")).is_empty(), "a vote by itself is no news");
    assert_told(&by_itself(&mut log, &reminded()), K::AccessRequestReminded, "ann", "the other");
    log.say("ann", &voted("ann", "ann"));
    assert!(by_itself(&mut log, &reminded()).is_empty());
}

#[test]
fn n20_a_question_is_told_to_who_asked_for_the_access_and_its_answer_to_who_put_it() {
    let mut log = waiting();
    log.say("ann", &asked("ann"));
    assert_told(&log.say("bob", &asked("bob")), K::AccessRequestQuestioned, "ben", "not kay");
    assert_told(&log.say("ben", &answered("ben")), K::AccessRequestAnswered, "bob", "not ann");
    // A program does not answer.
    let mut log = Log::default();
    log.desk(&organization());
    let asks = submitted(None, AccessSubject::Person(id("kay")));
    [asks, checked(&["bob"]), stage(1)].iter().for_each(|fact| drop(by_itself(&mut log, fact)));
    assert_told(&log.say("bob", &asked("bob")), K::AccessRequestQuestioned, "kay", "its person");
}

#[test]
fn n21_what_became_of_it_is_told_to_who_asked_and_who_would_have_it() {
    let votes = Rejected { because: Rejection::Votes { stage: 1 } };
    let failed = ActivationFailed { because: Failure::Late };
    for (event, kind) in [
        (AccessRequestEvent::Approved(Approved {}), K::AccessRequestApproved),
        (AccessRequestEvent::Rejected(votes), K::AccessRequestRejected),
        (AccessRequestEvent::TimedOut(TimedOut {}), K::AccessRequestTimedOut),
        (AccessRequestEvent::Withdrawn(Withdrawn {}), K::AccessRequestWithdrawn),
        (AccessRequestEvent::Activated(Activated { grant: None }), K::AccessRequestActivated),
        (AccessRequestEvent::ActivationFailed(failed), K::AccessRequestActivationFailed),
    ] {
        let fact = of(event);
        assert_told(&waiting().say("ann", &fact), kind, "ben kay", "by somebody else");
        assert_told(&waiting().say("ben", &fact), kind, "kay", "never the actor");
        let mut log = waiting();
        log.desk(&[person("kay", PersonEvent::Left(Left {}))]);
        assert_told(&by_itself(&mut log, &fact), kind, "ben", "never who has left");
        let imported = log.tell(Actor::Import, Source::Import, None, &fact);
        assert!(imported.is_empty(), "history is no news");
    }
    let withdrawn = waiting().say("ann", &of(AccessRequestEvent::Withdrawn(Withdrawn {})));
    assert!(withdrawn.iter().all(|row| row.channel == NoticeChannel::Feed), "only listed");
    // Who asks for themselves is told once, and a program that would have it, not at all.
    for beneficiary in [
        AccessSubject::Person(id("ben")),
        AccessSubject::Service(ServiceAccountId(Uuid::from_u128(0x5e))),
    ] {
        let mut log = Log::default();
        log.desk(&organization());
        log.say("ben", &submitted(Some("ben"), beneficiary));
        let told = by_itself(&mut log, &approved());
        assert_eq!((names(&told).as_str(), told.len()), ("ben", 1));
    }
}

#[test]
fn n21_what_is_over_is_told_once() {
    let mut log = waiting();
    assert!(!by_itself(&mut log, &approved()).is_empty());
    assert!(!by_itself(&mut log, &activated()).is_empty(), "it was still open");
    let ended = of(AccessRequestEvent::Ended(Ended { ending: Ending::Revoked }));
    for fact in [ended, reminded(), stage(2), asked("bob"), approved()] {
        assert!(by_itself(&mut log, &fact).is_empty(), "{fact:?}");
    }
}

#[test]
fn n22_clients_are_told_of_their_own_request_alone() {
    let mut log = Log::default();
    log.desk(&organization());
    let own = submitted(Some("kay"), AccessSubject::Person(id("kay")));
    log.say("kay", &own);
    log.say("kay", &checked(&["bob kim"]));
    assert_told(&log.say("kay", &stage(1)), K::AccessRequestAwaiting, "bob", "kim sits nowhere");
    assert!(log.say("bob", &passed("bob", "kim", None)).is_empty());
    assert!(by_itself(&mut log, &escalated("kim")).is_empty());
    assert!(by_itself(&mut log, &reminded()).is_empty());
    log.say("kim", &asked("kim"));
    assert!(log.say("kay", &answered("kay")).is_empty());
    assert_told(&log.say("bob", &asked("bob")), K::AccessRequestQuestioned, "kay", "her own");
    assert_told(&by_itself(&mut log, &approved()), K::AccessRequestApproved, "kay", "her own");
}

#[test]
fn n22_that_votes_are_void_is_told_by_the_stage_that_opens_anew() {
    let mut log = waiting();
    log.say("bob", &voted("bob", "bob"));
    assert!(log.say("ben", &amended()).is_empty());
    assert!(log.say("ben", &checked(&["bob sam"])).is_empty());
    assert_told(&log.say("ben", &stage(1)), K::AccessRequestAwaiting, "bob sam", "once");
    assert_told(&by_itself(&mut log, &reminded()), K::AccessRequestReminded, "bob sam", "again");
}

#[tokio::test]
async fn only_what_may_still_come_to_something_is_remembered_and_nothing_personal_of_it() {
    let world = World::new().await;
    let facts: Vec<Fact> = organization().into_iter().chain(history()).collect();
    world.say(&facts).await;
    world.settled().await;
    for size in [1, 3, 1_000] {
        let mut conn = world.filled(&Notices, &format!("by_{size}"), size).await;
        let sql = "select request_id, asker_id, told::text from notice_requests";
        let rows = sqlx::query(sql).fetch_all(&mut conn).await.unwrap();
        assert_eq!(rows.len(), 1, "in batches of {size}");
        assert_eq!(rows[0].get::<Uuid, _>("request_id"), OTHER.0);
        assert_eq!(rows[0].get::<Option<Uuid>, _>("asker_id"), Some(id("bob").0));
        let told: String = rows[0].get("told");
        assert!(told.contains("Awaiting") && !told.contains("night") && !told.contains("How"));
        let neither = "insert into outbox (global_seq, recipient_id, channel, kind, occurred_at)
                       values (0, gen_random_uuid(), 'FEED', 'TICKET_CLOSED', now())";
        let error = sqlx::query(neither).execute(&mut conn).await.unwrap_err().to_string();
        assert!(error.contains("outbox_about_one"), "{error}");
    }
}
