//! The figures of a small history that everybody can count by hand.

use domain::Fact;
use domain::access::model::{AccessSubject, GrantSource, RiskTier, RoleDefinition, SodAction};
use domain::access_request::AccessRequestEvent;
use domain::access_request::event::Approved;
use domain::compliance_report::Question;
use domain::kernel::{AccessRequestId, PersonId};
use domain::person::{PersonEvent, Role, event as person};
use domain::role::RoleEvent;
use domain::subject_access::event::GrantMade;
use uuid::Uuid;

use super::super::{Report, Value};
use super::{always, figure, made, number, recorded, value};
use crate::testing::access::{
    closed, defined, definition, granted, made as made_grant, opened, parted, revoked, role,
    submitted,
};
use crate::testing::{AGENT, World, registered};

const ASKED: AccessRequestId = AccessRequestId(Uuid::from_u128(0x77));
pub(super) const LEAVER: PersonId = PersonId(Uuid::from_u128(0x5e));
const ANNA: PersonId = PersonId(Uuid::from_u128(0x5f));

fn leaver() -> AccessSubject {
    AccessSubject::Person(LEAVER)
}

fn anna() -> AccessSubject {
    AccessSubject::Person(ANNA)
}

pub(super) fn left(id: PersonId) -> Fact {
    Fact::Person(id, PersonEvent::Left(person::Left {}))
}

/// A history, a minute an event. Ends before the first who leaves.
pub(super) fn before() -> Vec<Fact> {
    let powerful = RoleDefinition {
        risk: RiskTier::Privileged,
        ..definition(2, &["role.define", "role.retire"])
    };
    let above = RoleDefinition { juniors: [role(2)].into(), ..definition(3, &["ticket.open"]) };
    let asked =
        GrantMade { request: Some(ASKED), source: GrantSource::Request, ..made_grant(1, role(1)) };
    // The approval was of another role.
    let other =
        GrantMade { request: Some(ASKED), source: GrantSource::Request, ..made_grant(2, role(2)) };
    vec![
        registered(AGENT, "agent", Role::Agent, None),
        registered(LEAVER, "leaver", Role::Agent, None),
        registered(ANNA, "anna", Role::Agent, None),
        defined(definition(1, &["ticket.open", "ticket.close"])),
        defined(powerful),
        defined(above),
        submitted(ASKED, anna(), role(1)),
        Fact::AccessRequest(ASKED, AccessRequestEvent::Approved(Approved {})),
        opened(anna()),
        granted(anna(), asked),
        granted(anna(), other),
        opened(leaver()),
        granted(leaver(), made_grant(3, role(1))),
        granted(leaver(), GrantMade { source: GrantSource::BreakGlass, ..made_grant(4, role(3)) }),
    ]
}

/// Somebody leaves, has something for two minutes more, and rules change.
fn after() -> Vec<Fact> {
    vec![
        left(LEAVER),
        revoked(leaver(), 3),
        closed(leaver()),
        parted(1, [role(1), role(2)], SodAction::Record),
        Fact::Role(
            role(1),
            RoleEvent::Redefined(Box::new(definition(1, &["ticket.open", "ticket.start_work"]))),
        ),
    ]
}

async fn told() -> (World, i64, Report, Report) {
    let world = World::new().await;
    world.say(&before()).await;
    let middle = world.settled().await;
    world.say(&after()).await;
    let at = world.settled().await;
    let turn = recorded(&world, middle + 1).await;
    let (always_from, always_to) = always();
    let first = made(&world, (always_from, turn), at).await;
    let second = made(&world, (turn, always_to), at).await;
    assert_eq!((first.after, first.through), (0, middle));
    assert_eq!((second.after, second.through), (middle, at));
    (world, middle, first, second)
}

#[tokio::test]
async fn who_came_and_went_adds_up() {
    let (_world, _, first, second) = told().await;
    for report in [&first, &second] {
        let of = |name| number(report, 2, name);
        assert_eq!(of("people_at_start") + of("joined") - of("left"), of("people_at_end"));
        assert_eq!(of("staff_at_end") + of("clients_at_end"), of("people_at_end"));
    }
    assert_eq!(number(&first, 2, "joined"), 3);
    assert_eq!(number(&second, 2, "people_at_start"), 3);
    assert_eq!(number(&second, 2, "left"), 1);
}

#[tokio::test]
async fn grants_are_counted_with_whoever_said_yes_and_those_without_are_named() {
    let (_world, middle, first, second) = told().await;
    assert_eq!(number(&first, 3, "made"), 4);
    assert_eq!(number(&first, 3, "held_at_end"), 4);
    assert_eq!(number(&second, 3, "held_at_start"), 4);
    assert_eq!(number(&second, 3, "held_at_end"), 2);
    assert_eq!(number(&second, 3, "revoked") + number(&second, 3, "ended_with_access"), 2);
    assert_eq!(number(&first, 3, "made_upon_approval"), 1);
    assert_eq!(
        number(&first, 3, "made_upon_approval_without_vote"),
        1,
        "by a rule that asks nobody"
    );
    let chained = figure(&first, 3, "made_upon_approval");
    // Asked, approved, granted.
    assert_eq!(chained.items[0].events.to_string(), "7-8,10");
    assert_eq!(
        number(&first, 3, "made_without_approval"),
        3,
        "an approval of another role is none"
    );
    let parts: i64 = ["made_upon_approval", "made_by_rule_or_loan", "made_without_approval"]
        .map(|name| number(&first, 3, name))
        .iter()
        .sum();
    assert_eq!(parts, number(&first, 3, "made"));
    assert!(first.figure(3, 3).unwrap().events.iter().all(|event| event <= middle));
}

#[tokio::test]
async fn leavers_are_timed_from_leaving_to_the_last_thing_they_had() {
    let (_world, _, first, second) = told().await;
    assert_eq!(
        (number(&first, 4, "leavers"), value(&first, 4, "seconds_max")),
        (0, Value::Nothing)
    );
    assert_eq!(number(&second, 4, "leavers"), 1);
    for name in ["seconds_p50", "seconds_p95", "seconds_max"] {
        assert_eq!(number(&second, 4, name), 120);
    }
    assert_eq!(number(&second, 4, "later_than_a_day"), 0);
    assert_eq!(number(&second, 4, "still_having_something"), 0);
}

#[tokio::test]
async fn whoever_left_and_was_forgotten_is_named() {
    let world = World::new().await;
    world.say(&before()).await;
    world.say(&[left(LEAVER)]).await;
    let at = world.settled().await;
    let report = made(&world, always(), at).await;
    assert_eq!(number(&report, 4, "still_having_something"), 1);
    assert_eq!(value(&report, 4, "seconds_p95"), Value::Nothing);
}

#[tokio::test]
async fn rules_of_duties_are_named_with_whoever_breaks_them() {
    let (_world, _, first, second) = told().await;
    assert_eq!((number(&first, 6, "static_rules"), number(&first, 6, "broken_at_end")), (0, 0));
    assert_eq!((number(&second, 6, "static_rules"), number(&second, 6, "broken_at_end")), (1, 1));
    let broken = figure(&second, 6, "broken_at_end");
    assert_eq!(broken.items[0].cells["human"], ANNA.to_string());
    // Both grants, and the rule.
    assert_eq!(broken.items[0].events.to_string(), "10-11,18");
}

#[tokio::test]
async fn privileged_roles_count_those_above_them_too() {
    let (_world, _, first, second) = told().await;
    assert_eq!(number(&first, 7, "privileged_roles"), 2);
    assert_eq!(number(&first, 7, "held_at_end"), 2);
    assert_eq!(number(&first, 7, "taken_in_emergency"), 1);
    assert_eq!(number(&second, 7, "held_at_end"), 1, "the leaver's is gone");
}

#[tokio::test]
async fn a_changed_role_tells_what_it_gives_more_and_less_and_to_how_many() {
    let (_world, _, _, second) = told().await;
    let change = &second.figure(11, 1).unwrap().items[0];
    assert_eq!(change.cells["more"], "ticket.start_work");
    assert_eq!(change.cells["less"], "ticket.close");
    assert_eq!(change.cells["grants"], "1", "of whoever is left");
    assert!(change.cells["changed"].starts_with("entries: ["));
    assert_eq!(number(&second, 11, "roles_that_give_more_to_holders"), 1);
}

#[tokio::test]
async fn integrity_says_what_is_signed_and_what_is_not() {
    let (world, _, _, _) = told().await;
    let at = world.settled().await;
    let unsigned = made(&world, always(), at).await;
    assert_eq!(number(&unsigned, 12, "unsigned_events"), at);
    assert_eq!(number(&unsigned, 12, "entries_missing"), 0);
    assert_eq!(value(&unsigned, 12, "signed_root"), Value::Nothing);
    let sign = "insert into journal.checkpoints (size, root, note) values
        (5, decode(repeat('ab', 32), 'hex'), E'x\\n5\\n\\n\u{2014} example.org/log AAAA\\n')";
    world.tamper(sign).await;
    let signed = made(&world, always(), at).await;
    assert_eq!(number(&signed, 12, "unsigned_events"), at - 5);
    assert_eq!(value(&signed, 12, "signed_root"), Value::Text("ab".repeat(32)));
    assert_eq!((number(&signed, 12, "signatures"), signed.question.signed), (1, 5));
    let asked_again = Question { signed: unsigned.question.signed, ..signed.question };
    assert_eq!(
        super::made_of(&world, asked_again).await,
        unsigned,
        "what was signed since is not looked at"
    );
}
