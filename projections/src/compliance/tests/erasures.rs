//! Erasures and evidence holds: every figure another number, so that none can be taken for another.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Fact;
use domain::erasure::event::{
    Approved, Certified, DestructionBegun, KeysDestroyed, Purged, Refused, Requested, Withdrawn,
};
use domain::erasure::{ErasureEvent, ErasureGround, Exemption};
use domain::evidence_hold::event::{Lifted, Placed};
use domain::evidence_hold::{EvidenceHoldEvent, HeldObject};
use domain::kernel::{DataSubject, ErasureId, EvidenceHoldId, PersonId, Personal, TicketId};
use uuid::Uuid;

use super::super::Report;
use super::{always, figure, made, number, recorded, types_of};
use crate::testing::{AGENT, CLIENT, World, at};

const WHY: &str = "Nobody reads this in a report";

fn why() -> Personal<String> {
    Personal::of(DataSubject::Deployment, WHY.to_owned())
}

fn person(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(0x1000 + number))
}

fn erasure(number: u128, event: ErasureEvent) -> Fact {
    Fact::Erasure(ErasureId(Uuid::from_u128(0x2000 + number)), event)
}

fn requested(number: u128) -> Fact {
    let (ground, requester) = (ErasureGround::NoLongerNeeded, Some(AGENT));
    let requested = Requested { person: person(number), ground, why: why(), requester };
    erasure(number, ErasureEvent::Requested(requested))
}

fn approved(number: u128) -> Fact {
    erasure(number, ErasureEvent::Approved(Approved { by: CLIENT }))
}

fn refused(number: u128) -> Fact {
    let refused = Refused { by: CLIENT, ground: Exemption::LegalClaims, why: why() };
    erasure(number, ErasureEvent::Refused(refused))
}

fn withdrawn(number: u128) -> Fact {
    erasure(number, ErasureEvent::Withdrawn(Withdrawn {}))
}

/// From its beginning to the end of so many keys.
fn destroyed(number: u128, keys: u128) -> [Fact; 2] {
    let keys = (0..keys).map(|key| Uuid::from_u128(0x3000 + number * 16 + key)).collect();
    [
        erasure(number, ErasureEvent::DestructionBegun(DestructionBegun {})),
        erasure(number, ErasureEvent::KeysDestroyed(KeysDestroyed { keys })),
    ]
}

fn certified(number: u128) -> [Fact; 2] {
    let purged = Purged { streams: 1, views: [].into(), besides: [].into() };
    let certified = Certified { position: 9, root: "0".repeat(64) };
    [
        erasure(number, ErasureEvent::Purged(purged)),
        erasure(number, ErasureEvent::Certified(certified)),
    ]
}

fn hold(number: u128, event: EvidenceHoldEvent) -> Fact {
    Fact::EvidenceHold(EvidenceHoldId(Uuid::from_u128(0x4000 + number)), event)
}

/// On a person or on a ticket, by turns.
fn ending(number: u128, until: Option<DateTime<Utc>>) -> Fact {
    let on = match number % 2 {
        0 => HeldObject::Person(person(number)),
        _ => HeldObject::Ticket(TicketId(Uuid::from_u128(0x5000 + number))),
    };
    hold(number, EvidenceHoldEvent::Placed(Placed { on, why: why(), until }))
}

fn placed(number: u128) -> Fact {
    ending(number, None)
}

fn lifted(number: u128) -> Fact {
    hold(number, EvidenceHoldEvent::Lifted(Lifted { why: why() }))
}

/// One erasure is carried out, one is asked for; there are five holds.
fn before() -> Vec<Fact> {
    let mut all = vec![requested(0), approved(0)];
    all.extend(destroyed(0, 1));
    all.extend(certified(0));
    all.push(requested(1));
    all.extend((0..5).map(placed));
    all
}

/// Withdrawn 1, refused 2, keys gone but still shown 3, certified 4, not begun 2; nine holds more,
/// of which one came to its end before, and six are lifted.
fn after() -> Vec<Fact> {
    let mut all: Vec<Fact> = (2..=12).map(requested).collect();
    all.extend([withdrawn(1), refused(2), approved(3), refused(3)]);
    for (number, keys) in [(4, 1), (5, 0), (6, 2), (7, 2), (8, 1), (9, 1), (10, 1)] {
        all.push(approved(number));
        all.extend(destroyed(number, keys));
    }
    all.extend((4..=7).flat_map(certified));
    all.push(approved(11));
    all.extend((5..13).map(placed));
    all.push(ending(13, Some(at(0))));
    all.extend((0..6).map(lifted));
    all
}

/// A report up to the turn, and one from there on.
async fn told() -> (World, Report, Report) {
    let world = World::new().await;
    world.say(&before()).await;
    let middle = world.settled().await;
    world.say(&after()).await;
    let end = world.settled().await;
    let turn = recorded(&world, middle + 1).await;
    let (from, to) = always();
    let first = made(&world, (from, turn), end).await;
    let second = made(&world, (turn, to), end).await;
    (world, first, second)
}

#[tokio::test]
async fn every_figure_is_counted_in_its_period_and_opens_to_what_it_was_counted_from() {
    let (world, first, second) = told().await;
    let asked = "erasure.requested";
    let begun = ["erasure.approved", "erasure.destruction_begun", "erasure.keys_destroyed", asked];
    let done = [&begun[..], &["erasure.certified", "erasure.purged"]].concat();
    let expected: [(&str, [i64; 2], &[&str]); 10] = [
        ("requested", [2, 11], &[asked]),
        ("refused", [0, 2], &["erasure.approved", "erasure.refused", asked]),
        ("withdrawn", [0, 1], &[asked, "erasure.withdrawn"]),
        ("certified", [1, 4], &done),
        ("keys_destroyed", [1, 8], &["erasure.keys_destroyed"]),
        ("purges_open_at_end", [0, 3], &begun),
        ("open_at_end", [1, 5], &begun),
        ("holds_placed", [5, 9], &["evidence_hold.placed"]),
        ("holds_lifted", [0, 6], &["evidence_hold.lifted", "evidence_hold.placed"]),
        ("holds_standing_at_end", [5, 7], &["evidence_hold.placed"]),
    ];
    assert_eq!(second.section(14).unwrap().figures.len(), expected.len());
    for (name, numbers, types) in expected {
        assert_eq!([number(&first, 14, name), number(&second, 14, name)], numbers, "{name}");
        let mut types = types.to_vec();
        types.sort_unstable();
        let found = figure(&second, 14, name);
        assert_eq!(types_of(&world, &found.events).await, types, "{name}");
        assert_eq!(found.items.len() as i64, numbers[1], "{name}: a line each");
    }
    let moved = |report| {
        let of = |name| number(report, 14, name);
        of("requested") - of("refused") - of("withdrawn") - of("certified")
    };
    assert_eq!(moved(&first), number(&first, 14, "open_at_end"));
    let left = number(&first, 14, "open_at_end") + moved(&second);
    assert_eq!(left, number(&second, 14, "open_at_end"));
}

#[tokio::test]
async fn an_erasure_is_shown_with_whoever_asked_and_whoever_said_yes_and_nobodys_reasons() {
    let (_world, first, second) = told().await;
    let done = &figure(&first, 14, "certified").items[0];
    assert_eq!(done.events.to_string(), "1-6");
    assert_eq!(done.cells["person"], person(0).to_string());
    assert_eq!(done.cells["ground"], "NO_LONGER_NEEDED");
    // In this world one account appends everything.
    for who in ["requested_by", "approved_by"] {
        assert_eq!(done.cells[who], format!("person:{AGENT}"));
    }
    assert_eq!(done.cells["keys"], "1");
    assert!(!done.cells.contains_key("exemption"));
    // What came later is not told of what was only asked for then.
    let asked = &figure(&first, 14, "requested").items[1];
    assert_eq!((asked.events.to_string(), asked.cells.contains_key("keys")), ("7".into(), false));
    let no = &figure(&second, 14, "refused").items;
    assert!(no.iter().all(|item| item.cells["exemption"] == "LEGAL_CLAIMS"));
    let approved: Vec<bool> = no.iter().map(|it| it.cells.contains_key("approved_by")).collect();
    assert_eq!(approved, [false, true]);
    let open = figure(&second, 14, "open_at_end").items.iter().map(|item| &*item.cells["phase"]);
    let expected = ["KEYS_DESTROYED", "KEYS_DESTROYED", "KEYS_DESTROYED", "APPROVED", "REQUESTED"];
    assert_eq!(open.collect::<Vec<_>>(), expected);
    let key = &figure(&first, 14, "keys_destroyed").items[0];
    assert_eq!(key.cells["key"], Uuid::from_u128(0x3000).to_string());
    for report in [&first, &second] {
        assert!(!report.text().contains(WHY));
    }
}

#[tokio::test]
async fn a_hold_stands_until_it_is_lifted_or_its_end_has_come() {
    let world = World::new().await;
    world.say(&[placed(0)]).await;
    world.settled().await;
    let until = recorded(&world, 1).await + TimeDelta::days(30);
    world.say(&[ending(1, Some(until)), placed(2), lifted(2)]).await;
    let end = world.settled().await;
    let from = always().0;
    for (to, standing) in [(until - TimeDelta::microseconds(1), 2), (until, 1)] {
        let report = made(&world, (from, to), end).await;
        assert_eq!(number(&report, 14, "holds_standing_at_end"), standing, "{to}");
    }
    let before = made(&world, (from, recorded(&world, 4).await), end).await;
    let standing = figure(&before, 14, "holds_standing_at_end");
    assert_eq!(standing.events.to_string(), "1-3", "lifted later");
    let has = |cell: &str| -> Vec<bool> {
        standing.items.iter().map(|item| item.cells.contains_key(cell)).collect()
    };
    assert_eq!(has("until"), [false, true, false]);
    assert_eq!(has("person"), [true, false, true]);
    assert_eq!(has("ticket"), [false, true, false]);
}
