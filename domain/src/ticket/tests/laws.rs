//! Laws of any history: folds never panic, a hold is work in progress, counters only grow, an
//! accepted command changes nothing the second time.

use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::histories::{a_new_ticket, an_individual_ticket, opened};
use crate::kernel::testing::tickets::{
    NO_TICKET, OTHER, THIRD, THIS, there_are, ticket as other_ticket,
};
use crate::kernel::testing::world::{
    self, ANNA, BEN, CLEO, DESK, GUS, HEIDI, MAIL, NETWORK, NOBODY, NORA, NOTHING, PARENT, noon,
};
use crate::kernel::testing::{cases, context};
use crate::kernel::{Actor, Command, Context, DataSubject, PersonId, Personal, Standing, UnitId};
use crate::settings::Policy;
use crate::sla::TermsCause;
use crate::ticket::command::{
    Assign, Cancel, Classify, Close, Escalate, EscalateTo, Merge, Pend, Pressing, Prioritize,
    Reopen, Resolve, ResolveWithParent, ResolveWithTasks, Resume, StartWork, StopWork,
};
use crate::ticket::event::{
    Assigned, Cancelled, Classified, Closed, Escalated, Pended, Prioritized, Reopened, Resolved,
    ResolvedWithParent, ResolvedWithTasks, Resumed, SlaTermsRestated, WorkStarted, WorkStopped,
};
use crate::ticket::{
    Impact, PendingReason, Priority, Ticket, TicketCommand, TicketEvent, TicketKind, TicketState,
    Tier, Urgency,
};

fn any_of<T: IntoEnumIterator + Clone + std::fmt::Debug + 'static>() -> impl Strategy<Value = T> {
    prop::sample::select(T::iter().collect::<Vec<_>>())
}

fn person() -> impl Strategy<Value = PersonId> {
    prop::sample::select(vec![ANNA, BEN, NORA, HEIDI, GUS, CLEO, NOBODY])
}

fn unit() -> impl Strategy<Value = Option<UnitId>> {
    prop::sample::select(vec![None, Some(DESK), Some(NETWORK)])
}

fn people() -> impl Strategy<Value = std::collections::BTreeSet<PersonId>> {
    prop::collection::btree_set(person(), 0..2)
}

/// Any event at all, also such as no command would give here.
fn any_event() -> impl Strategy<Value = TicketEvent> {
    use TicketEvent as E;
    let code = prop::option::of(Just("FIXED".to_owned()));
    prop_oneof![
        unit().prop_map(opened),
        (unit(), people()).prop_map(|(unit, assignees)| E::Assigned(Assigned {
            unit,
            assignees,
            note: None,
            routing: None
        })),
        person().prop_map(|holder| E::WorkStarted(WorkStarted { holder })),
        person().prop_map(|holder| E::WorkStopped(WorkStopped { holder })),
        any_of().prop_map(|pending_reason| E::Pended(Pended { pending_reason, until: None })),
        Just(E::Resumed(Resumed {})),
        code.prop_map(|code| E::Resolved(Resolved { code, solution: Some(Personal::Erased) })),
        Just(E::ResolvedWithParent(ResolvedWithParent {
            parent: PARENT,
            code: "FIXED".to_owned()
        })),
        prop::option::of(person()).prop_map(|holder| E::Reopened(Reopened { holder })),
        Just(E::Closed(Closed { closed_at: noon() })),
        Just(E::Cancelled(Cancelled {})),
        any_of::<TicketKind>()
            .prop_map(|kind| E::Classified(Classified { kind, subject: Some(MAIL) })),
        any_of::<Priority>().prop_map(|priority| E::Prioritized(Prioritized {
            priority,
            impact: None,
            urgency: None
        })),
        (any::<u8>(), unit())
            .prop_map(|(tier, unit)| E::Escalated(Escalated { tier: Tier(tier), unit })),
        Just(E::ResolvedWithTasks(ResolvedWithTasks { code: "FIXED".to_owned() })),
        any_of::<TermsCause>()
            .prop_map(|cause| E::SlaTermsRestated(SlaTermsRestated { terms: None, cause })),
    ]
}

fn any_command() -> impl Strategy<Value = TicketCommand> {
    use TicketCommand as C;
    let text = || prop::option::of(prop::sample::select(vec!["FIXED".to_owned(), String::new()]));
    let subject = prop::sample::select(vec![None, Some(MAIL), Some(NOTHING)]);
    let judged = (any_of::<Impact>(), any_of::<Urgency>())
        .prop_map(|(impact, urgency)| Pressing::Judged(impact, urgency));
    let pressing = prop_oneof![judged, any_of::<Priority>().prop_map(Pressing::Decreed)];
    let into = prop::sample::select(vec![THIS, OTHER, THIRD, NO_TICKET]);
    let to = prop_oneof![
        (0..5u8).prop_map(|tier| EscalateTo::Tier(Tier(tier))),
        prop::sample::select(vec![EscalateTo::Unit(DESK), EscalateTo::Unit(NETWORK)]),
    ];
    prop_oneof![
        (unit(), people(), text()).prop_map(|(unit, assignees, note)| C::Assign(Assign {
            unit,
            assignees,
            note
        })),
        prop::option::of(person()).prop_map(|holder| C::StartWork(StartWork { holder })),
        Just(C::StopWork(StopWork {})),
        any_of::<PendingReason>()
            .prop_map(|pending_reason| C::Pend(Pend { pending_reason, until: None })),
        Just(C::Resume(Resume {})),
        (text(), text()).prop_map(|(code, solution)| C::Resolve(Resolve { code, solution })),
        Just(C::ResolveWithParent(ResolveWithParent { parent: PARENT, code: "FIXED".to_owned() })),
        Just(C::Reopen(Reopen {})),
        Just(C::Close(Close {})),
        Just(C::Cancel(Cancel {})),
        (prop::option::of(any_of::<TicketKind>()), subject)
            .prop_map(|(kind, subject)| C::Classify(Classify { kind, subject })),
        pressing.prop_map(|pressing| C::Prioritize(Prioritize { pressing })),
        to.prop_map(|to| C::Escalate(Escalate { to })),
        into.prop_map(|into| C::Merge(Merge { ticket: THIS, into, children: [].into() })),
        Just(C::ResolveWithTasks(ResolveWithTasks { code: "FIXED".to_owned() })),
    ]
}

/// In dispatch, or each of its people completes a task of their own.
fn a_beginning() -> impl Strategy<Value = Vec<TicketEvent>> {
    prop::sample::select(vec![a_new_ticket(), an_individual_ticket()])
}

/// Somebody or Annals itself, acting with some standing, with or without a reason, in a deployment
/// with a window.
fn any_context() -> impl Strategy<Value = Context> {
    let standing = vec![Standing::Ordinary, Standing::Steering, Standing::Importing];
    let standing = prop::sample::select(standing);
    (prop::option::weighted(0.8, person()), standing, any::<bool>()).prop_map(|it| {
        let (person, standing, why) = it;
        let reason = Personal::of(DataSubject::Deployment, "so it is".to_owned());
        let policy = Policy { reopen_after_close_days: 3, ..Policy::shipped() };
        let actor = person.map_or(Actor::System, Actor::Person);
        Context { actor, standing, reason: why.then_some(reason), policy, ..context(ANNA) }
    })
}

fn folded(events: Vec<TicketEvent>) -> Ticket {
    let mut ticket = Ticket::default();
    events.into_iter().for_each(|event| ticket.evolve(event));
    ticket
}

/// Whatever the gateway would answer; the ticket is moved on if it was accepted.
fn act(ticket: &mut Ticket, command: &TicketCommand, mut cx: Context) -> Option<usize> {
    cx.facts = world::facts(&command.needs(ticket), cx.doer());
    cx.facts.tickets = there_are([
        (THIS, other_ticket(TicketState::New)),
        (OTHER, other_ticket(TicketState::Resolved)),
        (THIRD, other_ticket(TicketState::Closed)),
    ])
    .tickets;
    let events = command.clone().decide(ticket, &cx).ok()?;
    let count = events.len();
    events.into_iter().for_each(|event| ticket.evolve(event));
    Some(count)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_events_fold_and_a_hold_is_work_in_progress(
        events in prop::collection::vec(any_event(), 0..40),
    ) {
        let mut ticket = Ticket::default();
        let mut counts = (0, 0);
        for event in events {
            ticket.evolve(event);
            let Ok(body) = ticket.body() else { continue };
            prop_assert_eq!(body.holder.is_some(), body.state == TicketState::InProgress);
            prop_assert_eq!(body.pending_reason.is_some(), body.state == TicketState::Pending);
            prop_assert!(body.reopen_count >= counts.0 && body.reassignment_count >= counts.1);
            counts = (body.reopen_count, body.reassignment_count);
        }
    }

    #[test]
    fn an_accepted_command_changes_nothing_the_second_time(
        beginning in a_beginning(),
        events in prop::collection::vec(any_event(), 0..12),
        command in any_command(),
        cx in any_context(),
    ) {
        let mut ticket = folded([beginning, events].concat());
        if act(&mut ticket, &command, cx.clone()).is_some() {
            let after = ticket.clone();
            let again = act(&mut ticket, &command, cx);
            prop_assert_eq!(again.unwrap_or_default(), 0);
            prop_assert_eq!(ticket, after);
        }
    }

    #[test]
    fn any_commands_by_anybody_leave_a_ticket_that_keeps_the_laws(
        beginning in a_beginning(),
        acts in prop::collection::vec((any_command(), any_context()), 0..60),
    ) {
        let mut ticket = folded(beginning);
        for (command, cx) in acts {
            let before = ticket.clone();
            let events = act(&mut ticket, &command, cx);
            let body = ticket.body().unwrap();
            prop_assert_eq!(body.holder.is_some(), body.state == TicketState::InProgress);
            prop_assert_eq!(body.closed_at.is_some(), body.state == TicketState::Closed);
            prop_assert!(body.merged_into.is_none() || body.state == TicketState::Closed);
            prop_assert!(!body.individual || (body.holder.is_none() && body.assignees.len() == 2));
            prop_assert_eq!(events.unwrap_or_default() == 0, before == ticket);
        }
    }

    #[test]
    fn a_state_survives_its_storage_as_a_snapshot(
        events in prop::collection::vec(any_event(), 0..12),
    ) {
        let ticket = folded(events);
        let stored = serde_json::to_value(&ticket).unwrap();
        prop_assert_eq!(serde_json::from_value::<Ticket>(stored).unwrap(), ticket);
    }
}
