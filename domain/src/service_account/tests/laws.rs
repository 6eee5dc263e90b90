//! Z3 and Z4, whatever is asked in whatever order.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::{in_days, registered};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{Command, ServiceTokenId};
use crate::service_account::command::{IssueToken, Retire, RevokeToken};
use crate::service_account::{ServiceAccount, ServiceAccountCommand};

fn commands() -> impl Strategy<Value = Vec<(i64, ServiceAccountCommand)>> {
    let token = || (0u128..5).prop_map(|id| ServiceTokenId(Uuid::from_u128(id)));
    let command = prop_oneof![
        8 => (token(), 0i64..200).prop_map(|(token, day)| {
            ServiceAccountCommand::IssueToken(IssueToken { token, ends_at: in_days(day) })
        }),
        4 => token()
            .prop_map(|token| ServiceAccountCommand::RevokeToken(RevokeToken { token })),
        1 => Just(ServiceAccountCommand::Retire(Retire {})),
    ];
    prop::collection::vec((0i64..40, command), 0..12)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_more_than_two_tokens_serve_and_none_serves_again(asked in commands()) {
        let mut account = ServiceAccount::default();
        account.evolve(registered());
        let (mut today, mut over) = (0, BTreeSet::<ServiceTokenId>::new());
        for (days, command) in asked {
            today += days;
            let mut cx = context(world::HEIDI);
            cx.now = in_days(today);
            cx.facts = world::facts(&command.needs(&account), cx.doer());
            cx.facts.access = world::access(cx.doer());
            for event in command.decide(&account, &cx).unwrap_or_default() {
                account.evolve(event);
            }
            let body = account.body().unwrap();
            let serving = body.tokens.iter().filter(|(_, token)| token.serves(cx.now));
            let serving: Vec<_> = serving.map(|(id, _)| *id).collect();
            prop_assert!(serving.len() <= 2);
            prop_assert!(serving.iter().all(|id| !over.contains(id)));
            prop_assert!(serving.iter().all(|id| body.speaks_with(*id, cx.now)));
            over.extend(body.tokens.keys().filter(|id| !serving.contains(id)));
        }
    }
}
