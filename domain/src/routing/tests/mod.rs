//! One test a rule; besides them the laws.

mod laws;
mod rules;

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};

use super::{Candidate, Question, RoutedUnit};
use crate::kernel::PersonId;
use crate::kernel::testing::world::{DESK, MAIL, noon};
use crate::person::state::{Deputy, Skill};
use crate::subject::event::DefaultsChosen;
use crate::unit::{RoutingMethod, UnitKind};

fn today() -> NaiveDate {
    noon().date_naive()
}

/// So many days from today; yesterday is -1.
fn day(days: i64) -> NaiveDate {
    today() + TimeDelta::days(days)
}

fn hours_ago(hours: i64) -> DateTime<Utc> {
    noon() - TimeDelta::hours(hours)
}

/// Somebody there with nothing to do and no skill.
fn idle(person: PersonId) -> Candidate {
    Candidate {
        person,
        active: true,
        tier: None,
        skills: BTreeMap::new(),
        deputy: None,
        load: 0,
        last_given: None,
    }
}

fn loaded(person: PersonId, load: u32) -> Candidate {
    Candidate { load, ..idle(person) }
}

/// Away from today until tomorrow.
fn away(candidate: Candidate, deputy: PersonId) -> Candidate {
    let until = today() + Days::new(1);
    Candidate { deputy: Some(Deputy { person: deputy, from: today(), until }), ..candidate }
}

fn skilled(candidate: Candidate, certified_until: Option<NaiveDate>) -> Candidate {
    let skills = BTreeMap::from([("network".to_owned(), Skill { level: 1, certified_until })]);
    Candidate { skills, ..candidate }
}

fn to_the_desk() -> DefaultsChosen {
    DefaultsChosen { unit: Some(DESK), ..DefaultsChosen::default() }
}

fn question(method: RoutingMethod, people: Vec<Candidate>) -> Question {
    let unit = RoutedUnit { id: DESK, kind: UnitKind::SupportUnit, closed: false, method, people };
    Question { subject: Some((MAIL, to_the_desk())), item: None, unit: Some(unit) }
}
