//! Reports of service levels and of compliance: who may have which, for which period, and the figures
//! themselves.
//!
//! The same for GraphQL and for files. What is counted is the domain's, which tickets are looked at
//! the read side's.

mod compliance;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::Permission;
use domain::access::decide::ObjectView;
use domain::kernel::{PersonId, UnitId};
use domain::report::sheet::Names;
use domain::report::{Group, Grouping, KpiQuestion, KpiTable, Part, Question, Report};
use projections::almanac::Almanac;
use projections::cases::{self, Lines, Place};
use projections::compliance::{ComplianceError, Report as ComplianceReport};
use projections::quality::{By, CheckFigures, Satisfaction, Within, checks, satisfaction};
use projections::{ReadError, directory, people, units};
use sqlx::PgPool;
use tokio::sync::{Mutex, Semaphore, SemaphorePermit};

use crate::gateway::{Caller, guard};

pub use compliance::ComplianceWish;

/// Reports that are counted at a time: each keeps a connection busy.
const PLACES: usize = 2;
/// How long one waits for its turn.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest period of a unit's report, in days.
pub const SLA_DAYS_MAX: i64 = 366;
/// The longest period of key figures, in days: ten years.
pub const KPI_DAYS_MAX: i64 = 3_660;

/// Counts; cheap to clone, clones share their places.
#[derive(Debug, Clone)]
pub struct Reporting {
    reads: PgPool,
    almanac: Almanac,
    places: Arc<Semaphore>,
    /// The last compliance report.
    last: Arc<Mutex<Option<Arc<ComplianceReport>>>>,
}

/// What was said of some work.
#[derive(Debug, Clone, Copy, Default)]
pub struct WorkQuality {
    /// By those who had asked for it; none: nobody was asked, and nobody answered.
    pub satisfaction: Option<Satisfaction>,
    /// By those who checked it; none: nobody did.
    pub checks: Option<CheckFigures>,
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Reports are for heads, of their own units, and for directors.
    #[error("this is not permitted")]
    Forbidden,
    /// There is no such unit.
    #[error("there is no such unit")]
    NoUnit,
    /// The period is none.
    #[error("the period ends before it begins")]
    Backwards,
    /// The period is longer than this many days.
    #[error("a period is at most {0} days")]
    TooLong(i64),
    /// Too many at once.
    #[error("too many reports at once; try again")]
    Busy,
    /// The read side failed.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// There is no compliance report that answers.
    #[error(transparent)]
    Compliance(#[from] ComplianceError),
}

/// What the people and units of a report are called.
#[derive(Debug, Default)]
pub struct KnownNames {
    people: HashMap<PersonId, String>,
    units: HashMap<UnitId, String>,
}

impl Names for KnownNames {
    fn person(&self, id: PersonId) -> Option<&str> {
        self.people.get(&id).map(String::as_str)
    }

    fn unit(&self, id: UnitId) -> Option<&str> {
        self.units.get(&id).map(String::as_str)
    }
}

/// A stretch of time, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// The first instant behind it.
    pub to: DateTime<Utc>,
}

/// Whose key figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whose {
    /// Only this unit's.
    pub unit: Option<UnitId>,
    /// Only this person's.
    pub person: Option<PersonId>,
    /// What they are told apart by.
    pub by: Grouping,
}

impl Period {
    fn fits(self, days: i64) -> Result<(), ReportError> {
        if self.to < self.from {
            return Err(ReportError::Backwards);
        }
        if self.to - self.from > TimeDelta::days(days) {
            return Err(ReportError::TooLong(days));
        }
        Ok(())
    }
}

impl Reporting {
    /// Reads by these connections.
    #[must_use]
    pub fn new(reads: PgPool, almanac: Almanac) -> Self {
        Self { reads, almanac, places: Arc::new(Semaphore::new(PLACES)), last: Arc::default() }
    }

    /// The report of a unit that the caller may have, as of now; its staff are those of now.
    ///
    /// # Errors
    /// The caller may not, there is no such unit, or the period is unfit.
    pub async fn question(
        &self,
        caller: &Caller,
        unit: UnitId,
        period: Period,
        now: DateTime<Utc>,
    ) -> Result<Question, ReportError> {
        must_be_allowed(caller, (Permission::SlaReportRead, Some(unit)), now)?;
        period.fits(SLA_DAYS_MAX)?;
        if units::by_ids(&self.reads, &[unit]).await?.is_empty() {
            return Err(ReportError::NoUnit);
        }
        let staff = directory::staff(&self.reads, unit).await?;
        let Period { from, to } = period;
        Ok(Question { unit, staff, from, to, at: now })
    }

    /// Key figures that the caller may have, as of now.
    ///
    /// # Errors
    /// The caller may not, or the period is unfit.
    pub fn kpi_question(
        &self,
        caller: &Caller,
        whose: Whose,
        period: Period,
        now: DateTime<Utc>,
    ) -> Result<KpiQuestion, ReportError> {
        must_be_allowed(caller, (Permission::KpiRead, whose.unit), now)?;
        period.fits(KPI_DAYS_MAX)?;
        let Period { from, to } = period;
        Ok(KpiQuestion { from, to, at: now, unit: whose.unit, person: whose.person, by: whose.by })
    }

    /// The figures of a unit's report.
    ///
    /// # Errors
    /// Too many at once, or the read side failed.
    pub async fn figures(&self, question: &Question) -> Result<Report, ReportError> {
        let _place = self.place().await?;
        Ok(cases::report(&self.reads, &self.almanac, question).await?)
    }

    /// Some lines of a part of it.
    ///
    /// # Errors
    /// The read side failed.
    pub async fn lines(
        &self,
        question: &Question,
        part: Part,
        first: i64,
        after: Option<Place>,
    ) -> Result<Lines, ReportError> {
        Ok(cases::lines(&self.reads, &self.almanac, question, part, (first, after)).await?)
    }

    /// Key figures.
    ///
    /// # Errors
    /// Too many at once, or the read side failed.
    pub async fn kpis(&self, question: &KpiQuestion) -> Result<KpiTable, ReportError> {
        let _place = self.place().await?;
        Ok(cases::kpis(&self.reads, &self.almanac, question).await?)
    }

    /// What requesters and checks said of the same work.
    ///
    /// # Errors
    /// The read side failed.
    pub async fn quality(
        &self,
        question: &KpiQuestion,
    ) -> Result<BTreeMap<Group, WorkQuality>, ReportError> {
        let by = By::of(question.by);
        let units = question.unit.map(|unit| [unit]);
        let within = Within {
            from: question.from,
            until: question.to,
            units: units.as_ref().map(<[_; 1]>::as_slice),
            person: question.person,
        };
        let mut all: BTreeMap<Group, WorkQuality> = BTreeMap::new();
        for said in satisfaction(&self.reads, by, within).await? {
            all.entry(said.group(by)).or_default().satisfaction = Some(said);
        }
        for found in checks(&self.reads, by, within).await? {
            all.entry(found.group(by)).or_default().checks = Some(found);
        }
        Ok(all)
    }

    /// The same in its turn, for who reads part by part.
    ///
    /// # Errors
    /// Too many at once, or the read side failed.
    pub async fn lines_in_turn(
        &self,
        question: &Question,
        part: Part,
        first: i64,
        after: Option<Place>,
    ) -> Result<Lines, ReportError> {
        let _place = self.place().await?;
        self.lines(question, part, first, after).await
    }

    /// Who is called what.
    ///
    /// # Errors
    /// The read side failed.
    pub async fn names(
        &self,
        people: &[PersonId],
        units: &[UnitId],
    ) -> Result<KnownNames, ReportError> {
        let people = people::by_ids(&self.reads, people).await?;
        let units = units::by_ids(&self.reads, units).await?;
        Ok(KnownNames {
            people: people.into_iter().map(|row| (row.person_id, row.name)).collect(),
            units: units.into_iter().map(|row| (row.unit_id, row.name)).collect(),
        })
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, ReportError> {
        match tokio::time::timeout(PATIENCE, self.places.acquire()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(ReportError::Busy),
        }
    }
}

/// Heads may have what is of their own units, directors everything.
fn must_be_allowed(
    caller: &Caller,
    (permission, unit): (Permission, Option<UnitId>),
    now: DateTime<Utc>,
) -> Result<(), ReportError> {
    let asked = caller.person.as_ref().zip(unit);
    let object = asked.map(|(person, unit)| ObjectView::of_unit(&person.world, &person.who, unit));
    guard::authorize(caller, permission, &object.unwrap_or_default(), now)
        .map(|_| ())
        .map_err(|_| ReportError::Forbidden)
}
