//! The worlds, and both answers to the same question.

mod answer;
mod entities;
#[path = "../../../../domain/src/access/decide/tests/generated/mod.rs"]
mod generated;
mod permits;
mod policies;
mod words;

use domain::access::{decide, model};
use proptest::prelude::*;

use crate::kernel::testing::cases;
use generated::{Generated, PEOPLE, any_case};

fn alike(case: &Generated) -> Result<(), TestCaseError> {
    let (ours, theirs) = (case.decision(), answer::of(case));
    prop_assert_eq!(ours.is_allowed(), theirs.allowed, "{:?}", ours.reason_code());
    if theirs.allowed {
        prop_assert_eq!(ours.grants, theirs.grants);
        prop_assert_eq!(ours.fields.allowed, theirs.fields);
        prop_assert_eq!(ours.fields.masked, theirs.masked);
        prop_assert_eq!(ours.standing, theirs.weight);
    }
    Ok(())
}

/// A case may take a few sets that come out too small: of a million more than the library has patience for.
fn as_many() -> ProptestConfig {
    let cases = cases();
    let max_local_rejects = cases.cases.max(cases.max_local_rejects);
    ProptestConfig { max_local_rejects, ..cases }
}

proptest! {
    #![proptest_config(as_many())]

    #[test]
    fn both_decide_alike(case in any_case()) {
        alike(&case)?;
    }

    #[test]
    fn both_decide_alike_where_most_is_delegated(
        mut case in any_case(),
        whom in prop::collection::vec(prop::option::weighted(0.8, 1..PEOPLE.len()), 1..6),
    ) {
        for (grant, person) in case.grants().zip(whom.iter().cycle()) {
            grant.delegated_by = person.map(|person| PEOPLE[person]);
        }
        alike(&case)?;
    }
}
