//! `replay compliance-report`: the report of a period, counted from the log alone; byte by byte the one
//! that a server makes of the same question.

use domain::compliance_report::Question;
use journal::read::head_of;
use projections::compliance::{self, page};

use crate::cli::ComplianceReport;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;

/// Answers.
pub(super) async fn run(
    opened: &Opened,
    output: &mut Output,
    asked: &ComplianceReport,
) -> Result<(), Failure> {
    let mut conn = opened.snapshot().await?;
    let at = match asked.at {
        Some(at) => at,
        None => head_of(&mut conn).await?,
    };
    let signed = asked.signed.unwrap_or(i64::MAX);
    let (from, to, sample) = (asked.from, asked.to, asked.draw());
    let question = Question { from, to, at, signed, sample };
    let report = compliance::report(&mut conn, opened.journal.upcasters(), &question).await?;
    let text = if asked.html { page(&report) } else { report.text() };
    output.raw(text.as_bytes())
}
