//! Key figures of a unit, a person or a month.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::NaiveDate;
use domain::kernel::{PersonId, UnitId};
use domain::report::{AGES, Group, KeyFigures as Figures, permille};

use super::query::percent;
use super::sla::SlaSuccess;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::scalar::Date;
use crate::graphql::unit::Unit;
use crate::reporting::WorkQuality;

/// What happened in a period.
pub(in crate::graphql) struct KeyFigures {
    pub(super) group: Group,
    pub(super) figures: Figures,
    pub(super) quality: WorkQuality,
}

/// How content those were who had asked for the work.
#[derive(SimpleObject)]
struct KpiSatisfaction {
    /// How many were asked in the period.
    asked: i64,
    /// How many answered in the period.
    ratings: i64,
    /// The mean of the answers, 1 to 5; null without any.
    average: Option<f64>,
    /// The share of answers that are 4 or 5; null without any.
    satisfied_percent: Option<f64>,
}

/// What quality checks found.
#[derive(SimpleObject)]
struct KpiQualityChecks {
    /// How many tickets were checked in the period.
    checks: i64,
    /// The mean of their scores, 0 to 100; null without any.
    average_percent: Option<f64>,
}

/// How many tickets of an age were open.
#[derive(SimpleObject)]
struct KpiBacklog {
    /// At least so many whole days old.
    from_days: i64,
    /// And younger than so many; null: however old.
    to_days: Option<i64>,
    /// How many.
    tickets: u64,
}

impl KeyFigures {
    fn unit_id(&self) -> Option<UnitId> {
        if let Group::Unit(unit) = self.group { unit } else { None }
    }

    fn person_id(&self) -> Option<PersonId> {
        if let Group::Person(person) = self.group { person } else { None }
    }

    fn first_day(&self) -> Option<NaiveDate> {
        if let Group::Month(day) = self.group { Some(day) } else { None }
    }
}

/// What happened in a period: to a unit, by a person, in a month, or in all.
#[Object]
impl KeyFigures {
    /// The unit, by unit; null of what no unit had, and otherwise.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(unit) = self.unit_id() else { return Ok(None) };
        loader::unit(cx, unit).await
    }

    /// The person, by person; null of what nobody did, and otherwise.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(person) = self.person_id() else { return Ok(None) };
        loader::person(cx, person).await
    }

    /// The first day of the month, by month; null otherwise.
    async fn month(&self) -> Option<Date> {
        self.first_day().map(Date)
    }

    /// Tickets that were opened; to the person who reported them, and the unit they were for.
    async fn opened(&self) -> u64 {
        self.figures.opened
    }

    /// Tickets that were solved, for the last time, and how their clocks stood in the end.
    async fn resolved(&self) -> SlaSuccess {
        self.figures.resolved.into()
    }

    /// The mean time to resolve: what the deadline clock used, in its hours; without a plan, by the
    /// wall clock. Null when nothing was solved.
    async fn mean_resolution_seconds(&self) -> Option<i64> {
        self.figures.mean_resolution_seconds()
    }

    /// Resolutions, also of tickets that were solved again.
    async fn resolutions(&self) -> u64 {
        self.figures.resolutions
    }

    /// The share of resolutions that a reopening undid, to a tenth; null without any.
    async fn reopen_percent(&self) -> Option<f64> {
        permille(self.figures.undone, self.figures.resolutions).map(percent)
    }

    /// The share of solved tickets whose unit had changed, to a tenth; null without any.
    async fn reassignment_percent(&self) -> Option<f64> {
        permille(self.figures.reassigned, self.figures.resolved.tickets).map(percent)
    }

    /// The share of solved tickets that the first who worked on them solved, in their first unit,
    /// never reopened; to a tenth, null without any.
    async fn first_contact_percent(&self) -> Option<f64> {
        permille(self.figures.first_contact, self.figures.resolved.tickets).map(percent)
    }

    /// Tickets that were open at the period's end, or now if that is earlier, by age; to whoever held
    /// them, else to all they were given to.
    async fn backlog(&self) -> Vec<KpiBacklog> {
        let ends = AGES.iter().skip(1).copied().map(Some).chain([None]);
        let ages = AGES.iter().zip(ends).zip(self.figures.backlog);
        ages.map(|((from, to_days), tickets)| KpiBacklog { from_days: *from, to_days, tickets })
            .collect()
    }

    /// How long tickets were held, within the period.
    async fn handling_seconds(&self) -> i64 {
        self.figures.handling_seconds
    }

    /// How content requesters were with the work, by the surveys; to who resolved the ticket.
    async fn satisfaction(&self) -> KpiSatisfaction {
        let said = self.quality.satisfaction;
        KpiSatisfaction {
            asked: said.map_or(0, |said| said.asked),
            ratings: said.map_or(0, |said| said.ratings),
            average: said.and_then(|said| said.average()),
            satisfied_percent: said.and_then(|said| said.satisfied_percent()),
        }
    }

    /// What quality checks found in the work; to who resolved the ticket.
    async fn quality_checks(&self) -> KpiQualityChecks {
        let found = self.quality.checks;
        KpiQualityChecks {
            checks: found.map_or(0, |found| found.checks),
            average_percent: found.and_then(|found| found.average()),
        }
    }
}
