//! The sweep says the same as asking at every instant.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::{
    APPROVER, BOTH, DEPUTY, GRANTER, READER, RULE, day, exception, had, pattern, rule, separation,
};
use crate::access::model::{Counted, Exception};
use crate::access::sod::{Origin, Tenure};
use crate::kernel::testing::cases;
use crate::kernel::{GrantId, RoleId};

const DAYS: i64 = 12;

fn any_tenure() -> impl Strategy<Value = Tenure> {
    let role = prop::sample::select(vec![APPROVER, GRANTER, DEPUTY, BOTH, READER]);
    let until = proptest::option::weighted(0.8, 0..DAYS);
    (role, 0..DAYS, until).prop_map(|(role, from, until)| had(1, role, (from, until)))
}

fn numbered(tenures: Vec<Tenure>) -> Vec<Tenure> {
    let ids = (1..).map(|id| Origin::Grant(GrantId(Uuid::from_u128(id))));
    tenures.into_iter().zip(ids).map(|(had, origin)| Tenure { origin, ..had }).collect()
}

/// Which of the three things each role gives.
fn gives(role: RoleId) -> &'static [usize] {
    match role {
        APPROVER | DEPUTY => &[0],
        GRANTER => &[1],
        READER => &[2],
        BOTH => &[0, 1],
        _ => &[],
    }
}

fn is_broken(tenures: &[Tenure], n: u8, lifted: &[Exception], at: i64) -> bool {
    let at = day(at);
    let there =
        tenures.iter().filter(|had| had.from <= at && had.until.is_none_or(|until| at < until));
    let counted: BTreeSet<usize> = there
        .flat_map(|had| match had.what {
            crate::access::model::Granted::Role(role) => gives(role),
            crate::access::model::Granted::Entry(_) => &[],
        })
        .copied()
        .collect();
    let lifts = lifted.iter().any(|exception| exception.from <= at && at < exception.until);
    counted.len() >= usize::from(n) && !lifts
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_breach_is_where_too_much_is_had_and_nowhere_else(
        tenures in prop::collection::vec(any_tenure(), 0..8).prop_map(numbered),
        n in 2_u8..4,
        lifted in prop::collection::vec((0..DAYS, 0..DAYS), 0..3),
        turned in any::<bool>(),
    ) {
        let set = ["access.decide", "access.grant", "decision_log.read"];
        let set = set.map(|action| Counted::Actions(pattern(action)));
        let separation = separation([rule(RULE, set, n)]);
        let lifted: Vec<Exception> = lifted.into_iter().map(|days| exception(RULE, days)).collect();
        let found = separation.conflicts(&tenures, &lifted);
        for at in 0..DAYS + 1 {
            let within = |from, until: Option<_>| from <= day(at) && until.is_none_or(|it| day(at) < it);
            let told = found.iter().any(|breach| within(breach.from, breach.until));
            prop_assert_eq!(told, is_broken(&tenures, n, &lifted, at), "day {}", at);
        }
        for pair in found.windows(2) {
            prop_assert!(pair[0].until.is_some_and(|until| until < pair[1].from), "as long as it lasts");
        }
        for breach in &found {
            prop_assert!(breach.counted.len() >= usize::from(n));
        }
        if turned {
            let turned: Vec<Tenure> = tenures.iter().rev().cloned().collect();
            prop_assert_eq!(&separation.conflicts(&turned, &lifted), &found, "in any order");
        }
        for (place, new) in tenures.iter().enumerate() {
            let others: Vec<Tenure> =
                tenures.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, had)| had.clone()).collect();
            let brought = separation.brought_by(new, &others, &lifted);
            let here = |at: &i64| new.from <= day(*at) && new.until.is_none_or(|until| day(*at) < until);
            let expected = (0..DAYS + 1).filter(here).any(|at| is_broken(&tenures, n, &lifted, at));
            prop_assert_eq!(!brought.is_empty(), expected);
        }
    }
}
