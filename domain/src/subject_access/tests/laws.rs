//! Laws of any history of a subject's access.

use proptest::prelude::*;

use super::{grant, wish};
use crate::access::model::{AccessSubject, SodAction};
use crate::access::model::{Grant as Held, GrantState};
use crate::access::sod::{Separation, Tenure};
use crate::access::testing::{BUYER, READER, SELLER, SOLVER, days, hours, id, known, rulebook};
use crate::kernel::Command;
use crate::kernel::testing::world::{ANNA, HEIDI};
use crate::kernel::testing::{cases, context};
use crate::subject_access::command::{Close, Expire, Grant, Prolong, Reopen, Revoke};
use crate::subject_access::{SubjectAccess, SubjectAccessCommand};

fn command() -> impl Strategy<Value = SubjectAccessCommand> {
    let number = || 0_u128..6;
    let until = || prop::option::of(0_i64..20);
    let role = prop::sample::select(vec![READER, SOLVER, BUYER, SELLER]);
    prop_oneof![
        8 => (number(), role, 0_i64..20, until()).prop_map(|(number, role, from, until)| {
            let (from, until) = (Some(days(from)), until.map(days));
            grant(Grant { from, until, ..wish(number, role) })
        }),
        2 => (number(), until()).prop_map(|(number, until)| {
            let (grant, until) = (id(number), until.map(days));
            SubjectAccessCommand::Prolong(Prolong { grant, until, request: None })
        }),
        3 => number()
            .prop_map(|number| SubjectAccessCommand::Revoke(Revoke { grant: id(number) })),
        2 => Just(SubjectAccessCommand::Expire(Expire {})),
        1 => Just(SubjectAccessCommand::Close(Close {})),
        1 => Just(SubjectAccessCommand::Reopen(Reopen {})),
    ]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn duties_stay_parted_and_what_is_over_stays_over(
        asked in prop::collection::vec((0_i64..40, command()), 0..20),
    ) {
        let rules = rulebook();
        let parts = Separation::of(rules.duties.values(), &rules.roles, &rules.registry);
        let mut access = SubjectAccess::default();
        let mut now = 0;
        for (later, command) in asked {
            now += later;
            let mut cx = context(HEIDI);
            (cx.now, cx.facts.access) = (hours(now), known().of(&command.needs(&access).access));
            let before = access.clone();
            let events = command.clone().decide(&access, &cx).unwrap_or_default();
            let acted = !events.is_empty();
            events.into_iter().for_each(|event| access.evolve(event));
            if acted {
                prop_assert_eq!(command.decide(&access, &cx), Ok(vec![]));
            }
            let over = |grant: &&Held| grant.state != GrantState::Active;
            for grant in before.grants().filter(over) {
                prop_assert!(access.grants().any(|it| it == grant));
            }
            let had: Vec<Tenure> = access.grants().filter_map(Tenure::of).collect();
            let broken = parts.conflicts(&had, &[]);
            prop_assert!(broken.iter().all(|it| it.action == SodAction::Record), "{:?}", broken);
            let stored = serde_json::to_value(&access).unwrap();
            prop_assert_eq!(serde_json::from_value::<SubjectAccess>(stored).unwrap(), access.clone());
        }
        prop_assert!(access.0.is_none_or(|body| body.subject == AccessSubject::Person(ANNA)));
    }
}
