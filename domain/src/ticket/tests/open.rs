//! T1, T7, T14, T15, T20, T22, T23

use std::collections::BTreeSet;

use chrono::TimeDelta;
use uuid::Uuid;

use super::histories::{a_new_ticket, given};
use crate::kernel::testing::tickets::THIS;
use crate::kernel::testing::world::{
    ANNA, BEN, CARL, CLEO, CLOSED, CUSTOMER, DESK, GUS, MAIL, NOBODY, NORA, NOTHING, NOWHERE, noon,
    plan,
};
use crate::kernel::text::TextFault;
use crate::kernel::{
    ClaimChange, ClaimKey, Command, DataSubject, Facts, PersonId, Personal, SlaPlanId,
    SubjectFacts, SubjectId,
};
use crate::settings::Policy;
use crate::sla_plan::testing::PLAN;
use crate::subject::event::DefaultsChosen;
use crate::ticket::command::{Open, PlanChoice, Pressing};
use crate::ticket::event::Opened;
use crate::ticket::{
    Impact, Priority, Ticket, TicketCommand, TicketEvent, TicketKind, TicketRefusal, TicketState,
    Urgency,
};

fn open() -> Open {
    Open::new("INC-1", TicketKind::Incident, " No mail ")
}

fn command(open: Open) -> TicketCommand {
    TicketCommand::Open(Box::new(open))
}

fn plainly_opened() -> Opened {
    Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(ANNA), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: ANNA,
        author: ANNA,
        unit: None,
        assignees: BTreeSet::new(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: None,
    }
}

#[test]
fn t1_kind_and_title_are_enough_and_the_author_is_the_requester() {
    let outcome =
        given([]).when(command(open())).then([TicketEvent::Opened(Box::new(plainly_opened()))]);
    assert_eq!(outcome.state().body().unwrap().state, TicketState::New);
}

#[test]
fn t1_given_a_target_it_is_assigned_at_once() {
    let to_unit = given([]).when(command(Open { unit: Some(DESK), ..open() }));
    assert_eq!(to_unit.state().body().unwrap().state, TicketState::Assigned);
    let to_person = given([]).when(command(Open { assignees: [NORA].into(), ..open() }));
    assert_eq!(to_person.state().body().unwrap().state, TicketState::Assigned);
}

#[test]
fn t1_texts_are_the_requesters_and_everything_named_is_kept() {
    let owned = |text: &str| Personal::of(DataSubject::Person(CLEO), text.to_owned());
    given([])
        .when(command(Open {
            kind: TicketKind::ServiceRequest,
            description: Some("Since Monday".to_owned()),
            subject: Some(MAIL),
            requester: Some(CLEO),
            pressing: Some(Pressing::Judged(Impact::High, Urgency::Medium)),
            unit: Some(DESK),
            assignees: [ANNA].into(),
            external_ref: Some("X-7".to_owned()),
            ..open()
        }))
        .then([TicketEvent::Opened(Box::new(Opened {
            kind: TicketKind::ServiceRequest,
            title: owned("No mail"),
            description: Some(owned("Since Monday")),
            subject: Some(MAIL),
            priority: Priority::High,
            impact: Some(Impact::High),
            urgency: Some(Urgency::Medium),
            requester: CLEO,
            unit: Some(DESK),
            assignees: [ANNA].into(),
            external_ref: Some("X-7".to_owned()),
            ..plainly_opened()
        }))]);
}

#[test]
fn t1_it_is_opened_once() {
    given(a_new_ticket()).when(command(open())).refused(TicketRefusal::Exists);
}

#[test]
fn t1_a_person_must_stand_behind_it() {
    given([]).by_nobody().when(command(open())).refused(TicketRefusal::PersonRequired);
}

#[test]
fn t1_texts_have_bounds() {
    let unfit = |field, fault| TicketRefusal::TextUnfit { field, fault };
    let refused = |open, refusal| given([]).when(command(open)).refused(refusal);
    refused(Open { title: " \n".to_owned(), ..open() }, unfit("title", TextFault::Empty));
    refused(Open { title: "x".repeat(201), ..open() }, unfit("title", TextFault::TooLong(200)));
    refused(Open { title: "a\u{7}".to_owned(), ..open() }, unfit("title", TextFault::Control));
    refused(
        Open { description: Some("x".repeat(20_001)), ..open() },
        unfit("description", TextFault::TooLong(20_000)),
    );
    refused(
        Open { external_ref: Some(String::new()), ..open() },
        unfit("externalRef", TextFault::Empty),
    );
    given([]).when(command(Open { title: "ü".repeat(200), ..open() })).state();
}

#[test]
fn t1_requester_and_subject_must_be_known() {
    let refused = |open, refusal| given([]).when(command(open)).refused(refusal);
    refused(Open { requester: Some(NOBODY), ..open() }, TicketRefusal::RequesterUnknown);
    refused(Open { requester: Some(CARL), ..open() }, TicketRefusal::RequesterUnknown);
    refused(Open { subject: Some(NOTHING), ..open() }, TicketRefusal::SubjectUnknown);
}

#[test]
fn t7_the_target_must_be_fit() {
    let refused = |open, refusal| given([]).when(command(open)).refused(refusal);
    refused(Open { unit: Some(CUSTOMER), ..open() }, TicketRefusal::UnitUnfit);
    refused(Open { unit: Some(NOWHERE), ..open() }, TicketRefusal::UnitUnfit);
    refused(Open { unit: Some(CLOSED), ..open() }, TicketRefusal::UnitUnfit);
    let many = (0..51).map(|number| PersonId(Uuid::from_u128(number))).collect();
    refused(Open { assignees: many, ..open() }, TicketRefusal::AssigneesTooMany);
    for person in [CLEO, GUS, NOBODY] {
        let unfit = TicketRefusal::AssigneeUnfit { person };
        refused(Open { assignees: [person].into(), ..open() }, unfit);
    }
    let unfit = TicketRefusal::AssigneeUnfit { person: NORA };
    refused(Open { unit: Some(DESK), assignees: [ANNA, NORA].into(), ..open() }, unfit);
}

/// A subject whose tickets start with this priority.
const PRESSING: SubjectId = SubjectId(Uuid::from_u128(0xe3));

fn there_is_a_subject(retired: bool) -> Facts {
    let priority = Some(Priority::Critical);
    let defaults = DefaultsChosen { priority, ..DefaultsChosen::default() };
    let subjects = [(PRESSING, SubjectFacts { retired, defaults })].into();
    Facts { subjects, ..Facts::default() }
}

#[test]
fn t14_nothing_new_is_about_a_retired_subject_but_history_may_be() {
    let retired = || given([]).knowing(there_is_a_subject(true));
    let about = || command(Open { subject: Some(PRESSING), ..open() });
    retired().when(about()).refused(TicketRefusal::SubjectRetired);
    retired().importing_for(ANNA).when(about()).acts();
}

#[test]
fn t15_its_priority_is_its_subjects_unless_another_is_said() {
    let priority = |pressing| {
        let about = Open { subject: Some(PRESSING), pressing, ..open() };
        let opened = given([]).knowing(there_is_a_subject(false)).when(command(about)).state();
        let body = *opened.0.unwrap();
        (body.priority, body.impact)
    };
    assert_eq!(priority(None), (Priority::Critical, None));
    assert_eq!(priority(Some(Pressing::Decreed(Priority::Low))), (Priority::Low, None));
    let judged = Pressing::Judged(Impact::High, Urgency::Medium);
    assert_eq!(priority(Some(judged)), (Priority::High, Some(Impact::High)));
}

#[test]
fn t1_a_task_is_opened_for_another_ticket_and_nothing_else_is() {
    let task = || Open { kind: TicketKind::Task, ..open() };
    given([]).when(command(task())).refused(TicketRefusal::KindUnfit);
    let of_this = Open { task_of: Some(THIS), ..open() };
    given([]).when(command(of_this)).refused(TicketRefusal::KindUnfit);
    let task = given([]).when(command(Open { task_of: Some(THIS), ..task() })).state();
    assert_eq!(task.body().unwrap().kind, TicketKind::Task);
}

#[test]
fn t20_several_people_share_it_but_no_task() {
    let individual = |people: &[PersonId]| {
        let assignees = people.iter().copied().collect();
        Open { individual: true, assignees, ..open() }
    };
    given([]).when(command(individual(&[ANNA]))).refused(TicketRefusal::IndividualUnfit);
    let many: Vec<PersonId> = (0..51).map(|number| PersonId(Uuid::from_u128(number))).collect();
    given([]).when(command(individual(&many))).refused(TicketRefusal::IndividualUnfit);
    let task = Open { kind: TicketKind::Task, task_of: Some(THIS), ..individual(&[ANNA, BEN]) };
    given([]).when(command(task)).refused(TicketRefusal::IndividualUnfit);
    let shared = given([]).when(command(individual(&[ANNA, BEN]))).state();
    assert!(shared.body().unwrap().individual);
}

#[test]
fn t1_number_and_external_reference_are_claimed() {
    let hold = |scope, key: &str| ClaimChange::Hold { scope, key: ClaimKey::Plain(key.to_owned()) };
    let external_ref = Some("X-7".to_owned());
    let opened = TicketEvent::Opened(Box::new(Opened { external_ref, ..plainly_opened() }));
    assert_eq!(
        TicketCommand::claims(&Ticket::default(), &opened),
        [hold("ticket.number", "INC-1"), hold("ticket.external_ref", "X-7")]
    );
    let started = super::histories::started(ANNA);
    assert!(TicketCommand::claims(&Ticket::default(), &started).is_empty());
}

/// A subject whose tickets come under a plan, and none for those that are about nothing.
fn measured(sla_plan: Option<SlaPlanId>) -> (Facts, Policy) {
    let defaults = DefaultsChosen { sla_plan, ..DefaultsChosen::default() };
    let subjects = [(PRESSING, SubjectFacts { retired: false, defaults })].into();
    let plans = [(PLAN, plan())].into();
    (Facts { subjects, plans, ..Facts::default() }, Policy { sla_on: true, ..Policy::shipped() })
}

fn plan_of(command: Open, (facts, policy): (Facts, Policy)) -> Option<SlaPlanId> {
    let opened = given([]).knowing(facts).under(policy).when(self::command(command)).state();
    opened.0.unwrap().sla.map(|terms| terms.plan)
}

#[test]
fn t22_it_comes_under_the_plan_that_is_named_else_its_subjects_else_its_kinds() {
    let about = || Open { subject: Some(PRESSING), ..open() };
    let named = Open { plan: PlanChoice::Named(PLAN), ..open() };
    let (facts, off) = (measured(Some(PLAN)).0, Policy::shipped());
    assert_eq!(plan_of(named, (Facts::default(), off.clone())), Some(PLAN));
    assert_eq!(plan_of(about(), measured(Some(PLAN))), Some(PLAN));
    assert_eq!(plan_of(about(), (facts, off)), None, "plans measure nothing");
    let (facts, on) = measured(None);
    let by_kind = Policy { sla_plans: [(TicketKind::Incident, PLAN)].into(), ..on.clone() };
    assert_eq!(plan_of(about(), (facts.clone(), by_kind.clone())), Some(PLAN));
    assert_eq!(plan_of(open(), (facts.clone(), by_kind.clone())), Some(PLAN));
    assert_eq!(plan_of(open(), (facts.clone(), on)), None);
    let unmeasured = Open { plan: PlanChoice::Unmeasured, ..about() };
    assert_eq!(plan_of(unmeasured, (facts, by_kind)), None);
}

#[test]
fn t22_only_staff_name_a_plan_and_one_that_is_known() {
    let named = |plan| command(Open { plan: PlanChoice::Named(plan), ..open() });
    given([]).by(CLEO).when(named(PLAN)).refused(TicketRefusal::PlanByStaff);
    let unknown = SlaPlanId(Uuid::nil());
    given([]).when(named(unknown)).refused(TicketRefusal::PlanUnknown);
    // History is exempt from rights, and from nothing else.
    given([]).importing_for(CLEO).when(named(unknown)).refused(TicketRefusal::PlanUnknown);
}

#[test]
fn t23_where_plans_measure_a_subject_has_one_and_nobody_names_a_deadline() {
    let about = || command(Open { subject: Some(PRESSING), ..open() });
    let (facts, on) = measured(None);
    let without = given([]).knowing(facts).under(on.clone());
    without.when(about()).refused(TicketRefusal::SubjectWithoutPlan);
    let until = |days| {
        let deadline_at = Some(noon() + TimeDelta::days(days));
        command(Open { deadline_at, ..open() })
    };
    given([]).under(on).when(until(3)).refused(TicketRefusal::DeadlineByPlan);
    let opened = given([]).when(until(3)).state();
    assert_eq!(opened.0.unwrap().deadline_at, Some(noon() + TimeDelta::days(3)));
    for days in [-1, 0, 4_000] {
        given([]).when(until(days)).refused(TicketRefusal::DeadlineUnfit);
    }
}
