//! `replay rebuild`: makes views anew beside the live ones, compares, swaps; goes on with what
//! stopped, or stops what goes on.
//!
//! A rebuild that repairs a view is no finding: it says so plainly and ends well.

use std::sync::Arc;

use projections::rebuild::{Begin, Order, WORKERS, jobs};
use projections::{ProjectionError, ReadModel, RebuildReport, read_models, rebuild_as};
use serde_json::json;
use tokio::sync::watch;

use crate::cli::Rebuild;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;
use crate::progress::Progress;

/// Answers; ends within a second when `stop` turns true.
pub(super) async fn run(
    opened: &Opened,
    output: &mut Output,
    ask: &Rebuild,
    stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let models = chosen(&ask.name)?;
    if ask.cancel {
        return cancel(opened, output, &models).await;
    }
    let begin = if ask.resume { Begin::Resume } else { Begin::Anew };
    let mut begun = 0;
    for model in &models {
        let order = Order {
            begin,
            workers: ask.workers.map_or(WORKERS, usize::from),
            requested_by: "replay".to_owned(),
            stop: stop.clone(),
        };
        let mut progress = Progress::new(model.name());
        let step = |done, total| progress.step(done, total);
        let done = rebuild_as(&opened.journal, &opened.login, model, order, step).await;
        drop(progress);
        match done {
            Ok(report) => tell(output, &report)?,
            // Of all views some may have come to their end.
            Err(ProjectionError::NothingToResume(_)) if models.len() > 1 => continue,
            Err(error) => return Err(error.into()),
        }
        begun += 1;
    }
    if begun == 0 {
        return Err(Failure::BadInput("there is no rebuild to resume".to_owned()));
    }
    Ok(())
}

/// Stands for every view.
pub(super) const ALL: &str = "all";

/// The view of this name, or all of them.
pub(super) fn chosen(name: &str) -> Result<Vec<Arc<dyn ReadModel>>, Failure> {
    let mut models = read_models();
    if name == ALL {
        return Ok(models);
    }
    let names: Vec<&str> = models.iter().map(|model| model.name()).collect();
    let names = names.join(", ");
    models.retain(|model| model.name() == name);
    if models.is_empty() {
        return Err(Failure::BadInput(format!("the views are {names}; or say all")));
    }
    Ok(models)
}

async fn cancel(
    opened: &Opened,
    output: &mut Output,
    models: &[Arc<dyn ReadModel>],
) -> Result<(), Failure> {
    let mut cancelled = 0;
    for model in models {
        if let Some(job) = jobs::cancel(opened.journal.pool(), model.name()).await? {
            cancelled += 1;
            output.record(&json!({"view": job.projection, "job": job.id, "cancelled": true}))?;
            let (name, done, total) = (job.projection, job.done, job.total);
            output.say(&format!("{name:<10} cancelled at {done} of {total} events"))?;
        }
    }
    if cancelled == 0 {
        return Err(Failure::BadInput("no rebuild of it is under way".to_owned()));
    }
    Ok(())
}

fn tell(output: &mut Output, report: &RebuildReport) -> Result<(), Failure> {
    let equal = report.equal();
    output.record(&json!({
        "view": report.name,
        "job": report.job,
        "events": report.events,
        "rows": report.rows,
        "digest_before": report.digest_before,
        "digest_after": report.digest_after,
        "equal": equal,
        "note": report.note,
    }))?;
    let verdict = match equal {
        Some(true) => "equal",
        Some(false) => "NOT EQUAL: it told something else than the history does",
        None => "there was nothing to compare with",
    };
    let (name, rows, events) = (report.name, report.rows, report.events);
    output.say(&format!("{name:<10} {rows} rows from {events} events, {verdict}"))?;
    output.say(&format!("{:<10} before {}", "", report.digest_before))?;
    output.say(&format!("{:<10} after  {}", "", report.digest_after))?;
    if let Some(note) = &report.note {
        output.say(&format!("{:<10} {note}", ""))?;
    }
    output.flush()
}
