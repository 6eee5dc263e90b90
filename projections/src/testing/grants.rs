//! What people may do: grants and exceptions that came and went, and requests on every way there is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::access::model::{AccessSubject, GrantSource, Granted, Human, Level, Lifted, Scope};
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
use domain::kernel::{
    AccessRequestId, AccessTemplateId, ExceptionId, GrantId, PersonId, RoleId, SodRuleId,
    SubjectAccessId,
};
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::{
    Closed, Confirmed, Excepted, ExceptionEnded, Expired, GrantMade, Opened, Pattern, Prolonged,
    Revoked, Shortened, Shortening,
};
use uuid::Uuid;

use super::desk::{LEAVER, own};
use super::{AGENT, CLIENT, at};

pub(crate) const READER: RoleId = RoleId(Uuid::from_u128(0x0a1));
pub(crate) const KEEPER: RoleId = RoleId(Uuid::from_u128(0x0a2));
pub(crate) const DUTIES: SodRuleId = SodRuleId(Uuid::from_u128(0x0a3));
pub(crate) const BUNDLE: AccessTemplateId = AccessTemplateId(Uuid::from_u128(0x0a4));
/// Holds, and was prolonged.
pub(crate) const HELD: GrantId = GrantId(Uuid::from_u128(0x9a1));
/// Taken back.
pub(crate) const TAKEN: GrantId = GrantId(Uuid::from_u128(0x9a2));
/// Written down as over.
pub(crate) const OVER: GrantId = GrantId(Uuid::from_u128(0x9a3));
/// Ended with everything the leaver had.
pub(crate) const LEFT: GrantId = GrantId(Uuid::from_u128(0x9a4));
/// Of the leaver who is back.
pub(crate) const AGAIN: GrantId = GrantId(Uuid::from_u128(0x9a5));
pub(crate) const ENDED: ExceptionId = ExceptionId(Uuid::from_u128(0xea1));
pub(crate) const LOST: ExceptionId = ExceptionId(Uuid::from_u128(0xea2));
/// Became a grant that is over.
pub(crate) const DONE: AccessRequestId = AccessRequestId(Uuid::from_u128(0x4a1));
/// Waits for a vote, amended once.
pub(crate) const OPEN: AccessRequestId = AccessRequestId(Uuid::from_u128(0x4a2));
/// Approved, begins later.
pub(crate) const LATER: AccessRequestId = AccessRequestId(Uuid::from_u128(0x4a3));
const OTHERS: [u128; 4] = [0x4a4, 0x4a5, 0x4a6, 0x4a7];

/// All of it.
pub(super) fn granted() -> Vec<Fact> {
    [grants(), requests()].concat()
}

fn grants() -> Vec<Fact> {
    let made = |grant, role, until: Option<DateTime<Utc>>| GrantMade {
        grant,
        what: Granted::Role(role),
        scope: Scope::Everywhere,
        from: at(0),
        until,
        source: GrantSource::Administrator,
        request: None,
        delegated_by: None,
        pierces: false,
        pattern: None,
    };
    let granted = |made| SubjectAccessEvent::Granted(Box::new(made));
    let excepted = |exception| {
        SubjectAccessEvent::Excepted(Box::new(Excepted {
            exception,
            lifts: Lifted::Sod(DUTIES),
            owner: CLIENT,
            control: "Two look at it".to_owned(),
            from: at(0),
            until: at(90_000),
            request: None,
        }))
    };
    let (template, version) = (BUNDLE, 3);
    let pattern = Some(Pattern::Template { template, version });
    let (source, until) = (GrantSource::Template, Some(at(5_000)));
    let agent = [
        SubjectAccessEvent::Opened(Opened { subject: AccessSubject::Person(AGENT) }),
        granted(GrantMade { request: Some(DONE), ..made(HELD, READER, Some(at(80_000))) }),
        granted(GrantMade { source, pattern, ..made(TAKEN, KEEPER, None) }),
        granted(made(OVER, KEEPER, until)),
        SubjectAccessEvent::Prolonged(Prolonged {
            grant: HELD,
            until: Some(at(90_000)),
            request: None,
        }),
        SubjectAccessEvent::Shortened(Shortened {
            grant: HELD,
            until: at(60_000),
            because: Shortening::Unconfirmed,
            moved: at(10),
        }),
        SubjectAccessEvent::Confirmed(Confirmed { grant: HELD, until: Some(at(90_000)) }),
        SubjectAccessEvent::Shortened(Shortened {
            grant: OVER,
            until: at(4_000),
            because: Shortening::Lost,
            moved: at(20),
        }),
        excepted(ENDED),
        SubjectAccessEvent::Revoked(Revoked { grant: TAKEN }),
        SubjectAccessEvent::Expired(Expired { grant: OVER }),
        SubjectAccessEvent::ExceptionEnded(ExceptionEnded { exception: ENDED }),
    ];
    let opened = || SubjectAccessEvent::Opened(Opened { subject: AccessSubject::Person(LEAVER) });
    let leaver = [
        opened(),
        granted(made(LEFT, READER, None)),
        excepted(LOST),
        SubjectAccessEvent::Closed(Closed {}),
        opened(),
        granted(made(AGAIN, READER, Some(at(70_000)))),
    ];
    let of = |person: PersonId| move |event| Fact::SubjectAccess(SubjectAccessId(person.0), event);
    agent.into_iter().map(of(AGENT)).chain(leaver.into_iter().map(of(LEAVER))).collect()
}

fn steps(from: i64) -> Steps {
    Steps { half_at: at(from + 50), most_at: at(from + 90), due_at: at(from + 100) }
}

/// How every request of these begins: the client asks for the agent, and the leaver and the client
/// decide.
fn begun(wanted: Wanted, renews: Option<AccessRequestId>) -> Vec<AccessRequestEvent> {
    let stage = Stage {
        rules: ["two".to_owned()].into(),
        approvers: [LEAVER, CLIENT].into(),
        mode: Mode::Quorum { needed: 2 },
        span: Span { calendar: None, seconds: 6_000 },
    };
    let plan = Plan {
        risk: Level(1),
        findings: BTreeSet::new(),
        rules: ["two".to_owned()].into(),
        stages: vec![stage],
        escalations: vec![[AGENT].into()],
    };
    vec![
        AccessRequestEvent::Submitted(Box::new(Submitted {
            requester: Some(CLIENT),
            beneficiary: AccessSubject::Person(AGENT),
            wanted,
            justification: own(CLIENT, "For the night shift"),
            renews,
        })),
        AccessRequestEvent::PolicyChecked(Box::new(PolicyChecked { plan })),
        AccessRequestEvent::StageOpened(StageOpened { stage: 1, steps: steps(30_000) }),
    ]
}

fn wanted(from: Option<DateTime<Utc>>) -> Wanted {
    Wanted { what: What::Role { role: READER }, scope: Scope::Everywhere, from, until: None }
}

fn voted(person: PersonId, vote: Vote) -> AccessRequestEvent {
    let (human, comment) = (Human(person), Some(own(person, "Well known")));
    AccessRequestEvent::Voted(Voted { seat: person, by: person, human, vote, comment })
}

fn requests() -> Vec<Fact> {
    let asked = InfoAsked { by: LEAVER, question: own(LEAVER, "How long?") };
    let told = InfoGiven { by: CLIENT, answer: own(CLIENT, "A year") };
    let amended = Amended { wanted: wanted(Some(at(60_000))), justification: own(CLIENT, "Later") };
    let passed = SeatPassed { seat: LEAVER, to: AGENT, passing: Passing::Reassigned, stage: None };
    let escalated = Escalated { level: 1, to: [AGENT].into(), steps: steps(40_000) };
    let both = || [voted(LEAVER, Vote::Approve), voted(CLIENT, Vote::Approve)];
    let approved = || AccessRequestEvent::Approved(Approved {});
    let exception = || What::Exception { lifts: Lifted::Sod(DUTIES), control: "Two".to_owned() };
    let again = begun(wanted(None), None).split_off(1);
    let mut stories: BTreeMap<AccessRequestId, Vec<AccessRequestEvent>> = BTreeMap::new();
    let mut story = |id, begun: Vec<_>, then: Vec<_>| {
        stories.insert(id, [begun, then].concat());
    };
    let [no, late, gone, failed] = OTHERS.map(|id| AccessRequestId(Uuid::from_u128(id)));
    story(DONE, begun(wanted(None), None), {
        let active = AccessRequestEvent::Activated(Activated { grant: Some(HELD) });
        let ended = AccessRequestEvent::Ended(Ended { ending: Ending::Superseded });
        [&both()[..], &[approved(), active, ended]].concat()
    });
    story(OPEN, begun(wanted(None), Some(DONE)), {
        let mut then =
            vec![voted(CLIENT, Vote::Approve), AccessRequestEvent::Amended(amended.into())];
        then.extend(again);
        then.push(AccessRequestEvent::InfoAsked(asked));
        then.push(AccessRequestEvent::InfoGiven(told));
        then.push(AccessRequestEvent::Reminded(Reminded { percent: 50 }));
        then
    });
    story(LATER, begun(wanted(Some(at(60_000))), None), [&both()[..], &[approved()]].concat());
    story(no, begun(wanted(None), None), {
        let because = Rejection::Votes { stage: 1 };
        vec![voted(LEAVER, Vote::Reject), AccessRequestEvent::Rejected(Rejected { because })]
    });
    story(late, begun(Wanted { what: exception(), ..wanted(None) }, None), {
        vec![AccessRequestEvent::Escalated(escalated), AccessRequestEvent::TimedOut(TimedOut {})]
    });
    story(gone, begun(wanted(None), None), {
        vec![AccessRequestEvent::SeatPassed(passed), AccessRequestEvent::Withdrawn(Withdrawn {})]
    });
    story(failed, begun(wanted(None), None), {
        let because = Failure::Duties { rule: DUTIES };
        let failed = AccessRequestEvent::ActivationFailed(ActivationFailed { because });
        [&both()[..], &[approved(), failed]].concat()
    });
    let of = |(id, events): (AccessRequestId, Vec<_>)| {
        events.into_iter().map(move |event| Fact::AccessRequest(id, event))
    };
    stories.into_iter().flat_map(of).collect()
}
