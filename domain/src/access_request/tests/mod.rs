//! Given, when, then: one test a rule; besides them the table of what votes come to.

mod activation;
mod deadlines;
mod laws;
mod plan;
mod seats;
mod stage;
mod submit;
mod voting;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::TimeDelta;
use uuid::Uuid;

use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, Human, Level, Lifted, RiskTier, Scope};
use crate::access::testing::{READER, SOFT, TEAM, facts};
use crate::access_policy::{AccessPolicy, Approver, RequestRule, StageRule};
use crate::access_request::AccessRequestCommand;
use crate::access_request::command::{Approve, Reject, Submit};
use crate::access_request::event::{
    AccessRequestEvent, Approved, PolicyChecked, Rejected, StageOpened, Submitted, Voted,
};
use crate::access_request::known::{Decider, RequestFacts, RoleTerms};
use crate::access_request::plan::{Plan, Stage};
use crate::access_request::stage::{Mode, Span, Steps};
use crate::access_request::wanted::{Rejection, Wanted, What};
use crate::access_request::words::Vote;
use crate::kernel::testing::world::{ANNA, BEN, HEIDI, NORA, noon};
use crate::kernel::testing::{self, Given};
use crate::kernel::{DataSubject, PersonId, Personal};

/// One of those who watch over access.
const DORA: PersonId = PersonId(Uuid::from_u128(0xb1));
/// Another one.
const EMIL: PersonId = PersonId(Uuid::from_u128(0xb2));
/// Ben's second account.
const BEN_TOO: PersonId = PersonId(Uuid::from_u128(0xb3));
/// Anna's second account.
const ANNA_TOO: PersonId = PersonId(Uuid::from_u128(0xb4));

const SPAN: Span = Span { calendar: None, seconds: 100 * 3_600 };
const REASON: &str = "For the night shift";

/// Ben asks, for himself unless a test says otherwise; the desk is as in [`known`].
fn given(events: impl IntoIterator<Item = AccessRequestEvent>) -> Given<AccessRequestCommand> {
    given_of(known(), events)
}

fn given_of(
    known: RequestFacts,
    events: impl IntoIterator<Item = AccessRequestEvent>,
) -> Given<AccessRequestCommand> {
    let request = Some(Arc::new(known));
    testing::given(events).by(BEN).knowing(facts(AccessFacts { request, ..AccessFacts::default() }))
}

/// Heidi answers for the role, Anna and Nora are a team, Dora and Emil govern; no rule is made.
fn known() -> RequestFacts {
    let human = |person| match person {
        BEN_TOO => BEN,
        ANNA_TOO => ANNA,
        person => person,
    };
    let deciders = [ANNA, ANNA_TOO, NORA, HEIDI, DORA, EMIL, BEN, BEN_TOO]
        .map(|person| (person, Decider { human: Human(human(person)), level: Level(2) }));
    RequestFacts {
        policy: Arc::new(AccessPolicy::default()),
        role: Some(RoleTerms {
            tier: RiskTier::Standard,
            requestable: true,
            max_duration: None,
            retired: false,
        }),
        risk: Level(2),
        findings: BTreeSet::new(),
        beneficiary_active: true,
        parties: [Human(BEN)].into(),
        subordinates: BTreeSet::new(),
        approvers: BTreeMap::from([
            (Approver::RoleOwner, [HEIDI].into()),
            (Approver::Group(TEAM), [ANNA, NORA].into()),
            (Approver::Governance, [DORA, EMIL].into()),
            (Approver::Person(BEN), [BEN].into()),
            (Approver::Superior, BTreeSet::new()),
        ]),
        deciders: deciders.into(),
        steps: BTreeMap::new(),
    }
}

/// The same under these rules.
fn under(rules: Vec<RequestRule>) -> RequestFacts {
    let policy = Arc::new(AccessPolicy { rules, ..AccessPolicy::default() });
    RequestFacts { policy, ..known() }
}

fn rule(key: &str, stages: Vec<StageRule>) -> RequestRule {
    RequestRule { key: key.to_owned(), roles: [READER].into(), tiers: [].into(), stages }
}

fn asks(order: u8, approver: Approver, mode: Mode<Approver>) -> StageRule {
    StageRule { order, approvers: [approver].into(), mode, span: SPAN }
}

fn wanted() -> Wanted {
    Wanted { what: What::Role { role: READER }, scope: Scope::Everywhere, from: None, until: None }
}

fn exception() -> Wanted {
    let what = What::Exception { lifts: Lifted::Deny(SOFT), control: "Two look at it".to_owned() };
    Wanted { what, until: Some(noon() + TimeDelta::days(90)), ..wanted() }
}

fn submit(wanted: Wanted) -> AccessRequestCommand {
    AccessRequestCommand::Submit(Box::new(Submit {
        beneficiary: AccessSubject::Person(BEN),
        wanted,
        justification: REASON.to_owned(),
        renews: None,
    }))
}

fn approve() -> AccessRequestCommand {
    AccessRequestCommand::Approve(Approve { comment: None })
}

fn reject() -> AccessRequestCommand {
    AccessRequestCommand::Reject(Reject { comment: "No".to_owned() })
}

fn of(person: PersonId, text: &str) -> Personal<String> {
    Personal::of(DataSubject::Person(person), text.to_owned())
}

fn submitted(wanted: Wanted) -> AccessRequestEvent {
    AccessRequestEvent::Submitted(Box::new(Submitted {
        requester: Some(BEN),
        beneficiary: AccessSubject::Person(BEN),
        wanted,
        justification: of(BEN, REASON),
        renews: None,
    }))
}

/// A stage of these people.
fn stage<const N: usize>(people: [PersonId; N], mode: Mode<PersonId>) -> Stage {
    Stage { rules: BTreeSet::new(), approvers: people.into(), mode, span: SPAN }
}

fn plan_of(stages: Vec<Stage>) -> Plan {
    Plan {
        risk: Level(2),
        findings: BTreeSet::new(),
        rules: BTreeSet::new(),
        stages,
        escalations: vec![[HEIDI].into(), [DORA, EMIL].into()],
    }
}

fn checked(plan: Plan) -> AccessRequestEvent {
    AccessRequestEvent::PolicyChecked(Box::new(PolicyChecked { plan }))
}

/// Half, nine tenths and all of [`SPAN`], so many hours after noon.
fn steps(after: i64) -> Steps {
    let at = |hours: i64| noon() + TimeDelta::hours(after + hours);
    Steps { half_at: at(50), most_at: at(90), due_at: at(100) }
}

fn opened(stage: u8) -> AccessRequestEvent {
    AccessRequestEvent::StageOpened(StageOpened { stage, steps: steps(0) })
}

/// Ben's request waits at the first of these stages.
fn waiting(stages: Vec<Stage>) -> Vec<AccessRequestEvent> {
    vec![submitted(wanted()), checked(plan_of(stages)), opened(1)]
}

fn voted(by: PersonId, vote: Vote) -> AccessRequestEvent {
    let comment = (vote == Vote::Reject).then(|| of(by, "No"));
    AccessRequestEvent::Voted(Voted { seat: by, by, human: Human(by), vote, comment })
}

fn approved() -> AccessRequestEvent {
    AccessRequestEvent::Approved(Approved {})
}

fn rejected(because: Rejection) -> AccessRequestEvent {
    AccessRequestEvent::Rejected(Rejected { because })
}
