//! T2: the whole life cycle table, state by verb, against the one the rules are built on.

use std::collections::BTreeSet;

use serde_json::json;
use strum::IntoEnumIterator;

use super::histories::{a_ticket_that_is, assign, given, individual};
use crate::kernel::Refusal;
use crate::kernel::testing::tickets::{OTHER, THIS, there_are, ticket};
use crate::kernel::testing::world::{HEIDI, MAIL, NETWORK, PARENT};
use crate::sla_plan::testing::PLAN;
use crate::ticket::command::{
    ApplyPlan, Cancel, Classify, Close, Escalate, EscalateTo, Merge, Pend, Pressing, Prioritize,
    Reopen, Resolve, ResolveWithParent, ResolveWithTasks, Resume, StartWork, StopWork,
};
use crate::ticket::{
    PendingReason, Priority, TicketCommand, TicketRefusal, TicketState, Tier, Verb,
};

/// The table as it is agreed, by hand: a verb's row, and the states it starts from.
const AGREED: [(Verb, &str); 16] = [
    (Verb::Assign, "NEW ASSIGNED IN_PROGRESS PENDING RESOLVED"),
    (Verb::StartWork, "NEW ASSIGNED"),
    (Verb::StopWork, "IN_PROGRESS"),
    (Verb::Pend, "NEW ASSIGNED IN_PROGRESS"),
    (Verb::Resume, "PENDING"),
    (Verb::Resolve, "IN_PROGRESS"),
    (Verb::Reopen, "RESOLVED CLOSED"),
    (Verb::Close, "RESOLVED"),
    (Verb::Cancel, "NEW ASSIGNED IN_PROGRESS PENDING"),
    (Verb::Classify, "NEW ASSIGNED IN_PROGRESS PENDING RESOLVED"),
    (Verb::Prioritize, "NEW ASSIGNED IN_PROGRESS PENDING RESOLVED"),
    (Verb::Escalate, "NEW ASSIGNED IN_PROGRESS PENDING"),
    (Verb::ResolveWithParent, "NEW ASSIGNED IN_PROGRESS PENDING"),
    (Verb::Merge, "NEW ASSIGNED IN_PROGRESS PENDING RESOLVED"),
    (Verb::ResolveWithTasks, "NEW ASSIGNED IN_PROGRESS PENDING"),
    (Verb::ApplyPlan, "NEW ASSIGNED IN_PROGRESS PENDING RESOLVED"),
];

/// A command of this verb that would change any ticket it may touch.
fn command(verb: Verb) -> TicketCommand {
    match verb {
        Verb::Assign => assign(Some(NETWORK), []),
        Verb::StartWork => TicketCommand::StartWork(StartWork { holder: None }),
        Verb::StopWork => TicketCommand::StopWork(StopWork {}),
        Verb::Pend => {
            TicketCommand::Pend(Pend { pending_reason: PendingReason::Vendor, until: None })
        }
        Verb::Resume => TicketCommand::Resume(Resume {}),
        Verb::Resolve => TicketCommand::Resolve(Resolve {
            code: Some("WORKAROUND".to_owned()),
            solution: Some("Restarted".to_owned()),
        }),
        Verb::Reopen => TicketCommand::Reopen(Reopen {}),
        Verb::Close => TicketCommand::Close(Close {}),
        Verb::Cancel => TicketCommand::Cancel(Cancel {}),
        Verb::Classify => TicketCommand::Classify(Classify { kind: None, subject: Some(MAIL) }),
        Verb::Prioritize => {
            let pressing = Pressing::Decreed(Priority::Critical);
            TicketCommand::Prioritize(Prioritize { pressing })
        }
        Verb::Escalate => TicketCommand::Escalate(Escalate { to: EscalateTo::Tier(Tier(2)) }),
        Verb::ResolveWithParent => {
            let code = "FIXED".to_owned();
            TicketCommand::ResolveWithParent(ResolveWithParent { parent: PARENT, code })
        }
        Verb::Merge => {
            TicketCommand::Merge(Merge { ticket: THIS, into: OTHER, children: BTreeSet::new() })
        }
        Verb::ResolveWithTasks => {
            TicketCommand::ResolveWithTasks(ResolveWithTasks { code: "FIXED".to_owned() })
        }
        Verb::ApplyPlan => TicketCommand::ApplyPlan(ApplyPlan { plan: Some(PLAN) }),
    }
}

pub(super) fn verb_of(command: &TicketCommand) -> Verb {
    match command {
        TicketCommand::Open(_) => unreachable!("open is not in the table: it has no state yet"),
        TicketCommand::RestateTerms(_) => unreachable!("it is refused in no state"),
        TicketCommand::Assign(_) => Verb::Assign,
        TicketCommand::StartWork(_) => Verb::StartWork,
        TicketCommand::StopWork(_) => Verb::StopWork,
        TicketCommand::Pend(_) => Verb::Pend,
        TicketCommand::Resume(_) => Verb::Resume,
        TicketCommand::Resolve(_) => Verb::Resolve,
        TicketCommand::ResolveWithParent(_) => Verb::ResolveWithParent,
        TicketCommand::Reopen(_) => Verb::Reopen,
        TicketCommand::Close(_) => Verb::Close,
        TicketCommand::Cancel(_) => Verb::Cancel,
        TicketCommand::Classify(_) => Verb::Classify,
        TicketCommand::Prioritize(_) => Verb::Prioritize,
        TicketCommand::Escalate(_) => Verb::Escalate,
        TicketCommand::Merge(_) => Verb::Merge,
        TicketCommand::ResolveWithTasks(_) => Verb::ResolveWithTasks,
        TicketCommand::ApplyPlan(_) => Verb::ApplyPlan,
    }
}

/// Every state with every verb, but where the verb asks for what is so already.
pub(super) fn every_verb() -> Vec<(TicketState, TicketCommand)> {
    let so_already = |state, verb| {
        matches!(
            (state, verb),
            (TicketState::InProgress, Verb::StartWork)
                | (TicketState::Resolved, Verb::ResolveWithParent | Verb::ResolveWithTasks)
                | (TicketState::Closed, Verb::Close)
                | (TicketState::Cancelled, Verb::Cancel)
        )
    };
    TicketState::iter()
        .flat_map(|state| Verb::iter().map(move |verb| (state, verb)))
        .filter(|(state, verb)| !so_already(*state, *verb))
        .map(|(state, verb)| (state, command(verb)))
        .collect()
}

fn agreed(verb: Verb) -> BTreeSet<TicketState> {
    let (_, states) = AGREED.into_iter().find(|(row, _)| *row == verb).unwrap();
    states.split(' ').map(|state| state.parse().unwrap()).collect()
}

#[test]
fn t2_the_table_is_the_agreed_one() {
    for verb in Verb::iter() {
        let built: BTreeSet<TicketState> = verb.from_states().iter().copied().collect();
        assert_eq!(built, agreed(verb), "{verb}");
    }
}

#[test]
fn t2_every_verb_acts_in_its_states_and_is_refused_in_all_others() {
    for (state, command) in every_verb() {
        let verb = verb_of(&command);
        let history = a_ticket_that_is(state);
        // Anna holds what is held; a head does what only heads may; history opens what is closed;
        // Annals itself resolves what several people share.
        let history = match verb {
            Verb::ResolveWithTasks => individual(history),
            _ => history,
        };
        let others = there_are([(OTHER, ticket(TicketState::New))]);
        let given = given(history).because("x").knowing(others);
        let given = match (state, verb) {
            (TicketState::Resolved, Verb::Assign) => given.by(HEIDI).steering(),
            (TicketState::Closed, Verb::Reopen) => given.importing_for(HEIDI),
            (_, Verb::ResolveWithTasks) => given.by_nobody(),
            _ => given,
        };
        let outcome = given.when(command);
        if agreed(verb).contains(&state) {
            outcome.acts();
        } else {
            let refusal = outcome.refusal();
            assert_eq!(refusal, TicketRefusal::WrongState { state }, "{verb} while {state}");
            let meta = refusal.meta();
            let allowed: Vec<Verb> = Verb::iter()
                .filter(|verb| {
                    !matches!(verb, Verb::ResolveWithParent | Verb::ResolveWithTasks)
                        && agreed(*verb).contains(&state)
                })
                .collect();
            assert_eq!((&meta["state"], &meta["allowed"]), (&json!(state), &json!(allowed)));
            assert_eq!(refusal.code(), "TICKET_WRONG_STATE");
        }
    }
}

#[test]
fn t1_no_verb_meets_a_ticket_that_was_never_opened() {
    for verb in Verb::iter() {
        given([]).because("x").when(command(verb)).refused(TicketRefusal::NotFound);
    }
}
