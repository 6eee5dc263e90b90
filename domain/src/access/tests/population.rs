//! Whom populations mean.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::access::population::{Attributes, Population, PopulationFault, Test};
use crate::kernel::testing::world::{CUSTOMER, DESK, NETWORK};
use crate::kernel::text::TextFault;
use crate::person::state::Skill;
use crate::person::{PersonKind, Role};
use crate::ticket::Tier;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn skill(name: &str, level: u8) -> Test {
    Test::Skill { name: name.to_owned(), level }
}

fn of<const N: usize>(alternatives: [&[Test]; N]) -> Population {
    Population(alternatives.map(|tests| tests.iter().cloned().collect()).into())
}

fn agent() -> Attributes {
    Attributes {
        kind: PersonKind::Staff,
        role: Role::Agent,
        organization: None,
        units: BTreeSet::from([DESK]),
        tier: Some(Tier(2)),
        position: Some("Night Shift".to_owned()),
        skills: BTreeMap::from([
            ("Linux".to_owned(), Skill { level: 3, certified_until: Some(day(10)) }),
            ("SQL".to_owned(), Skill { level: 5, certified_until: None }),
        ]),
    }
}

#[test]
fn each_test_looks_at_one_thing() {
    let position = |text: &str| Test::Position(text.to_owned());
    let so = [
        Test::Kind(PersonKind::Staff),
        Test::Unit(DESK),
        Test::Role(Role::Agent),
        Test::Tier(Tier(2)),
        position("night shift"),
        skill("linux", 3),
        skill("sql", 1),
    ];
    for test in so {
        assert!(of([std::slice::from_ref(&test)]).includes(&agent(), day(10)), "{test:?}");
    }
    let not_so = [
        Test::Kind(PersonKind::Client),
        Test::Unit(NETWORK),
        Test::Organization(CUSTOMER),
        Test::Role(Role::Auditor),
        Test::Tier(Tier(1)),
        position("day shift"),
        skill("linux", 4),
        skill("cobol", 1),
    ];
    for test in not_so {
        assert!(!of([std::slice::from_ref(&test)]).includes(&agent(), day(10)), "{test:?}");
    }
    assert!(!of([&[skill("linux", 1)]]).includes(&agent(), day(11)), "the certificate is over");
    let client = Attributes { organization: Some(CUSTOMER), ..agent() };
    assert!(of([&[Test::Organization(CUSTOMER)]]).includes(&client, day(1)));
}

#[test]
fn all_tests_of_one_alternative_are_passed() {
    let (desk, network) = (Test::Unit(DESK), Test::Unit(NETWORK));
    let includes = |population: Population| population.includes(&agent(), day(1));
    assert!(!includes(of([&[desk.clone(), network.clone()]])));
    assert!(includes(of([&[network], &[desk]])));
    assert!(!includes(of([])) && !includes(of([&[]])));
}

#[test]
fn it_has_bounds_and_its_words_are_in_lower_case() {
    let fit = |tests: &[Test]| of([tests]).fit();
    assert_eq!(fit(&[skill(" Linux ", 5)]), Ok(of([&[skill("linux", 5)]])));
    let position = |text: String| Test::Position(text);
    assert_eq!(
        fit(&[position("Night Shift".to_owned())]),
        Ok(of([&[position("night shift".to_owned())]]))
    );
    assert_eq!(fit(&[skill("x", 0)]), Err(PopulationFault::Level));
    assert_eq!(fit(&[skill("x", 6)]), Err(PopulationFault::Level));
    assert_eq!(fit(&[skill(" ", 1)]), Err(PopulationFault::Text(TextFault::Empty)));
    let long = PopulationFault::Text(TextFault::TooLong(200));
    assert_eq!(fit(&[position("x".repeat(201))]), Err(long));
    assert_eq!(fit(&[]), Err(PopulationFault::Empty));
    assert_eq!(of([]).fit(), Err(PopulationFault::Empty));
    let many = |count| (0..count).map(|tier| Test::Tier(Tier(tier))).collect::<Vec<_>>();
    assert!(fit(&many(20)).is_ok());
    assert_eq!(fit(&many(21)), Err(PopulationFault::TooLong));
    let alternatives = |count| Population(many(count).into_iter().map(|it| [it].into()).collect());
    assert!(alternatives(20).fit().is_ok());
    assert_eq!(alternatives(21).fit(), Err(PopulationFault::TooLong));
    assert_eq!(
        of([&[Test::Unit(DESK)], &[Test::Organization(CUSTOMER), Test::Tier(Tier(1))]]).units(),
        BTreeSet::from([DESK, CUSTOMER])
    );
}
