//! Duties of one object: by the human, by another account of theirs, in another's place.

use uuid::Uuid;

use crate::access::model::{DoneDuty, Duty, DutyName, Human, SodAction, SodKind, SodRule};
use crate::access::sod::{Doing, broken};
use crate::kernel::SodRuleId;
use crate::kernel::testing::world::{ANNA, BEN, HEIDI};

fn name(text: &str) -> DutyName {
    text.parse().unwrap()
}

fn rule(id: u128, object_type: &str, duties: &[&str]) -> SodRule {
    let duty = |text: &&str| Duty { name: name(text), actions: Default::default() };
    SodRule {
        id: SodRuleId(Uuid::from_u128(id)),
        name: id.to_string(),
        action: SodAction::Block,
        kind: SodKind::Dynamic {
            object_type: object_type.to_owned(),
            duties: duties.iter().map(duty).collect(),
        },
    }
}

fn request() -> SodRule {
    rule(1, "access_request", &["request", "benefit", "approve"])
}

fn done(duty: &str, human: Human, acting_for: Option<Human>) -> DoneDuty {
    DoneDuty { duty: name(duty), human, acting_for }
}

fn doing<'a>(duty: &'a DutyName, human: Human, acting_for: Option<Human>) -> Doing<'a> {
    Doing { object_type: "access_request", duty, human, acting_for }
}

const A: Human = Human(ANNA);
const B: Human = Human(BEN);
const H: Human = Human(HEIDI);

#[test]
fn nobody_does_two_duties_of_one_object() {
    let rules = [request()];
    let approve = name("approve");
    let breaks = |human, acting_for, done: &[DoneDuty]| {
        !broken(&rules, doing(&approve, human, acting_for), done).is_empty()
    };
    let requested = [done("request", A, None), done("benefit", B, None)];
    assert!(breaks(A, None, &requested), "who asked");
    assert!(breaks(B, None, &requested), "for whom");
    assert!(!breaks(H, None, &requested), "somebody else");
    assert!(breaks(H, Some(A), &requested), "in the place of who asked");
    let in_place = [done("request", H, Some(A))];
    assert!(breaks(A, None, &in_place), "for whom it was asked in their place");
    assert!(breaks(H, None, &in_place), "who did so");
    assert!(breaks(B, Some(H), &in_place), "in the place of who did so");
    assert!(!breaks(B, None, &in_place));
    assert!(!breaks(A, None, &[]), "nothing was done");
}

#[test]
fn the_same_duty_again_breaks_nothing() {
    let approve = name("approve");
    let rules = [request()];
    assert!(broken(&rules, doing(&approve, A, None), &[done("approve", A, None)]).is_empty());
}

#[test]
fn only_duties_that_the_rule_names_on_objects_it_is_for() {
    let (approve, watch) = (name("approve"), name("watch"));
    let requested = [done("request", A, None)];
    let rules = [request()];
    assert!(broken(&rules, doing(&watch, A, None), &requested).is_empty());
    assert!(broken(&rules, doing(&approve, A, None), &[done("watch", A, None)]).is_empty());
    let elsewhere = [rule(2, "ticket", &["request", "approve"])];
    assert!(broken(&elsewhere, doing(&approve, A, None), &requested).is_empty());
}

#[test]
fn every_rule_that_is_broken_is_told() {
    let rules =
        [request(), rule(2, "ticket", &[]), rule(3, "access_request", &["request", "approve"])];
    let approve = name("approve");
    let found = broken(&rules, doing(&approve, A, None), &[done("request", A, None)]);
    let found: Vec<u128> = found.iter().map(|rule| rule.id.0.as_u128()).collect();
    assert_eq!(found, [1, 3]);
    let found = broken(&rules, doing(&approve, A, None), &[done("benefit", A, None)]);
    assert_eq!(found.len(), 1);
}
