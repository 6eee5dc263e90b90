//! `replay jobs`: the last rebuilds, whoever asked for them.

use projections::rebuild::{Job, jobs};
use serde_json::json;

use crate::failure::Failure;
use crate::open::Opened;
use crate::output::{Output, cell};

/// How many.
const LAST: i64 = 50;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output) -> Result<(), Failure> {
    for job in jobs::newest(opened.journal.pool(), None, LAST).await? {
        record(output, &job)?;
        output.say(&line(&job))?;
    }
    Ok(())
}

fn record(output: &mut Output, job: &Job) -> Result<(), Failure> {
    output.record(&json!({
        "job": job.id,
        "view": job.projection,
        "version": job.version,
        "state": job.state.to_string(),
        "workers": job.workers,
        "done": job.done,
        "total": job.total,
        "rate_per_second": job.rate.round(),
        "eta_seconds": job.eta_seconds(),
        "digest_before": job.digest_before,
        "digest_after": job.digest_after,
        "equal": job.equal(),
        "rows": job.rows,
        "note": job.note,
        "error": job.error,
        "requested_by": job.requested_by,
        "requested_at": job.requested_at,
        "started_at": job.started_at,
        "finished_at": job.finished_at,
    }))
}

fn line(job: &Job) -> String {
    let verdict = match (&job.error, job.equal()) {
        (Some(error), _) => cell(error, 60),
        (None, Some(true)) => "equal".to_owned(),
        (None, Some(false)) => "NOT EQUAL".to_owned(),
        (None, None) => String::new(),
    };
    let at = job.requested_at.format("%Y-%m-%d %H:%M:%S");
    let (name, state, done, total) = (&job.projection, job.state, job.done, job.total);
    let who = cell(&job.requested_by, 40);
    let state = state.to_string();
    let line = format!("{at}  {name:<13} {state:<11} {done}/{total}  by {who}  {verdict}");
    line.trim_end().to_owned()
}
