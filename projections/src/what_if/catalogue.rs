//! What a supposition may refer to, as it was at a place in the log.

use std::collections::BTreeMap;

use domain::Fact;
use domain::calendar::CalendarEvent;
use domain::kernel::{CalendarFacts, CalendarId, Facts, Needs, UnitFacts, UnitId};
use domain::unit::Unit;
use journal::JournalError;
use sqlx::PgConnection;

use crate::keyless;

/// The calendars by identity: each with its name and the number of its latest version.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue(BTreeMap<CalendarId, (String, i64)>);

impl Catalogue {
    /// As it was after this place in the log.
    ///
    /// # Errors
    /// The log cannot be read.
    pub async fn read(conn: &mut PgConnection, through: i64) -> Result<Self, JournalError> {
        let rows =
            sqlx::query(include_str!("sql/calendars.sql")).bind(through).fetch_all(conn).await?;
        let mut found = BTreeMap::new();
        for row in &rows {
            let (fact, version) = keyless::fact(row)?;
            if let Fact::Calendar(id, CalendarEvent::Defined(defined)) = fact {
                found.insert(id, (defined.name, version));
            }
        }
        Ok(Self(found))
    }

    /// The calendar of this name, whatever its case; none when there is none.
    pub fn named(&self, name: &str) -> Option<CalendarId> {
        let name = name.trim().to_lowercase();
        self.0.iter().find(|(_, (known, _))| known.to_lowercase() == name).map(|(id, _)| *id)
    }

    fn facts(&self) -> BTreeMap<CalendarId, CalendarFacts> {
        let facts = |(id, (_, version)): (&CalendarId, &(String, i64))| {
            (*id, CalendarFacts { version: *version })
        };
        self.0.iter().map(facts).collect()
    }
}

/// What is known of the calendars and units that a supposition needs, after this place in the log.
///
/// # Errors
/// The log cannot be read.
pub async fn facts(
    conn: &mut PgConnection,
    catalogue: &Catalogue,
    needs: &Needs,
    through: i64,
) -> Result<Facts, JournalError> {
    let ids: Vec<String> = needs.units.iter().map(UnitId::to_string).collect();
    let rows =
        sqlx::query(include_str!("sql/units.sql")).bind(ids).bind(through).fetch_all(conn).await?;
    let mut units: BTreeMap<UnitId, Unit> = BTreeMap::new();
    for row in &rows {
        if let (Fact::Unit(id, event), _) = keyless::fact(row)? {
            units.entry(id).or_default().evolve(event);
        }
    }
    let known = |(id, unit): (UnitId, Unit)| {
        let body = unit.0?;
        Some((id, UnitFacts { kind: body.kind, closed: body.closed }))
    };
    let all = Facts {
        calendars: catalogue.facts(),
        units: units.into_iter().filter_map(known).collect(),
        ..Facts::default()
    };
    Ok(all.of(needs))
}
