//! Laws of any course of a request.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{ANNA_TOO, BEN_TOO, DORA, EMIL, approve, asks, reject, rule, submit, under, wanted};
use crate::access::known::AccessFacts;
use crate::access::model::Human;
use crate::access::testing::{SOLVER, TEAM};
use crate::access_policy::Approver;
use crate::access_request::AccessRequest;
use crate::access_request::command::{
    AccessRequestCommand, Activate, Amend, Delegate, NoteDeadline, Reassign, Withdraw,
};
use crate::access_request::event::AccessRequestEvent;
use crate::access_request::known::RequestFacts;
use crate::access_request::stage::Mode;
use crate::access_request::state::Phase;
use crate::access_request::wanted::{Wanted, What};
use crate::access_request::words::Vote;
use crate::kernel::testing::world::{ANNA, BEN, HEIDI, NORA, noon};
use crate::kernel::testing::{cases, context};
use crate::kernel::{Command, PersonId};

fn person() -> impl Strategy<Value = PersonId> {
    prop::sample::select(vec![ANNA, ANNA_TOO, BEN, BEN_TOO, NORA, HEIDI, DORA, EMIL])
}

fn mode() -> impl Strategy<Value = Mode<Approver>> {
    let modes = [Mode::Any, Mode::All, Mode::Quorum { needed: 1 }, Mode::Quorum { needed: 2 }];
    prop::sample::select(modes.to_vec())
}

fn approver() -> impl Strategy<Value = Approver> {
    let all = [Approver::RoleOwner, Approver::Group(TEAM), Approver::Governance];
    let besides = [Approver::Superior, Approver::Person(BEN)];
    prop::sample::select([all.to_vec(), besides.to_vec()].concat())
}

fn world() -> impl Strategy<Value = RequestFacts> {
    let stages = prop::collection::vec((0_u8..3, approver(), mode()), 1..4);
    stages.prop_map(|stages| {
        let asked = |(place, (order, approver, mode))| {
            rule(&format!("r{place}"), vec![asks(order, approver, mode)])
        };
        under(stages.into_iter().enumerate().map(asked).collect())
    })
}

fn command() -> impl Strategy<Value = AccessRequestCommand> {
    prop_oneof![
        8 => Just(approve()),
        2 => Just(reject()),
        2 => person().prop_map(|to| AccessRequestCommand::Delegate(Delegate { to })),
        1 => (person(), person())
            .prop_map(|(seat, to)| AccessRequestCommand::Reassign(Reassign { seat, to })),
        2 => Just(AccessRequestCommand::NoteDeadline(NoteDeadline {})),
        1 => prop::sample::select(vec![wanted(), solving()]).prop_map(|wanted| {
            let justification = "For the day shift".to_owned();
            AccessRequestCommand::Amend(Box::new(Amend { wanted, justification }))
        }),
        1 => Just(AccessRequestCommand::Withdraw(Withdraw {})),
        1 => Just(AccessRequestCommand::Activate(Activate { grant: None })),
    ]
}

fn solving() -> Wanted {
    Wanted { what: What::Role { role: SOLVER }, ..wanted() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_is_approved_but_by_others_each_counted_once(
        world in world(), course in prop::collection::vec((person(), 0_i64..60, command()), 0..40),
    ) {
        let facts = AccessFacts { request: Some(Arc::new(world)), ..AccessFacts::default() };
        let mut request = AccessRequest::default();
        let (mut hours, mut yes) = (0, BTreeSet::new());
        for (by, later, command) in [(BEN, 0, submit(wanted()))].into_iter().chain(course) {
            hours += later;
            let mut cx = context(by);
            (cx.now, cx.facts.access) = (noon() + TimeDelta::hours(hours), facts.clone());
            let Ok(events) = command.decide(&request, &cx) else { continue };
            for event in events {
                match &event {
                    AccessRequestEvent::Amended(_) => yes.clear(),
                    AccessRequestEvent::Voted(vote) => {
                        prop_assert!(vote.human != Human(BEN) && vote.human != Human(BEN_TOO));
                        prop_assert!(vote.by == by && !yes.contains(&vote.human));
                        if vote.vote == Vote::Approve {
                            yes.insert(vote.human);
                        }
                    }
                    AccessRequestEvent::Approved(_) => prop_assert!(!yes.is_empty()),
                    AccessRequestEvent::Activated(_) => {
                        prop_assert_eq!(&request.body().unwrap().phase, &Phase::Approved);
                    }
                    _ => {}
                }
                request.evolve(event);
            }
            let stored = serde_json::to_value(&request).unwrap();
            prop_assert_eq!(serde_json::from_value::<AccessRequest>(stored).unwrap(), request.clone());
        }
    }
}
