//! 2: who was there, came, moved and left. There is no directory of another system to reconcile with.

use domain::kernel::PersonId;
use domain::person::{Life, PersonKind};

use super::super::document::{Item, Section, Tally};
use super::super::known::{KnownPerson, Mark};
use super::{View, instant};

pub(super) fn section(view: &View<'_>) -> Section {
    let people = &view.known.people;
    let period = view.period();
    let there = |position: i64| {
        let mut tally = Tally::default();
        for person in people.values().filter(|person| person.is_there(position)) {
            tally.add([person.registered.position]);
        }
        tally
    };
    // Each with the position since which it is so.
    let at_end = |since: &dyn Fn(&KnownPerson) -> Option<i64>| {
        let mut tally = Tally::default();
        for person in people.values().filter(|person| person.is_there(period.1)) {
            if let Some(since) = since(person) {
                tally.add([person.registered.position, since]);
            }
        }
        tally
    };
    let marks = |of: &dyn Fn(&KnownPerson) -> Vec<Mark>| -> Tally {
        let all = people.iter().flat_map(|(id, person)| of(person).into_iter().map(|it| (*id, it)));
        all.filter(|(_, mark)| mark.is_in(period)).map(|(id, mark)| line(id, &mark)).collect()
    };
    let mut section = Section::new(2, "Population");
    section.count("people_at_start", there(period.0));
    section.count("people_at_end", there(period.1));
    section.count("joined", marks(&|person| vec![person.registered.clone()]));
    section.count("moved", marks(&|person| person.moved.clone()));
    section.count("left", marks(&|person| person.left.iter().cloned().collect()));
    section.count("suspended", marks(&|person| person.suspended.clone()));
    section.count("restored", marks(&|person| person.restored.clone()));
    let suspended = |person: &KnownPerson| {
        let (since, life) = person.life.since(period.1)?;
        (*life == Life::Suspended).then_some(since)
    };
    section.count("suspended_at_end", at_end(&suspended));
    let of_kind = |kind: PersonKind| {
        at_end(&|person| (person.kind == kind).then_some(person.registered.position))
    };
    section.count("staff_at_end", of_kind(PersonKind::Staff));
    section.count("clients_at_end", of_kind(PersonKind::Client));
    let second = |person: &KnownPerson| {
        let (since, of) = person.second_of.since(period.1)?;
        of.is_some().then_some(since)
    };
    section.count("second_accounts_at_end", at_end(&second));
    section
}

fn line(person: PersonId, mark: &Mark) -> Item {
    Item::of([mark.position])
        .with("person", person)
        .with("at", instant(mark.at))
        .with("by", &mark.by)
}
