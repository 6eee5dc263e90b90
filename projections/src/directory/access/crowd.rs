//! People as groups and rules look at them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::population::{Attributes, Population, Test};
use domain::kernel::{PersonId, UnitId};
use domain::person::Life;
use serde_json::{Map, Value, json};
use sqlx::{PgPool, Row};

use crate::directory::read::{PersonState, attributes, state};
use crate::error::ReadError;

/// People who were asked for, and all whom some populations may mean.
#[derive(Debug, Default)]
pub(in crate::directory) struct Crowd {
    people: BTreeMap<PersonId, Known>,
    /// Certificates end with a day.
    on: NaiveDate,
}

#[derive(Debug)]
struct Known {
    life: Life,
    attributes: Attributes,
    moved: i64,
}

impl Crowd {
    /// In one statement; none when nobody can be meant.
    pub(super) async fn read(
        pool: &PgPool,
        (people, populations): (&BTreeSet<PersonId>, &[&Population]),
        on: NaiveDate,
    ) -> Result<Self, ReadError> {
        let mut crowd = Self { people: BTreeMap::new(), on };
        if people.is_empty() && populations.is_empty() {
            return Ok(crowd);
        }
        let alternatives = populations.iter().flat_map(|population| &population.0);
        let alternatives: Vec<Value> = alternatives.map(alternative).collect();
        let rows = sqlx::query(include_str!("../sql/crowd.sql"))
            .bind(people.iter().map(|person| person.0).collect::<Vec<_>>())
            .bind(Value::Array(alternatives))
            .fetch_all(pool)
            .await?;
        for row in &rows {
            let person: PersonState = state(row)?;
            let (life, moved) = (person.life, row.try_get("moved")?);
            let known = Known { life, attributes: attributes(row)?, moved };
            crowd.people.insert(PersonId(row.try_get("person_id")?), known);
        }
        Ok(crowd)
    }

    /// Whether somebody is there and may act.
    pub(super) fn is_active(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|known| known.life == Life::Active)
    }

    /// How often what somebody has had been taken from when they were read.
    pub(super) fn moved(&self, person: PersonId) -> Option<i64> {
        self.people.get(&person).map(|known| known.moved)
    }

    /// Whether somebody is there and has not left.
    pub(super) fn is_here(&self, person: PersonId) -> bool {
        self.people.get(&person).is_some_and(|known| known.life != Life::Left)
    }

    /// What groups look at, on which day.
    pub(super) fn attributes(&self, person: PersonId) -> Option<(&Attributes, NaiveDate)> {
        self.people.get(&person).map(|known| (&known.attributes, self.on))
    }

    /// Everybody whom the population means and who has not left.
    pub(super) fn of<'a>(
        &'a self,
        population: &'a Population,
    ) -> impl Iterator<Item = PersonId> + 'a {
        let meant = self.people.iter().filter(|(_, known)| {
            known.life != Life::Left && population.includes(&known.attributes, self.on)
        });
        meant.map(|(person, _)| *person)
    }
}

/// As much of an alternative as a statement can tell: whoever is meant passes that.
fn alternative(tests: &BTreeSet<Test>) -> Value {
    let mut is = Map::new();
    let mut units: Vec<UnitId> = Vec::new();
    for test in tests {
        let (field, value) = match test {
            Test::Kind(kind) => ("kind", json!(kind)),
            Test::Organization(unit) => ("organization", json!(unit)),
            Test::Role(role) => ("role", json!(role)),
            Test::Tier(tier) => ("tier", json!(tier)),
            Test::Unit(unit) => {
                units.push(*unit);
                continue;
            }
            Test::Position(_) | Test::Skill { .. } => continue,
        };
        // Two values of one field are nobody's; whoever has the one is told apart afterwards.
        is.insert(field.to_owned(), value);
    }
    json!({"is": is, "units": units})
}
