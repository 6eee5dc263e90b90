//! The directory as it was behind one event of the log: a fold of the events up to there.
//!
//! The tables know only what is so now. Of the past the same sayings are merged in memory, and what
//! follows from them is worked out by the same code; so that what is decided of the past is what was
//! decided then. It costs a pass over all events that rights depend on: of everybody's, or of a few
//! people's. Called for questions about the past.

mod tables;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::decide::{SubjectState, World};
use domain::access::model::{Exception, Human};
use domain::access::sod::{Breach, Tenure};
use domain::kernel::{PersonId, ServiceAccountId, UnitId};
use domain::person::Life;
use futures_util::TryStreamExt;
use journal::upcast::Upcasters;
use serde_json::Value;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::access::said::ACCESS;
use super::access::{Bearing, Settled, Wanted, accounts};
use super::principal::{Around, Principal, unit, who};
use super::read::{PersonState, attributes_of, parsed};
use crate::error::ReadError;
use crate::history::fact;
use tables::Tables;

/// More events than these are not folded for one question.
pub const PAST_MAX: i64 = 200_000;

/// What is read whole: what holds for everybody.
const WHOLE: [&str; 9] = [
    "access_group",
    "access_policy",
    "deny_rule",
    "resource_type",
    "role",
    "service_account",
    "settings",
    "sod_rule",
    "unit",
];
/// What is read of those who are asked about.
const OF_SOMEBODY: [&str; 2] = ["person", "subject_access"];

/// Who was who, and had what.
#[derive(Debug)]
pub struct Past {
    tables: Tables,
    settled: Settled,
    at: DateTime<Utc>,
}

impl Past {
    /// Up to this place of the log, as of the instant of its event if none is said. Knows these people
    /// and those in whose place they acted; none: everybody.
    ///
    /// # Errors
    /// More events than [`PAST_MAX`]; an event that is gone or cannot be understood; the database.
    pub async fn read(
        conn: &mut PgConnection,
        upcasters: &Upcasters,
        (position, at): (i64, Option<DateTime<Utc>>),
        people: Option<BTreeSet<PersonId>>,
    ) -> Result<Self, ReadError> {
        let at = match at {
            Some(at) => at,
            None => instant(conn, position).await?,
        };
        let mut tables = folded(conn, upcasters, position, people.as_ref(), PAST_MAX).await?;
        if let Some(mut people) = people {
            let lenders: BTreeSet<PersonId> =
                people.iter().flat_map(|person| lenders(&tables, *person)).collect();
            if !lenders.is_subset(&people) {
                people.extend(lenders);
                tables = folded(conn, upcasters, position, Some(&people), PAST_MAX).await?;
            }
        }
        let settled = tables.settle(position)?;
        Ok(Self { tables, settled, at })
    }

    /// The same of everybody, for who can wait: reports and the replay tools. At most so many events.
    ///
    /// # Errors
    /// There are more of them; the database.
    pub async fn of_everybody(
        conn: &mut PgConnection,
        upcasters: &Upcasters,
        (position, at): (i64, DateTime<Utc>),
        most: i64,
    ) -> Result<Self, ReadError> {
        let tables = folded(conn, upcasters, position, None, most).await?;
        let settled = tables.settle(position)?;
        Ok(Self { tables, settled, at })
    }

    /// The instant it is about.
    pub fn at(&self) -> DateTime<Utc> {
        self.at
    }

    /// Everybody who is known, in the order of their identities.
    pub fn people(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.tables.people.keys().copied().map(PersonId)
    }

    /// Whether there was such a unit.
    pub fn has_unit(&self, unit: UnitId) -> bool {
        self.tables.units.contains_key(&unit.0)
    }

    /// What was known of a person; none: they were not registered.
    ///
    /// # Errors
    /// An event said what this version does not understand.
    pub fn principal(&self, id: PersonId) -> Result<Option<Principal>, ReadError> {
        let Some(of) = self.bearing(id)? else { return Ok(None) };
        let lenders = lenders(&self.tables, id);
        let each = lenders.iter().filter_map(|lender| self.bearing(*lender).transpose());
        let wanted = Wanted {
            of,
            lenders: each.collect::<Result<_, _>>()?,
            on: self.at.date_naive(),
            rules: self.settled.revision,
        };
        let accounts =
            accounts(lenders.iter().chain([&id]).flat_map(|person| self.holdings(person.0)))?;
        let world = Arc::new(self.settled.world(&wanted, &accounts));
        let person = self.state(id)?.ok_or(ReadError::Row("directory_people"))?;
        let mut standing = who(id, &person, self.around(id, &person)?);
        for lender in &lenders {
            let Some(state) = self.state(*lender)? else { continue };
            standing.lenders.push(who(*lender, &state, self.around(*lender, &state)?));
        }
        Ok(Some(Principal {
            who: standing,
            kind: person.kind,
            active: person.life == Life::Active,
            language: person.language,
            premises: Vec::new(),
            world,
        }))
    }

    /// What a program had; none: it was not there.
    ///
    /// # Errors
    /// As above.
    pub fn program(&self, id: ServiceAccountId) -> Result<Option<World>, ReadError> {
        Ok(self.settled.program(id, &accounts(self.holdings(id.0))?))
    }

    /// Every program that was not over, in the order of their identities.
    pub fn programs(&self) -> impl Iterator<Item = ServiceAccountId> + '_ {
        self.settled.programs()
    }

    /// What people broke of the static rules of duties at that instant, and by which of their accounts
    /// together.
    ///
    /// # Errors
    /// As above.
    pub fn breaches(&self) -> Result<Vec<(Human, Breach)>, ReadError> {
        let mut all: BTreeMap<Human, (BTreeSet<Tenure>, Vec<Exception>)> = BTreeMap::new();
        for person in self.people() {
            let Some(principal) = self.principal(person)? else { continue };
            if principal.world.state() == SubjectState::Terminated {
                continue;
            }
            let of = all.entry(self.settled.humans.behind(person)).or_default();
            of.0.extend(principal.world.held().iter().filter_map(|held| Tenure::of(&held.grant)));
            let accounts = accounts(self.holdings(person.0))?;
            of.1.extend(accounts.into_values().flat_map(|account| account.exceptions));
        }
        let mut found = Vec::new();
        for (human, (tenures, exceptions)) in all {
            let tenures: Vec<Tenure> = tenures.into_iter().collect();
            let breaches = self.settled.separation.conflicts(&tenures, &exceptions).into_iter();
            let now = |breach: &Breach| {
                breach.from <= self.at && breach.until.is_none_or(|until| self.at < until)
            };
            found.extend(breaches.filter(now).map(|breach| (human, breach)));
        }
        Ok(found)
    }

    fn holdings(&self, id: Uuid) -> impl Iterator<Item = (Uuid, String, Value)> + '_ {
        let rows = self.tables.held_by(id);
        rows.map(|((id, holding), state)| (*id, holding.clone(), state.clone().into()))
    }

    fn state(&self, id: PersonId) -> Result<Option<PersonState>, ReadError> {
        let state = self.tables.people.get(&id.0);
        state.map(|state| parsed(state.clone().into())).transpose()
    }

    fn bearing(&self, person: PersonId) -> Result<Option<Bearing>, ReadError> {
        let Some(state) = self.tables.people.get(&person.0) else { return Ok(None) };
        let known: PersonState = parsed(state.clone().into())?;
        let units = self.units(person).map(|(unit, _)| unit).collect();
        let access = self.tables.holdings.get(&(person.0, ACCESS.to_owned()));
        let revision = access.and_then(|state| state.get("revision")?.as_i64());
        Ok(Some(Bearing {
            person,
            life: known.life,
            attributes: attributes_of(state.clone().into(), units)?,
            revision: revision.unwrap_or_default(),
        }))
    }

    /// The units somebody belonged to, and whether they headed each by appointment.
    fn units(&self, person: PersonId) -> impl Iterator<Item = (UnitId, bool)> + '_ {
        let all = self.tables.memberships.iter();
        let theirs = all.filter(move |((_, member), (is, _))| *member == person.0 && *is);
        theirs.map(|((unit, _), (_, is_head))| (UnitId(*unit), *is_head))
    }

    fn around(&self, id: PersonId, person: &PersonState) -> Result<Around, ReadError> {
        let by_role = person.role == domain::person::Role::UnitHead;
        let appointed = self.units(id).filter(|(_, is_head)| by_role || *is_head);
        let mut heads: BTreeSet<UnitId> = appointed.map(|(unit, _)| unit).collect();
        let of = |state: &serde_json::Map<String, Value>, field: &str| {
            state.get(field).and_then(Value::as_str).and_then(|id| id.parse::<Uuid>().ok())
        };
        let below = self.tables.units.iter().filter(|(_, state)| {
            of(state, "parent").is_some_and(|parent| heads.contains(&UnitId(parent)))
        });
        let below: Vec<UnitId> = below.map(|(unit, _)| UnitId(*unit)).collect();
        heads.extend(below);
        let people = self
            .tables
            .memberships
            .iter()
            .filter(|((unit, _), (member, _))| *member && heads.contains(&UnitId(*unit)));
        let led: BTreeSet<Uuid> = self
            .tables
            .units
            .iter()
            .filter(|(_, state)| of(state, "lead") == Some(id.0))
            .map(|(unit, _)| *unit)
            .filter(|unit| person.organization.is_none_or(|own| own.0 == *unit))
            .collect();
        let clients = self.tables.people.iter().filter(|(_, state)| {
            of(state, "organization").is_some_and(|organization| led.contains(&organization))
        });
        let dispatch_unit = self.tables.settings.get("dispatch_unit").and_then(Value::as_str);
        Ok(Around {
            units: self.units(id).map(|(unit, _)| unit).collect(),
            people: people.map(|((_, person), _)| PersonId(*person)).collect(),
            clients: clients.map(|(person, _)| PersonId(*person)).collect(),
            heads,
            dispatch_unit: dispatch_unit.map(unit).transpose()?,
        })
    }
}

/// In whose place somebody acted.
fn lenders(tables: &Tables, person: PersonId) -> BTreeSet<PersonId> {
    let grants = tables.held_by(person.0).filter_map(|(_, state)| state.get("delegated_by"));
    let lenders = grants.filter_map(|by| by.as_str()?.parse::<Uuid>().ok());
    lenders.map(PersonId).collect()
}

async fn instant(conn: &mut PgConnection, position: i64) -> Result<DateTime<Utc>, ReadError> {
    let sql = include_str!("../sql/past_instant.sql");
    let row = sqlx::query(sql).bind(position).fetch_one(conn).await?;
    let recorded: Option<DateTime<Utc>> = row.try_get("recorded_at")?;
    Ok(recorded.unwrap_or(DateTime::UNIX_EPOCH))
}

async fn folded(
    conn: &mut PgConnection,
    upcasters: &Upcasters,
    position: i64,
    people: Option<&BTreeSet<PersonId>>,
    most: i64,
) -> Result<Tables, ReadError> {
    let people: Option<Vec<String>> =
        people.map(|people| people.iter().map(|person| person.0.to_string()).collect());
    let mut rows = sqlx::query(include_str!("../sql/past.sql"))
        .bind(position)
        .bind(WHOLE.map(str::to_owned).to_vec())
        .bind(OF_SOMEBODY.map(str::to_owned).to_vec())
        .bind(people)
        .bind(most + 1)
        .fetch(conn);
    let (mut tables, mut passed) = (Tables::default(), 0);
    while let Some(row) = rows.try_next().await? {
        passed += 1;
        if passed > most {
            return Err(ReadError::BadFilter(TOO_MUCH));
        }
        let (fact, version) = fact(upcasters, &row)?;
        tables.pass(&fact, version);
    }
    Ok(tables)
}

/// What is said of a past that is too long.
const TOO_MUCH: &str = "rights depend on more events up to there than are folded for one answer; those of one person may not";
