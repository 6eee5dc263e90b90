//! What the log keeps of reports: their hashes.

use domain::compliance_report::ComplianceReportEvent;
use sqlx::{PgConnection, Row};

use super::ComplianceError;

/// The kind of event that keeps one.
pub const KEPT: &str = "compliance_report.generated";

/// The hash that such an event keeps, by its payload as it is stored; none: this is no such payload.
pub fn kept_in(payload: &str) -> Option<String> {
    let ComplianceReportEvent::Generated(generated) = serde_json::from_str(payload).ok()?;
    Some(generated.sha256)
}

/// The position of the event that a report with this SHA-256, in lower-case hex, was made; none: the
/// log knows no such report.
///
/// # Errors
/// The log cannot be read.
pub async fn kept(conn: &mut PgConnection, sha256: &str) -> Result<Option<i64>, ComplianceError> {
    let query = sqlx::query(include_str!("sql/kept.sql")).bind(sha256);
    let row = query.fetch_optional(conn).await?;
    Ok(row.map(|row| row.try_get("global_seq")).transpose()?)
}
