//! L1 to L5

use serde_json::json;

use crate::kernel::testing::world::{CLOSED, CUSTOMER, DESK, NEVER, NOWHERE, OFFICE};
use crate::kernel::testing::{self, Given};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};
use crate::sla::{ChangePolicy, ClockKind, PauseState};
use crate::sla_plan::command::{Define, WantedClock, WantedTargets, WantedThreshold};
use crate::sla_plan::event::Defined;
use crate::sla_plan::testing::definition;
use crate::sla_plan::{
    EscalationAction, SlaPlan, SlaPlanCommand, SlaPlanEvent, SlaPlanRefusal, Whom,
};
use crate::ticket::Priority;

const TEN_YEARS: i64 = 316_224_000;

fn given(events: impl IntoIterator<Item = SlaPlanEvent>) -> Given<SlaPlanCommand> {
    testing::given(events)
}

fn defined(definition: Defined) -> SlaPlanEvent {
    SlaPlanEvent::Defined(Box::new(definition))
}

/// What makes the tests' plan.
fn define() -> Define {
    let targets = |reaction_seconds, work_seconds, deadline_seconds| WantedTargets {
        reaction_seconds,
        work_seconds,
        deadline_seconds,
    };
    Define {
        name: " Gold ".to_owned(),
        policy: ChangePolicy::CarryOver,
        targets: [
            (Priority::Critical, targets(300, 0, 7_200)),
            (Priority::High, targets(600, 3_600, 14_400)),
            (Priority::Normal, targets(1_800, 7_200, 28_800)),
            (Priority::Low, targets(14_400, 28_800, 259_200)),
        ]
        .into(),
        reaction: WantedClock::default(),
        work: WantedClock::default(),
        deadline: WantedClock {
            calendar: Some(OFFICE),
            pause_states: [PauseState::Pending].into(),
            thresholds: Some(vec![at(100, vec![]), at(50, vec![])]),
        },
    }
}

fn at(percent: i64, actions: Vec<EscalationAction>) -> WantedThreshold {
    WantedThreshold { percent, actions }
}

fn command(define: Define) -> SlaPlanCommand {
    SlaPlanCommand::Define(Box::new(define))
}

/// The same with these thresholds of the work clock.
fn with(thresholds: Vec<WantedThreshold>) -> SlaPlanCommand {
    let work = WantedClock { thresholds: Some(thresholds), ..WantedClock::default() };
    command(Define { work, ..define() })
}

fn doing(actions: Vec<EscalationAction>) -> SlaPlanCommand {
    with(vec![at(75, actions)])
}

#[test]
fn l1_each_definition_is_a_version_and_the_same_again_is_none() {
    let first = given([]).when(command(define())).then([defined(definition())]).state();
    assert_eq!(first.0.unwrap().version, 1);
    given([defined(definition())]).when(command(define())).nothing();
    let lower = Define { policy: ChangePolicy::Restate, ..define() };
    let second = given([defined(definition())]).when(command(lower)).state();
    assert_eq!(second.0.unwrap().version, 2);
}

#[test]
fn l1_the_name_has_a_bound_and_is_claimed_whatever_its_case() {
    let unfit = SlaPlanRefusal::NameUnfit(TextFault::Empty);
    assert_eq!((unfit.code(), unfit.field()), ("SLA_PLAN_NAME_UNFIT", Some("name")));
    given([]).when(command(Define { name: String::new(), ..define() })).refused(unfit);
    let (scope, key) = ("sla_plan.name", |name: &str| ClaimKey::Plain(name.to_owned()));
    let hold = |name| ClaimChange::Hold { scope, key: key(name) };
    let first = defined(definition());
    assert_eq!(SlaPlanCommand::claims(&SlaPlan::default(), &first), [hold("gold")]);
    let mut plan = SlaPlan::default();
    plan.evolve(first);
    let renamed = defined(Defined { name: "Silver".to_owned(), ..definition() });
    let release = ClaimChange::Release { scope, key: key("gold") };
    assert_eq!(SlaPlanCommand::claims(&plan, &renamed), [release, hold("silver")]);
}

#[test]
fn l2_each_priority_has_targets() {
    let none = Define { targets: [].into(), ..define() };
    given([]).when(command(none)).refused(SlaPlanRefusal::NoTargets);
    let mut three = define();
    three.targets.remove(&Priority::Low);
    let missing = SlaPlanRefusal::TargetsMissing { priority: Priority::Low };
    assert_eq!(missing.meta()["priority"], json!("LOW"));
    given([]).when(command(three)).refused(missing);
}

#[test]
fn l2_a_target_is_0_to_ten_years() {
    for (seconds, fits) in
        [(-1, false), (0, true), (TEN_YEARS, true), (TEN_YEARS + 1, false), (i64::MAX, false)]
    {
        let mut define = define();
        define.targets.get_mut(&Priority::High).unwrap().work_seconds = seconds;
        let outcome = given([]).when(command(define));
        if fits {
            outcome.acts();
        } else {
            let unfit = outcome.refusal();
            assert_eq!((unfit.code(), unfit.field()), ("SLA_PLAN_TARGET_UNFIT", Some("targets")));
            assert_eq!(json!(unfit.meta()), json!({"priority": "HIGH", "clock": "WORK"}));
        }
    }
}

#[test]
fn l3_its_calendars_exist() {
    let reaction = WantedClock { calendar: Some(NEVER), ..WantedClock::default() };
    let unknown = SlaPlanRefusal::CalendarUnknown { clock: ClockKind::Reaction, calendar: NEVER };
    assert_eq!(unknown.meta()["clock"], json!("REACTION"));
    given([]).when(command(Define { reaction, ..define() })).refused(unknown);
}

#[test]
fn l4_thresholds_are_distinct_and_bounded() {
    let clock = ClockKind::Work;
    for percent in [0, -5, 1_001, 65_536 + 75, i64::MIN] {
        let unfit = SlaPlanRefusal::ThresholdUnfit { clock, percent };
        assert_eq!(unfit.meta()["percent"], json!(percent));
        given([]).when(with(vec![at(percent, vec![])])).refused(unfit);
    }
    let twice = SlaPlanRefusal::ThresholdTwice { clock, percent: 75 };
    given([]).when(with(vec![at(75, vec![]), at(75, vec![])])).refused(twice);
    let many = |count| with((1..=count).map(|percent| at(percent, vec![])).collect());
    given([]).when(many(11)).refused(SlaPlanRefusal::TooManyThresholds { clock });
    given([]).when(many(10)).acts();
    given([]).when(with(vec![at(1, vec![]), at(1_000, vec![])])).acts();
    given([]).when(with(vec![])).acts();
}

#[test]
fn l5_beyond_a_threshold_up_to_ten_things_are_done_in_order() {
    let actions = vec![
        EscalationAction::Notify { whom: Whom::Heads },
        EscalationAction::RaisePriority,
        EscalationAction::AssignToUnit { unit: DESK },
        EscalationAction::EscalateTier,
        EscalationAction::Tag { tag: "late".to_owned() },
    ];
    let mut typed = actions.clone();
    typed[4] = EscalationAction::Tag { tag: " LATE ".to_owned() };
    let plan = given([]).when(doing(typed)).state().0.unwrap().definition;
    assert_eq!(plan.actions(ClockKind::Work, 75), actions);
    assert_eq!(plan.actions(ClockKind::Work, 100), []);
    let (clock, percent) = (ClockKind::Work, 75);
    let many = |count| doing(vec![EscalationAction::RaisePriority; count]);
    given([]).when(many(10)).acts();
    given([]).when(many(11)).refused(SlaPlanRefusal::TooManyActions { clock, percent });
    let fault = TextFault::Empty;
    let tag = EscalationAction::Tag { tag: " ".to_owned() };
    let unfit = SlaPlanRefusal::TagUnfit { clock, percent, fault };
    given([]).when(doing(vec![tag])).refused(unfit);
}

#[test]
fn l5_units_take_tickets_and_are_open() {
    for unit in [CUSTOMER, CLOSED, NOWHERE] {
        let refusal = SlaPlanRefusal::UnitUnfit { clock: ClockKind::Work, percent: 75, unit };
        assert_eq!((refusal.field(), &refusal.meta()["unitId"]), (Some("clocks"), &json!(unit)));
        given([]).when(doing(vec![EscalationAction::AssignToUnit { unit }])).refused(refusal);
    }
}
