//! Reads what the report is made of. Everything is bounded by positions, so that what is added to the
//! log meanwhile makes no difference.

use chrono::{DateTime, Utc};
use domain::compliance_report::Question;
use futures_util::TryStreamExt;
use journal::upcast::Upcasters;
use sqlx::{PgConnection, Row};

use super::document::{DOCUMENT_MAX, FORMAT, Report};
use super::known::Known;
use super::sections::{View, all};
use super::told::Told;
use super::{CONTROLS, ComplianceError};
use crate::directory::past::Past;

/// More events on access than these are not folded into one report.
pub const EVENTS_MAX: i64 = 2_000_000;

/// What is read; of units only their barriers besides.
const TYPES: [&str; 14] = [
    "access_group",
    "access_policy",
    "access_request",
    "access_template",
    "assignment_rule",
    "deny_rule",
    "erasure",
    "evidence_hold",
    "person",
    "resource_type",
    "role",
    "service_account",
    "sod_rule",
    "subject_access",
];

/// Where the period lies in the log.
#[derive(Debug)]
pub(super) struct Span {
    pub(super) origin: String,
    pub(super) after: i64,
    pub(super) through: i64,
    /// The last position there is, up to the one asked.
    last: i64,
    /// When the last event up to there was recorded: what ends later has not ended.
    pub(super) seen: DateTime<Utc>,
    pub(super) entries: i64,
}

/// A tree that was signed.
#[derive(Debug)]
pub(super) struct Anchor {
    pub(super) size: i64,
    pub(super) root: Vec<u8>,
    pub(super) signers: Vec<String>,
}

/// What was signed of the log.
#[derive(Debug)]
pub(super) struct Sealing {
    pub(super) start: Option<Anchor>,
    pub(super) end: Option<Anchor>,
    pub(super) last: Option<Anchor>,
    pub(super) checkpoints: i64,
    /// The event that waited longest, and for how many milliseconds.
    pub(super) slowest: Option<(i64, i64)>,
}

/// The question in the words in which it can be asked again later: its checkpoint is the last one that
/// was signed of a tree no larger than asked.
///
/// # Errors
/// It makes no sense, or the log cannot be read.
pub async fn settled(
    conn: &mut PgConnection,
    question: &Question,
) -> Result<Question, ComplianceError> {
    question.fits()?;
    let last = anchor(conn, question.signed.min(question.at)).await?;
    Ok(Question { signed: last.map_or(0, |anchor| anchor.size), ..question.clone() })
}

/// The report. Within a transaction it may take longer than other questions may.
///
/// # Errors
/// The question makes no sense, or the log cannot be read.
pub async fn report(
    conn: &mut PgConnection,
    upcasters: &Upcasters,
    question: &Question,
) -> Result<Report, ComplianceError> {
    sqlx::query(include_str!("sql/patience.sql")).execute(&mut *conn).await?;
    let question = &settled(conn, question).await?;
    let span = span(conn, question).await?;
    if span.last < question.at {
        return Err(ComplianceError::TooShort);
    }
    let known = known(conn, upcasters, question.at).await?;
    let end = (span.through, question.to);
    let past = Past::of_everybody(conn, upcasters, end, EVENTS_MAX).await?;
    let sealing = sealing(conn, question, &span).await?;
    let breaches = past.breaches()?;
    let view =
        View { question, span: &span, known: &known, sealing: &sealing, breaches: &breaches };
    let sections = all(&view);
    let there = |number: &&u8| sections.iter().any(|section| section.number == **number);
    let controls = CONTROLS.iter().map(|(control, numbers)| {
        ((*control).into(), numbers.iter().filter(there).copied().collect())
    });
    let report = Report {
        format: FORMAT.into(),
        origin: span.origin.clone(),
        after: span.after,
        through: span.through,
        controls: controls.collect(),
        question: question.clone(),
        sections,
    };
    if report.fits_in(DOCUMENT_MAX) { Ok(report) } else { Err(ComplianceError::TooLarge) }
}

async fn span(conn: &mut PgConnection, question: &Question) -> Result<Span, ComplianceError> {
    let query = sqlx::query(include_str!("sql/span.sql"));
    let query = query.bind(question.from).bind(question.to).bind(question.at);
    let row = query.fetch_one(conn).await?;
    let (after, through): (i64, i64) = (row.try_get("after")?, row.try_get("through")?);
    let (origin, entries) = (row.try_get("origin")?, row.try_get("entries")?);
    let (last, seen): (i64, Option<DateTime<Utc>>) = (row.try_get("last")?, row.try_get("seen")?);
    let seen = seen.unwrap_or(question.to);
    // Side by side recorded, an event may stand before one that is a moment older.
    Ok(Span { origin, after, through: through.max(after), last, seen, entries })
}

async fn known(
    conn: &mut PgConnection,
    upcasters: &Upcasters,
    at: i64,
) -> Result<Known, ComplianceError> {
    let mut rows = sqlx::query(include_str!("sql/told.sql"))
        .bind(at)
        .bind(TYPES.map(str::to_owned).to_vec())
        .bind(EVENTS_MAX + 1)
        .fetch(conn);
    let (mut known, mut passed) = (Known::default(), 0);
    while let Some(row) = rows.try_next().await? {
        passed += 1;
        if passed > EVENTS_MAX {
            return Err(ComplianceError::TooMuch);
        }
        known.fold(&Told::of(upcasters, &row)?);
    }
    Ok(known)
}

async fn sealing(
    conn: &mut PgConnection,
    question: &Question,
    span: &Span,
) -> Result<Sealing, ComplianceError> {
    let most = question.signed.min(question.at);
    let last = anchor(conn, most).await?;
    let start = anchor(conn, span.after.min(most)).await?;
    let end = anchor(conn, span.through.min(most)).await?;
    let row = sqlx::query(include_str!("sql/sealing.sql"))
        .bind(span.after)
        .bind(span.through)
        .bind(most)
        .fetch_one(conn)
        .await?;
    let slowest: Option<i64> = row.try_get("global_seq")?;
    let millis: Option<i64> = row.try_get("millis")?;
    let (checkpoints, slowest) = (row.try_get("checkpoints")?, slowest.zip(millis));
    Ok(Sealing { start, end, last, checkpoints, slowest })
}

async fn anchor(conn: &mut PgConnection, most: i64) -> Result<Option<Anchor>, ComplianceError> {
    let query = sqlx::query(include_str!("sql/checkpoint.sql")).bind(most);
    let Some(row) = query.fetch_optional(conn).await? else { return Ok(None) };
    let note: String = row.try_get("note")?;
    let signers = note
        .lines()
        .filter_map(|line| line.strip_prefix("\u{2014} ")?.split(' ').next().map(str::to_owned));
    let signers = signers.collect();
    Ok(Some(Anchor { size: row.try_get("size")?, root: row.try_get("root")?, signers }))
}
