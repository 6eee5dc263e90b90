//! What a filter admits is what the decision allows, and it is written the same whatever the order.

use proptest::prelude::*;

use super::{Filter, Predicate, Reach, compile};
use crate::access::decide::tests::generated::{Generated, any_case, object};
use crate::access::decide::{ObjectView, decide};
use crate::access::model::{RelationName, ScopePath};
use crate::kernel::testing::cases;
use crate::kernel::testing::world::ANNA;
use crate::kernel::{CiId, PersonId};

fn filter(case: &Generated) -> Filter {
    compile(&case.world(), &case.action, case.at, &case.session)
}

/// Asking to read.
fn reading() -> impl Strategy<Value = Generated> {
    let action = prop::sample::select(&["ticket.view", "ticket.export", "change.view"][..]);
    (any_case(), action).prop_map(|(mut case, action)| {
        case.action = action.parse().unwrap();
        case
    })
}

fn place(path: &str) -> ScopePath {
    path.parse().unwrap()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn p5_it_admits_what_is_allowed(case in reading(), objects in prop::collection::vec(object(), 1..20)) {
        let (world, filter) = (case.world(), filter(&case));
        for object in &objects {
            let decision = decide(&world, &case.asked(object));
            prop_assert_eq!(filter.admits(object), decision.is_allowed(), "{:?} {:?}", object, decision);
        }
        prop_assert!(!filter.is_empty() || objects.iter().all(|object| !filter.admits(object)));
    }

    #[test]
    fn at_the_root_it_comes_to_the_same(case in any_case(), object in object()) {
        let filter = filter(&case);
        let there = ObjectView { place: ScopePath::ROOT, ..object };
        let expected = match filter.reach_at_root() {
            Reach::All => true,
            Reach::None => false,
            Reach::Related => filter.admits(&there),
        };
        prop_assert_eq!(filter.admits(&there), expected);
        prop_assert_eq!(filter.predicate().at_root().holds(&there), filter.admits(&there));
    }

    #[test]
    fn it_admits_whatever_is_allowed_to_be_done(case in any_case()) {
        prop_assert!(!case.decision().is_allowed() || filter(&case).admits(&case.object));
    }

    #[test]
    fn it_is_written_one_way(case in any_case()) {
        let mut other = case.clone();
        other.holdings.grants.reverse();
        other.denies.reverse();
        other.roles.reverse();
        prop_assert_eq!(filter(&case), filter(&other));
    }
}

#[test]
fn what_is_superfluous_is_left_out() {
    let within = |path| Predicate::within(&place(path));
    let mine = Predicate::HasRisk;
    let below = Predicate::all([within("a/b"), mine.clone()]);
    let any = Predicate::any([within("a/b"), below, within("a"), within("ab"), within("a")]);
    assert_eq!(any, Predicate::Any(vec![within("a"), within("ab")]));
    // A part of all is superfluous beside one of its own parts, or beside what lies above one.
    for other in [mine.clone(), within("a/b"), within("a")] {
        let both = Predicate::all([within("a/b"), mine.clone()]);
        assert_eq!(Predicate::any([both, other.clone()]), other);
    }
    assert_eq!(Predicate::any([within("a"), within("all")]), Predicate::always());
    assert_eq!(Predicate::all([within("a"), Predicate::never()]), Predicate::never());
    assert_eq!(Predicate::all([within("a"), within("all")]), within("a"));
    assert_eq!(Predicate::not(Predicate::not(mine.clone())), mine);
    assert_eq!(Predicate::not(Predicate::always()), Predicate::never());
    assert_eq!(Predicate::not(Predicate::never()), Predicate::always());
}

fn stands<const N: usize>(delegator: Option<PersonId>, names: [RelationName; N]) -> Predicate {
    Predicate::Stands { delegator, all: names.into_iter().collect() }
}

#[test]
fn it_reaches_everything_nothing_or_what_lies_between() {
    let within = |path| Predicate::within(&place(path));
    let both = Predicate::all([within("a"), Predicate::HasRisk]);
    let either = Predicate::any([within("a"), Predicate::HasRisk]);
    for (predicate, reach) in [
        (Predicate::always(), Reach::All),
        (Predicate::never(), Reach::None),
        (within("a"), Reach::Related),
        (both, Reach::Related),
        (either, Reach::Related),
    ] {
        let filter = Filter(predicate);
        assert_eq!(filter.reach(), reach, "{}", filter.predicate());
        assert_eq!(filter.is_empty(), reach == Reach::None);
    }
}

#[test]
fn it_reads_as_auditors_read() {
    let (own, heads) = (stands(None, [RelationName::Own]), stands(None, [RelationName::Heads]));
    let within = |path| Predicate::within(&place(path));
    let lent = stands(Some(ANNA), [RelationName::Member, RelationName::Unassigned]);
    let kind = || "kind".parse().unwrap();
    let kinds = ["INCIDENT", "TASK"].map(str::to_owned).into();
    for (predicate, words) in [
        (Predicate::always(), "everything".to_owned()),
        (Predicate::never(), "nothing".to_owned()),
        (within("a/b"), "within a/b".to_owned()),
        (Predicate::Item(CiId(ANNA.0)), format!("ci:{ANNA}")),
        (lent, format!("member and unassigned as person:{ANNA}")),
        (Predicate::Has(kind()), "kind is known".to_owned()),
        (
            Predicate::AttributeIn { name: kind(), values: kinds },
            "kind in [INCIDENT, TASK]".to_owned(),
        ),
        (Predicate::HasRisk, "risk is known".to_owned()),
        (Predicate::RiskAtMost(3), "risk at most 3".to_owned()),
        (Predicate::not(own.clone()), "not own".to_owned()),
        (
            Predicate::not(Predicate::any([own.clone(), heads.clone()])),
            "not (own | heads)".to_owned(),
        ),
        (
            Predicate::any([own, Predicate::all([heads, Predicate::not(within("a"))])]),
            "own | (heads & not within a)".to_owned(),
        ),
    ] {
        assert_eq!(predicate.to_string(), words);
    }
}
