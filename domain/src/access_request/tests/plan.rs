//! AR2 to AR4: which stages a request goes through.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;

use super::{
    DORA, EMIL, SPAN, asks, exception, given_of, known, opened, rejected, rule, submit, submitted,
    under, wanted,
};
use crate::access::model::{Level, RiskTier};
use crate::access::testing::{HARD, LIFTABLE, PARTED, SELLER, SOFT, TEAM, WATCHED};
use crate::access_policy::{AccessPolicy, Approver, RequestRule};
use crate::access_request::event::AccessRequestEvent;
use crate::access_request::known::RequestFacts;
use crate::access_request::plan::{Plan, plan};
use crate::access_request::stage::{Mode, Span, Threshold};
use crate::access_request::state::Phase;
use crate::access_request::wanted::{Finding, Rejection, Wanted};
use crate::kernel::PersonId;
use crate::kernel::testing::world::{ANNA, BEN, HEIDI, NORA, noon};

const TEAM_OF: Approver = Approver::Group(TEAM);

fn planned(known: &RequestFacts) -> Plan {
    plan(&wanted(), known, noon()).unwrap()
}

fn people(plan: &Plan) -> Vec<BTreeSet<PersonId>> {
    plan.stages.iter().map(|stage| stage.approvers.clone()).collect()
}

fn without(mut known: RequestFacts, nobody: &[Approver]) -> RequestFacts {
    known.approvers.retain(|approver, _| !nobody.contains(approver));
    known
}

fn found(finding: Finding) -> RequestFacts {
    RequestFacts { findings: [finding].into(), ..known() }
}

#[test]
fn ar3_rules_that_apply_add_their_stages_in_order() {
    let team = asks(2, TEAM_OF, Mode::All);
    let owner = asks(1, Approver::RoleOwner, Mode::Any);
    let known = under(vec![rule("team", vec![team]), rule("owner", vec![owner])]);
    let plan = planned(&known);
    assert_eq!(people(&plan), [[HEIDI].into(), BTreeSet::from([ANNA, NORA])]);
    assert_eq!(plan.stages[0].rules, ["owner".to_owned()].into());
    assert_eq!(plan.rules, ["owner".to_owned(), "team".to_owned()].into());
    assert_eq!((plan.risk, &plan.stages[1].mode), (Level(2), &Mode::All));
    let elsewhere = RequestRule { roles: [SELLER].into(), ..rule("x", vec![]) };
    let risky = RequestRule { tiers: [RiskTier::Privileged].into(), ..rule("y", vec![]) };
    let any = RequestRule { roles: [].into(), ..rule("any", vec![asks(0, TEAM_OF, Mode::Any)]) };
    let plan = planned(&under(vec![elsewhere, risky, any]));
    assert_eq!(plan.rules, ["any".to_owned()].into());
}

#[test]
fn ar3_equal_order_is_one_stage_of_all_in_the_stricter_mode_and_the_shorter_time() {
    let team = asks(1, TEAM_OF, Mode::Quorum { needed: 2 });
    let mut owner = asks(1, Approver::RoleOwner, Mode::Any);
    owner.span = Span { calendar: None, seconds: 60 };
    for rules in [[team.clone(), owner.clone()], [owner, team]] {
        let [one, other] = rules;
        let plan = planned(&under(vec![rule("a", vec![one]), rule("b", vec![other])]));
        assert_eq!(people(&plan), [BTreeSet::from([ANNA, NORA, HEIDI])]);
        let stage = &plan.stages[0];
        assert_eq!((&stage.mode, stage.span.seconds), (&Mode::Quorum { needed: 2 }, 60));
        assert_eq!(stage.rules, ["a".to_owned(), "b".to_owned()].into());
    }
}

#[test]
fn ar3_what_is_exceptional_goes_to_governance_last_and_two_approve() {
    let last = |plan: &Plan| {
        let stage = plan.stages.last().unwrap();
        (stage.approvers.clone(), stage.mode.clone())
    };
    let governance = (BTreeSet::from([DORA, EMIL]), Mode::Quorum { needed: 2 });
    for finding in [
        Finding::SoftDeny { rule: SOFT },
        Finding::DutiesApprove { rule: LIFTABLE },
        Finding::Overlong,
    ] {
        let plan = planned(&found(finding));
        assert_eq!((plan.stages.len(), last(&plan)), (1, governance.clone()), "{finding:?}");
        assert_eq!(plan.findings, [finding].into());
    }
    let asked = rule("owner", vec![asks(0, Approver::RoleOwner, Mode::Any)]);
    let mut known = under(vec![asked]);
    known.findings = [Finding::SoftDeny { rule: SOFT }].into();
    let plan = planned(&known);
    assert_eq!((plan.stages.len(), last(&plan)), (2, governance.clone()));
    known.findings = [Finding::DutiesRecord { rule: WATCHED }].into();
    assert_eq!(planned(&known).stages.len(), 1);
    let mut known = super::known();
    known.role.as_mut().unwrap().max_duration = Some(TimeDelta::days(1));
    let lasts = |hours| Wanted { until: Some(noon() + TimeDelta::hours(hours)), ..wanted() };
    assert!(plan_of(&lasts(24), &known).findings.is_empty());
    assert_eq!(plan_of(&lasts(25), &known).findings, [Finding::Overlong].into());
    let later = Wanted { from: Some(noon() + TimeDelta::hours(9)), ..lasts(33) };
    assert!(plan_of(&later, &known).findings.is_empty());
    let plan = plan_of(&exception(), &RequestFacts { role: None, ..super::known() });
    assert_eq!((plan.stages.len(), last(&plan)), (1, governance));
}

fn plan_of(wanted: &Wanted, known: &RequestFacts) -> Plan {
    plan(wanted, known, noon()).unwrap()
}

#[test]
fn ar3_what_is_forbidden_is_rejected_at_once() {
    for (finding, because) in [
        (Finding::DutiesBlock { rule: PARTED }, Rejection::Duties { rule: PARTED }),
        (Finding::HardDeny { rule: HARD }, Rejection::HardDeny { rule: HARD }),
    ] {
        given_of(found(finding), [])
            .when(submit(wanted()))
            .then([submitted(wanted()), rejected(because)]);
    }
}

#[test]
fn ar4_nobody_is_asked_only_where_a_rule_says_so() {
    let state = given_of(under(vec![rule("free", vec![])]), []).when(submit(wanted())).state();
    assert_eq!(state.body().unwrap().phase, Phase::Approved);
    let plan = planned(&under(vec![]));
    assert_eq!(people(&plan), [[HEIDI].into()], "without a rule, the owner is asked");
    let asked = rule("owner", vec![asks(0, Approver::RoleOwner, Mode::Any)]);
    let plan = planned(&under(vec![rule("free", vec![]), asked]));
    assert_eq!(plan.stages.len(), 1, "another rule asks");
    let mut free = under(vec![rule("free", vec![])]);
    free.findings = [Finding::SoftDeny { rule: SOFT }].into();
    assert_eq!(people(&planned(&free)), [BTreeSet::from([DORA, EMIL])]);
}

#[test]
fn ar4_without_approvers_it_goes_to_the_owner_then_to_governance_then_nowhere() {
    let superior = || under(vec![rule("r", vec![asks(0, Approver::Superior, Mode::Any)])]);
    assert_eq!(people(&planned(&superior())), [[HEIDI].into()]);
    let ownerless = without(superior(), &[Approver::RoleOwner]);
    assert_eq!(people(&planned(&ownerless)), [BTreeSet::from([DORA, EMIL])]);
    let nobody = without(superior(), &[Approver::RoleOwner, Approver::Governance]);
    given_of(nobody, [])
        .when(submit(wanted()))
        .then([submitted(wanted()), rejected(Rejection::NoApprover)]);
    // Two are asked for: the owner is one, governance the others.
    let two = Mode::Quorum { needed: 2 };
    let two = under(vec![rule("r", vec![asks(0, Approver::Superior, two)])]);
    assert_eq!(people(&planned(&two)), [BTreeSet::from([HEIDI, DORA, EMIL])]);
}

#[test]
fn ar4_nobody_stands_in_for_governance() {
    let mut known = found(Finding::Overlong);
    known.approvers.insert(Approver::Governance, [DORA].into());
    assert_eq!(plan(&wanted(), &known, noon()), Err(Rejection::NoApprover));
}

#[test]
fn ar5_only_who_could_vote_sits_at_a_stage() {
    let mine = |known: RequestFacts| {
        let asked = rule("r", vec![asks(0, TEAM_OF, Mode::All)]);
        let rules = vec![asked];
        let policy = AccessPolicy { rules, ..(*known.policy).clone() };
        people(&planned(&RequestFacts { policy: Arc::new(policy), ..known }))
    };
    assert_eq!(mine(known()), [BTreeSet::from([ANNA, NORA])]);
    let mut low = known();
    low.deciders.get_mut(&NORA).unwrap().level = Level(1);
    assert_eq!(mine(low), [[ANNA].into()], "not up to the risk");
    let mut gone = known();
    gone.deciders.remove(&NORA);
    assert_eq!(mine(gone), [[ANNA].into()], "not active");
    let answers = RequestFacts { subordinates: [NORA].into(), ..known() };
    assert_eq!(mine(answers.clone()), [[ANNA].into()], "answers to who asks");
    let lax = AccessPolicy { without_subordinates: false, ..AccessPolicy::default() };
    let lax = RequestFacts { policy: Arc::new(lax), ..answers };
    assert_eq!(mine(lax), [BTreeSet::from([ANNA, NORA])]);
    let own = under(vec![rule("r", vec![asks(0, Approver::Person(BEN), Mode::Any)])]);
    assert_eq!(people(&planned(&own)), [[HEIDI].into()], "not who asks");
}

#[test]
fn ar3_thresholds_that_nobody_reaches_are_left_out() {
    let step = |among: &[Approver], approve| {
        let among = among.iter().cloned().collect();
        Threshold { among, approve, reject: 1 }
    };
    let mode = |steps| {
        planned(&under(vec![rule("r", vec![asks(0, TEAM_OF, Mode::Thresholds { steps })])])).stages
            [0]
        .mode
        .clone()
    };
    let all = BTreeSet::from([ANNA, NORA]);
    let kept = Threshold { among: all.clone(), approve: 2, reject: 1 };
    let steps = vec![step(&[Approver::Superior], 1), step(&[TEAM_OF], 2), step(&[], 1)];
    let everybody = Threshold { among: all, approve: 1, reject: 1 };
    assert_eq!(mode(steps), Mode::Thresholds { steps: vec![kept, everybody] });
    assert_eq!(mode(vec![step(&[Approver::Superior], 1)]), Mode::All);
}

#[test]
fn ar7_the_levels_above_are_the_owner_and_governance_as_many_as_the_policy_says() {
    let levels = |max_escalations| {
        let policy = AccessPolicy { max_escalations, ..AccessPolicy::default() };
        planned(&RequestFacts { policy: Arc::new(policy), ..known() }).escalations
    };
    let both = [BTreeSet::from([HEIDI]), BTreeSet::from([DORA, EMIL])];
    assert_eq!(levels(5), both);
    assert_eq!(levels(1), both[..1]);
    assert!(levels(0).is_empty());
}

#[test]
fn ar2_a_stage_lasts_as_its_calendar_says() {
    let mut known = under(vec![rule("r", vec![asks(0, TEAM_OF, Mode::Any)])]);
    let steps = super::steps(7);
    known.steps.insert(SPAN, steps);
    let state = given_of(known, []).when(submit(wanted())).state();
    assert_eq!(state.body().unwrap().round().unwrap().steps, steps);
    let AccessRequestEvent::StageOpened(plain) = opened(1) else { unreachable!() };
    assert_eq!(super::known().steps(SPAN, noon()), plain.steps);
}
