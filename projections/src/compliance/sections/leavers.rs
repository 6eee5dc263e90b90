//! 4: how long those who left still had something.
//!
//! Counted from when they left to when the last of what they had was over, both by when it happened.
//! What is to end later than anything that is looked at was recorded has not ended.
//! Whoever had nothing had nothing at once: the journal refuses whoever has left.

use chrono::TimeDelta;
use domain::access::model::AccessSubject;
use domain::kernel::PersonId;

use super::super::document::{Item, Section, Value};
use super::super::known::{KnownGrant, Mark};
use super::{View, instant};

/// What auditors call in time.
const IN_TIME: TimeDelta = TimeDelta::hours(24);

/// Somebody who left.
struct Leaver {
    item: Item,
    /// None: something is left.
    seconds: Option<i64>,
}

pub(super) fn section(view: &View<'_>) -> Section {
    let people = view.known.people.iter();
    let left = people.filter_map(|(id, person)| {
        let left = person.left.as_ref().filter(|left| left.is_in(view.period()))?;
        Some(leaver(view, *id, left))
    });
    let mut leavers: Vec<Leaver> = left.collect();
    leavers.sort_by_key(|leaver| leaver.seconds);
    let mut section = Section::new(4, "Leavers");
    section.count("leavers", leavers.iter().map(|leaver| leaver.item.clone()).collect());
    let timed: Vec<&Leaver> = leavers.iter().filter(|leaver| leaver.seconds.is_some()).collect();
    for (name, percent) in [("seconds_p50", 50), ("seconds_p95", 95), ("seconds_max", 100)] {
        let found = rank(timed.len(), percent).map(|rank| timed[rank]);
        let value = found.and_then(|leaver| leaver.seconds).map_or(Value::Nothing, Value::Number);
        let events = found.map(|leaver| leaver.item.events.clone()).unwrap_or_default();
        section.say(name, value, events);
    }
    let late = timed.iter().filter(|leaver| leaver.seconds > Some(IN_TIME.num_seconds()));
    section.count("later_than_a_day", late.map(|leaver| leaver.item.clone()).collect());
    let open = leavers.iter().filter(|leaver| leaver.seconds.is_none());
    section.count("still_having_something", open.map(|leaver| leaver.item.clone()).collect());
    section
}

/// The nearest rank.
fn rank(of: usize, percent: usize) -> Option<usize> {
    (of * percent).div_ceil(100).checked_sub(1)
}

fn leaver(view: &View<'_>, person: PersonId, left: &Mark) -> Leaver {
    let (known, seen) = (view.known, view.span.seen);
    let ids = known.given.get(&AccessSubject::Person(person)).into_iter().flatten();
    let had: Vec<&KnownGrant> = ids
        .filter_map(|id| known.grants.get(id))
        .filter(|grant| grant.over(seen).is_none_or(|over| left.at < over))
        .collect();
    let ends: Option<Vec<_>> = had.iter().map(|grant| grant.over(seen)).collect();
    let over = ends.map(|ends| ends.into_iter().fold(left.at, Ord::max));
    let seconds = over.map(|over| (over - left.at).num_seconds());
    let ends = had.iter().filter_map(|grant| grant.ended.as_ref().map(|(_, it)| it.position));
    let events = had.iter().map(|grant| grant.made.position).chain(ends);
    let item = Item::of(events.chain([left.position]))
        .with("person", person)
        .with("left_at", instant(left.at))
        .with("grants", had.len())
        .maybe("over_at", over.map(instant))
        .maybe("seconds", seconds);
    Leaver { item, seconds }
}
