//! The questions, and what is wrong with them.

use async_graphql::{Context, Error, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use domain::report::Group;
use projections::cases::Place;
use projections::compliance::ComplianceError;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::kpi::KeyFigures;
use super::sla::SlaReport;
use super::words::KpiGrouping;
use crate::graphql::access::{SignedIn, working_caller};
use crate::graphql::context::services;
use crate::graphql::error::{bad_cursor, bad_id, bad_request, coded, forbidden, internal, unread};
use crate::graphql::id::decode;
use crate::graphql::page::{Connection, PageSize, part, place};
use crate::graphql::scalar::Cursor;
use crate::http::graphql::RequestErrorCode;
use crate::reporting::{Period, ReportError, Whose};

/// What the cursors of key figures belong to.
const KPIS: &str = "kpis";

/// How the desk does.
#[derive(Default)]
pub(in crate::graphql) struct ReportQuery;

/// How the desk does.
#[Object]
impl ReportQuery {
    /// What a unit did in a period and how it kept its service levels, for its heads and for
    /// directors; null when there is no such unit.
    #[graphql(guard = "SignedIn")]
    async fn sla_report(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit.")] unit_id: ID,
        #[graphql(desc = "The first instant of the period.")] from: DateTime<Utc>,
        #[graphql(desc = "The first instant behind it, at most 366 days later.")] to: DateTime<Utc>,
    ) -> Result<Option<SlaReport>> {
        let caller = working_caller(cx)?;
        let unit = decode(&unit_id).map_err(bad_id)?;
        let services = services(cx)?;
        let now = services.gateway.now();
        match services.reporting.question(caller, unit, Period { from, to }, now).await {
            Ok(question) => Ok(Some(SlaReport { question, figures: OnceCell::new() })),
            Err(ReportError::NoUnit) => Ok(None),
            Err(error) => Err(unreported(error)),
        }
    }

    /// Key figures of a period, for heads of one of their units, for directors of any or of all.
    /// They are counted from the whole past, so that a period may lie before the first report.
    #[graphql(guard = "SignedIn")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn kpis(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The first instant of the period.")] from: DateTime<Utc>,
        #[graphql(desc = "The first instant behind it, at most ten years later.")] to: DateTime<
            Utc,
        >,
        #[graphql(desc = "Only what this unit had.")] unit_id: Option<ID>,
        #[graphql(desc = "Only what this person did.")] person_id: Option<ID>,
        #[graphql(desc = "What they are told apart by.", default_with = "KpiGrouping::Whole")]
        by: KpiGrouping,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<KeyFigures>> {
        let caller = working_caller(cx)?;
        let unit = unit_id.as_ref().map(decode).transpose().map_err(bad_id)?;
        let person = person_id.as_ref().map(decode).transpose().map_err(bad_id)?;
        let services = services(cx)?;
        let (whose, now) = (Whose { unit, person, by: by.into() }, services.gateway.now());
        let question = services.reporting.kpi_question(caller, whose, Period { from, to }, now);
        let question = question.map_err(unreported)?;
        let mut table = services.reporting.kpis(&question).await.map_err(unreported)?.0;
        let said = services.reporting.quality(&question).await.map_err(unreported)?;
        for group in said.keys() {
            table.entry(*group).or_default();
        }
        let all = table.into_iter().map(|(group, figures)| {
            let quality = said.get(&group).copied().unwrap_or_default();
            (key(group), KeyFigures { group, figures, quality })
        });
        part(KPIS, all.collect(), first, after)
    }
}

/// A row's place in the list.
fn key(group: Group) -> String {
    match group {
        Group::Whole => String::new(),
        Group::Unit(unit) => unit.map(|unit| unit.to_string()).unwrap_or_default(),
        Group::Person(person) => person.map(|person| person.to_string()).unwrap_or_default(),
        Group::Month(day) => day.to_string(),
    }
}

/// Tenths of a percent as a percentage.
pub(super) fn percent(permille: u64) -> f64 {
    u32::try_from(permille).map_or(f64::NAN, f64::from) / 10.0
}

/// Where a page of lines goes on.
pub(super) fn place_of(list: &str, after: &Cursor) -> Result<Place> {
    let text: String = place(list, after)?;
    let place = || {
        let (micros, ticket) = text.split_once('/')?;
        let instant = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
        Some((instant, TicketId(Uuid::parse_str(ticket).ok()?)))
    };
    place().ok_or_else(bad_cursor)
}

/// Why there is no report.
pub(in crate::graphql) fn unreported(error: ReportError) -> Error {
    match error {
        ReportError::Forbidden => forbidden(),
        ReportError::Read(error) | ReportError::Compliance(ComplianceError::Read(error)) => {
            unread(error)
        }
        ReportError::Compliance(ComplianceError::Journal(error)) => internal(error),
        ReportError::Busy => coded(RequestErrorCode::Unavailable.as_str(), error.to_string()),
        ReportError::NoUnit
        | ReportError::Backwards
        | ReportError::TooLong(_)
        | ReportError::Compliance(_) => bad_request(error.to_string()),
    }
}
