//! One event of each kind of an access request.

use domain::access::model::{AccessSubject, Human, Level, Lifted, Scope};
use domain::access_request::AccessRequestEvent;
use domain::access_request::event::{
    Activated, ActivationFailed, Amended, Approved, Ended, Escalated, InfoAsked, InfoGiven,
    PolicyChecked, Rejected, Reminded, SeatPassed, StageOpened, Submitted, TimedOut, Voted,
    Withdrawn,
};
use domain::access_request::plan::{Plan, Stage};
use domain::access_request::stage::{Mode, Span, Steps, Threshold};
use domain::access_request::wanted::{Failure, Finding, Rejection, Wanted, What};
use domain::access_request::words::{Ending, Passing, Vote};
use domain::kernel::{AccessGroupId, SodRuleId};
use uuid::Uuid;

use super::samples::{CALENDAR, PERSON, instant, sealed};
use super::subject_access::{DENY, GRANT, REQUEST, ROLE};

const GROUP: AccessGroupId = AccessGroupId(Uuid::from_u128(0x48));
const DUTIES: SodRuleId = SodRuleId(Uuid::from_u128(0x49));

fn steps() -> Steps {
    Steps { half_at: instant(0), most_at: instant(1), due_at: instant(250_001) }
}

fn plan() -> Plan {
    let span = Span { calendar: Some(CALENDAR), seconds: 28_800 };
    let stage = |mode| Stage {
        rules: ["privileged".to_owned()].into(),
        approvers: [PERSON].into(),
        mode,
        span,
    };
    let step = Threshold { among: [PERSON].into(), approve: 1, reject: 2 };
    Plan {
        risk: Level(3),
        findings: [Finding::SoftDeny { rule: DENY }, Finding::Overlong].into(),
        rules: ["privileged".to_owned()].into(),
        stages: vec![
            stage(Mode::Any),
            stage(Mode::All),
            stage(Mode::Thresholds { steps: vec![step] }),
            stage(Mode::Quorum { needed: 2 }),
        ],
        escalations: vec![[PERSON].into()],
    }
}

fn exception() -> Wanted {
    Wanted {
        what: What::Exception { lifts: Lifted::Sod(DUTIES), control: "Two look at it".to_owned() },
        scope: Scope::Everywhere,
        from: None,
        until: Some(instant(250_001)),
    }
}

fn role() -> Wanted {
    let (from, until) = (Some(instant(0)), Some(instant(250_001)));
    let scope = "desk/north".parse().expect("a scope");
    Wanted { what: What::Role { role: ROLE }, scope, from, until }
}

pub(crate) fn access_requests() -> [AccessRequestEvent; 17] {
    [
        AccessRequestEvent::Submitted(Box::new(Submitted {
            requester: Some(PERSON),
            beneficiary: AccessSubject::Group(GROUP),
            wanted: role(),
            justification: sealed("justification"),
            renews: Some(REQUEST),
        })),
        AccessRequestEvent::PolicyChecked(Box::new(PolicyChecked { plan: plan() })),
        AccessRequestEvent::StageOpened(StageOpened { stage: 1, steps: steps() }),
        AccessRequestEvent::Voted(Voted {
            seat: PERSON,
            by: PERSON,
            human: Human(PERSON),
            vote: Vote::Approve,
            comment: Some(sealed("comment")),
        }),
        AccessRequestEvent::InfoAsked(InfoAsked { by: PERSON, question: sealed("question") }),
        AccessRequestEvent::InfoGiven(InfoGiven { by: PERSON, answer: sealed("answer") }),
        AccessRequestEvent::SeatPassed(SeatPassed {
            seat: PERSON,
            to: PERSON,
            passing: Passing::Delegated,
            stage: Some(2),
        }),
        AccessRequestEvent::Reminded(Reminded { percent: 90 }),
        AccessRequestEvent::Escalated(Escalated { level: 1, to: [PERSON].into(), steps: steps() }),
        AccessRequestEvent::Amended(Box::new(Amended {
            wanted: exception(),
            justification: sealed("justification"),
        })),
        AccessRequestEvent::Approved(Approved {}),
        AccessRequestEvent::Rejected(Rejected { because: Rejection::Votes { stage: 2 } }),
        AccessRequestEvent::TimedOut(TimedOut {}),
        AccessRequestEvent::Withdrawn(Withdrawn {}),
        AccessRequestEvent::Activated(Activated { grant: Some(GRANT) }),
        AccessRequestEvent::ActivationFailed(ActivationFailed {
            because: Failure::Duties { rule: DUTIES },
        }),
        AccessRequestEvent::Ended(Ended { ending: Ending::Superseded }),
    ]
}
