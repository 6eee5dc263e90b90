//! What holds of every world: the laws of the reference, by its numbers.

use proptest::prelude::*;

use super::generated::{Generated, PEOPLE, any_case, deny, entry, functions, grant};
use crate::access::decide::{Held, Session};
use crate::access::model::{
    AccessSubject, Ceiling, FieldSet, Grant, GrantState, Granted, Level, Matcher, Obligation,
    ObligationSet, Scope,
};
use crate::kernel::GrantId;
use crate::kernel::testing::cases;
use uuid::Uuid;

/// Rules for those who have a role are left out: they come and go with what is granted.
fn without_rules_for_roles() -> impl Strategy<Value = Generated> {
    any_case().prop_map(|mut case| {
        case.denies.retain(|deny| !matches!(deny.whom, Matcher::Role(_)));
        case
    })
}

/// Shuffled by these numbers, some of them twice.
fn stirred<T: Clone>(things: &[T], by: &[u8]) -> Vec<T> {
    let twice = things.iter().chain(things.iter().take(by.len() % 3)).cloned();
    let mut keyed: Vec<(u8, T)> =
        twice.enumerate().map(|(place, it)| (by[place % by.len()], it)).collect();
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, it)| it).collect()
}

/// How a grant is made to give less.
#[derive(Debug, Clone, Copy)]
enum Narrowing {
    Scope,
    Start,
    End,
    Revocation,
    Fields,
    Level,
    Obligation,
    Actions,
    Piercing,
}

fn narrowing() -> impl Strategy<Value = Narrowing> {
    use Narrowing as N;
    prop::sample::select(vec![
        N::Scope,
        N::Start,
        N::End,
        N::Revocation,
        N::Fields,
        N::Level,
        N::Obligation,
        N::Actions,
        N::Piercing,
    ])
}

fn narrow(grant: &mut Grant, how: Narrowing, case: &Generated) {
    let below = |scope: &Scope| match scope {
        Scope::Everywhere => "a".parse().unwrap(),
        Scope::Node(path) => path.child("b").map_or(scope.clone(), Scope::Node),
        Scope::Item(_) => scope.clone(),
    };
    if let Granted::Entry(entry) = &mut grant.what {
        match how {
            Narrowing::Fields => entry.fields = FieldSet::Only([].into()),
            Narrowing::Level => entry.level = entry.level.filter(|level| *level < Level(2)),
            Narrowing::Obligation => {
                let more: ObligationSet = [Obligation::StepUpMfa].into_iter().collect();
                entry.obligations = entry.obligations.and(more);
            }
            Narrowing::Actions => drop(entry.actions.pop()),
            _ => {}
        }
    }
    match how {
        Narrowing::Scope => grant.scope = below(&grant.scope),
        Narrowing::Start => grant.from += chrono::TimeDelta::hours(1),
        Narrowing::End => grant.until = Some(grant.until.map_or(case.at, |it| it.min(case.at))),
        Narrowing::Revocation => grant.state = GrantState::Revoked,
        Narrowing::Piercing => grant.pierces = false,
        _ => {}
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn p1_order_and_repetition_change_nothing(case in any_case(), by in prop::collection::vec(any::<u8>(), 1..9)) {
        let mut other = case.clone();
        other.holdings.grants = stirred(&case.holdings.grants, &by);
        other.holdings.exceptions = stirred(&case.holdings.exceptions, &by);
        other.denies = stirred(&case.denies, &by);
        other.sod = stirred(&case.sod, &by);
        other.barriers = stirred(&case.barriers, &by);
        other.roles.reverse();
        for role in &mut other.roles {
            role.entries = stirred(&role.entries, &by);
            role.mask = stirred(&role.mask, &by);
        }
        for delegator in &mut other.holdings.delegators {
            delegator.grants = stirred(&delegator.grants, &by);
        }
        prop_assert_eq!(case.decision(), other.decision());
    }

    #[test]
    fn p2_one_more_deny_permits_nothing(case in any_case(), deny in deny()) {
        let mut more = case.clone();
        more.denies.push(deny);
        let (before, after) = (case.decision(), more.decision());
        prop_assert!(before.is_allowed() || !after.is_allowed());
        prop_assert!(after.fields.allowed.iter().all(|field| before.fields.allowed.contains(field)));
    }

    #[test]
    fn p3_one_more_permit_takes_nothing_away(case in without_rules_for_roles(), grant in grant()) {
        let mut more = case.clone();
        more.holdings.grants.push(Held { grant, through: None });
        let (before, after) = (case.decision(), more.decision());
        prop_assert!(!before.is_allowed() || after.is_allowed(), "{after:?}");
        prop_assert!(before.fields.allowed.iter().all(|field| after.fields.allowed.contains(field)));
        prop_assert!(before.standing <= after.standing);
    }

    #[test]
    fn p4_who_has_nothing_may_do_nothing(mut case in any_case()) {
        case.holdings.grants.clear();
        prop_assert!(!case.decision().is_allowed());
    }

    #[test]
    fn p6_what_is_named_suffices_and_is_needed(case in without_rules_for_roles()) {
        let decision = case.decision();
        prop_assume!(decision.is_allowed());
        let named = |held: &Held| decision.grants.contains(&held.grant.id);
        let mut alone = case.clone();
        alone.holdings.grants.retain(named);
        alone.holdings.grants.push(Held { grant: functions(), through: None });
        let again = alone.decision();
        prop_assert!(again.is_allowed(), "{again:?}");
        prop_assert_eq!(&again.fields, &decision.fields);
        prop_assert_eq!(again.standing, decision.standing);
        let mut without = case.clone();
        without.holdings.grants.retain(|held| !named(held));
        without.holdings.grants.push(Held { grant: functions(), through: None });
        prop_assert!(!without.decision().is_allowed());
    }

    #[test]
    fn p7_what_begins_later_has_no_say(case in any_case()) {
        let mut until_then = case.clone();
        let at = case.at;
        until_then.holdings.grants.retain(|held| held.grant.from <= at);
        until_then.holdings.exceptions.retain(|exception| exception.from <= at);
        for delegator in &mut until_then.holdings.delegators {
            delegator.grants.retain(|held| held.grant.from <= at);
            delegator.exceptions.retain(|exception| exception.from <= at);
        }
        prop_assert_eq!(case.decision(), until_then.decision());
    }

    #[test]
    fn p8_less_gives_less(case in without_rules_for_roles(), place in any::<prop::sample::Index>(), how in narrowing()) {
        prop_assume!(!case.holdings.grants.is_empty());
        let mut less = case.clone();
        let place = place.index(less.holdings.grants.len());
        narrow(&mut less.holdings.grants[place].grant, how, &case);
        let (before, after) = (case.decision(), less.decision());
        prop_assert!(before.is_allowed() || !after.is_allowed(), "{after:?}");
        prop_assert!(after.fields.allowed.iter().all(|field| before.fields.allowed.contains(field)));
    }

    #[test]
    fn p8_a_lower_ceiling_gives_less(case in any_case(), keep in any::<prop::sample::Index>()) {
        let mut less = case.clone();
        let patterns = case.session.token.clone().map_or_else(
            || vec!["ticket.*".parse().unwrap(), "change.view".parse().unwrap()],
            |Ceiling(patterns)| patterns,
        );
        less.session.token = Some(Ceiling(vec![patterns[keep.index(patterns.len())].clone()]));
        prop_assert!(case.decision().is_allowed() || !less.decision().is_allowed());
    }

    #[test]
    fn p9_nobody_has_more_than_who_delegated_it(mut case in any_case(), entry in entry()) {
        let delegator = PEOPLE[1];
        let found = case.holdings.delegators.iter().find(|it| it.subject.person() == Some(delegator));
        let Some(mut above) = found.cloned() else { return Ok(()) };
        case.holdings.subject = AccessSubject::Person(PEOPLE[0]);
        // Something is delegated in each world, and everything is.
        case.holdings.grants.push(Held { grant: Grant {
            id: GrantId(Uuid::from_u128(7)),
            what: Granted::Entry(Box::new(entry)),
            ..functions()
        }, through: None });
        case.grants().for_each(|grant| grant.delegated_by = Some(delegator));
        case.holdings.grants.push(Held { grant: functions(), through: None });
        let delegated = case.decision();
        above.delegators.clear();
        let mut themselves = case.clone();
        themselves.holdings = above;
        themselves.object.relation = case.object.relation_of(Some(delegator));
        themselves.session = Session { met: case.session.met, ..Session::default() };
        // What separates duties looks at both humans; what is recorded or excepted is one's own.
        themselves.sod.clear();
        let own = themselves.decision();
        prop_assert!(!delegated.is_allowed() || own.is_allowed(), "{own:?}");
        prop_assert!(delegated.fields.allowed.iter().all(|field| own.fields.allowed.contains(field)));
        prop_assert!(delegated.standing <= own.standing);
    }
}
