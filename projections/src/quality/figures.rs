//! Figures by unit or person: how content requesters were, and what checks found.
//!
//! An answer counts when it was given, a finding when it was found, and for the unit and person
//! whose work it was when the sample was drawn. What was corrected counts as it stands.

use chrono::{DateTime, NaiveDate, Utc};
use domain::kernel::{PersonId, UnitId};
use domain::report::{Group, Grouping};
use serde::Deserialize;
use sqlx::PgPool;
use uuid::Uuid;

use super::read::ids;
use crate::error::ReadError;
use crate::read::decode;

/// By what figures are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum By {
    /// Not at all: one row.
    All,
    /// Whose unit's work it was.
    Unit,
    /// Whose work it was: who resolved the ticket.
    Person,
    /// In which month (UTC) it was asked, answered or found.
    Month,
}

/// Which answers and findings count.
#[derive(Debug, Clone, Copy)]
pub struct Within<'a> {
    /// From then on,
    pub from: DateTime<Utc>,
    /// and before then.
    pub until: DateTime<Utc>,
    /// Work of these units; none: of all, and of none.
    pub units: Option<&'a [UnitId]>,
    /// Work of this person; none: of all, and of nobody.
    pub person: Option<PersonId>,
}

/// How content requesters were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Satisfaction {
    /// The unit or person; none: all, or the work of nobody's.
    pub of: Option<Uuid>,
    /// The first day of the month, by month.
    pub month: Option<NaiveDate>,
    /// How many were asked.
    pub asked: i64,
    /// How many answers there are.
    pub ratings: i64,
    /// Their sum, 1 to 5 each.
    pub points: i64,
    /// How many of them are 4 or 5.
    pub satisfied: i64,
}

/// What checks found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct CheckFigures {
    /// The unit or person; none: all, or the work of nobody's.
    pub of: Option<Uuid>,
    /// The first day of the month, by month.
    pub month: Option<NaiveDate>,
    /// How many tickets were checked.
    pub checks: i64,
    /// The sum of their scores, 0 to 100 each.
    pub points: i64,
}

impl By {
    /// As key figures are told apart.
    pub fn of(grouping: Grouping) -> Self {
        match grouping {
            Grouping::Whole => Self::All,
            Grouping::Unit => Self::Unit,
            Grouping::Person => Self::Person,
            Grouping::Month => Self::Month,
        }
    }

    fn group(self, of: Option<Uuid>, month: Option<NaiveDate>) -> Group {
        match self {
            Self::Unit => Group::Unit(of.map(UnitId)),
            Self::Person => Group::Person(of.map(PersonId)),
            Self::Month => month.map_or(Group::Whole, Group::Month),
            Self::All => Group::Whole,
        }
    }
}

impl Satisfaction {
    /// Whose it is among figures that are told apart like this.
    pub fn group(&self, by: By) -> Group {
        by.group(self.of, self.month)
    }

    /// The average answer, 1 to 5; none without any.
    pub fn average(&self) -> Option<f64> {
        (self.ratings > 0).then(|| self.points as f64 / self.ratings as f64)
    }

    /// The share of answers that are 4 or 5, in percent; none without any.
    pub fn satisfied_percent(&self) -> Option<f64> {
        (self.ratings > 0).then(|| self.satisfied as f64 * 100.0 / self.ratings as f64)
    }
}

impl CheckFigures {
    /// Whose they are among figures that are told apart like this.
    pub fn group(&self, by: By) -> Group {
        by.group(self.of, self.month)
    }

    /// The average score in percent; none without any.
    pub fn average(&self) -> Option<f64> {
        (self.checks > 0).then(|| self.points as f64 / self.checks as f64)
    }
}

/// How content requesters were, a row for each unit or person there is something to say of.
pub async fn satisfaction(
    pool: &PgPool,
    by: By,
    within: Within<'_>,
) -> Result<Vec<Satisfaction>, ReadError> {
    figures(pool, include_str!("sql/satisfaction.sql"), by, within).await
}

/// What checks found, a row for each unit or person there is something to say of.
pub async fn checks(
    pool: &PgPool,
    by: By,
    within: Within<'_>,
) -> Result<Vec<CheckFigures>, ReadError> {
    figures(pool, include_str!("sql/checks.sql"), by, within).await
}

async fn figures<T: serde::de::DeserializeOwned>(
    pool: &PgPool,
    sql: &'static str,
    by: By,
    within: Within<'_>,
) -> Result<Vec<T>, ReadError> {
    let rows = sqlx::query(sql)
        .bind(within.from)
        .bind(within.until)
        .bind(<&'static str>::from(by))
        .bind(ids(within.units))
        .bind(within.person.map(|person| person.0))
        .fetch_all(pool)
        .await?;
    decode("quality", &rows)
}
