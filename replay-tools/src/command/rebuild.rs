//! `replay rebuild`: makes views anew beside the live ones, compares, swaps.
//!
//! A rebuild that repairs a view is no finding: it says so plainly and ends well.

use std::sync::Arc;

use projections::{ReadModel, RebuildReport, read_models};
use serde_json::json;

use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;
use crate::progress::Progress;

/// What a report has in place of the digest of tables that cannot be compared.
const NONE: &str = "none";

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, name: &str) -> Result<(), Failure> {
    for model in chosen(name)? {
        let mut progress = Progress::new(model.name());
        let report = projections::rebuild(&opened.journal, &opened.login, &model, |done, total| {
            progress.step(done, total)
        })
        .await?;
        drop(progress);
        tell(output, &report)?;
    }
    Ok(())
}

fn chosen(name: &str) -> Result<Vec<Arc<dyn ReadModel>>, Failure> {
    let mut models = read_models();
    if name == "all" {
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

fn tell(output: &mut Output, report: &RebuildReport) -> Result<(), Failure> {
    let equal = equal(report);
    output.record(&json!({
        "view": report.name,
        "events": report.events,
        "rows": report.rows,
        "digest_before": report.digest_before,
        "digest_after": report.digest_after,
        "equal": equal,
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
    output.flush()
}

/// Whether the view was right; none when there was none, or that of another version.
fn equal(report: &RebuildReport) -> Option<bool> {
    (report.digest_before != NONE).then(|| report.digest_before == report.digest_after)
}
