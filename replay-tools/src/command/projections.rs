//! `replay projections`: how far each view is, and what it waits for.

use projections::ProjectionStatus;
use serde_json::json;

use crate::failure::Failure;
use crate::open::Opened;
use crate::output::{Output, cell};

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output) -> Result<(), Failure> {
    let all = projections::status(opened.journal.pool()).await?;
    output.say(&format!(
        "{:<14} {:<10} {:>10} {:>9} {:>7} {:>6} {:>5}  why",
        "view", "state", "at", "behind", "seconds", "parked", "slots"
    ))?;
    for status in all {
        tell(output, &status)?;
    }
    output.flush()
}

fn tell(output: &mut Output, status: &ProjectionStatus) -> Result<(), Failure> {
    let paused = status.paused.as_ref();
    output.record(&json!({
        "view": status.name,
        "version": status.version,
        "state": status.state.to_string(),
        "applied_through": status.applied_through,
        "lag_events": status.lag_events,
        "lag_seconds": status.lag_seconds,
        "parked": status.parked,
        "slots": status.slots,
        "events_per_second": status.events_per_second,
        "failing_since": status.failing_since,
        "last_error": status.last_error,
        "paused_at": paused.map(|paused| paused.at),
        "paused_by": paused.map(|paused| &paused.by),
        "pause_reason": paused.map(|paused| &paused.reason),
    }))?;
    let why = paused.map(|paused| paused.reason.as_str()).or(status.last_error.as_deref());
    let line = format!(
        "{:<14} {:<10} {:>10} {:>9} {:>7} {:>6} {:>5}  {}",
        status.name,
        status.state.to_string(),
        status.applied_through,
        status.lag_events,
        status.lag_seconds.ceil(),
        status.parked,
        status.slots,
        cell(why.unwrap_or_default(), 60),
    );
    output.say(line.trim_end())
}
