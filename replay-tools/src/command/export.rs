//! `replay export`: the history, or a part of it, as a folder of files that anybody can check.

use std::collections::BTreeSet;
use std::path::Path;

use domain::Fact;
use journal::bundle::{self, Anchor, Chosen, Exported};
use journal::read::head_of;
use projections::compliance::{self, sha256};
use serde_json::json;

use super::verify::{parsed, read};
use crate::cli::Export;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;
use crate::progress::Progress;
use crate::stream;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, ask: &Export) -> Result<(), Failure> {
    let chosen = chosen(opened, ask).await?;
    let anchor = anchor(opened)?;
    let mut conn = opened.snapshot().await?;
    let mut progress = Progress::new("export");
    let step = |done, total| progress.step(done, total);
    let exported = bundle::export(&mut conn, &anchor, &chosen, &ask.folder, step).await?;
    drop(progress);
    tell(output, &exported, &ask.folder)
}

/// What was written where.
pub(super) fn tell(
    output: &mut Output,
    Exported { manifest, unsigned }: &Exported,
    folder: &Path,
) -> Result<(), Failure> {
    output.record(&json!({"exported": manifest, "unsigned": unsigned}))?;
    let folder = folder.display();
    output.say(&format!(
        "{:<10} {} of {} events in {folder}",
        "exported", manifest.events, manifest.size
    ))?;
    output.say(&format!("{:<10} {}", "root", manifest.root))?;
    if *unsigned > 0 {
        output.say(&format!("{:<10} {unsigned} newer events are not in it", "unsigned"))?;
    }
    Ok(())
}

/// The newest checkpoint of the data folder.
pub(super) fn anchor(opened: &Opened) -> Result<Anchor, Failure> {
    let signed = &opened.signed;
    Ok(Anchor::open(&signed.policy(), &signed.checkpoints(), signed.log())?)
}

/// What a report drew, and the event that it was made.
async fn sampled(opened: &Opened, path: &Path) -> Result<Chosen, Failure> {
    let bytes = read(path)?;
    let report = parsed(path, &bytes)?;
    let mut conn = opened.snapshot().await?;
    // Nothing in a report lies behind its position: whoever wrote it, the log bounds what it draws.
    if head_of(&mut conn).await? < report.question.at {
        return Err(Failure::BadInput(format!("{} is of a longer log", path.display())));
    }
    let drawn = report.sampled();
    if drawn.count() == 0 {
        return Err(Failure::BadInput(format!("{} has drawn nothing", path.display())));
    }
    let made = compliance::kept(&mut conn, &sha256(&bytes)).await?;
    let numbers: BTreeSet<i64> = drawn.iter().chain(made).collect();
    Ok(Chosen::Events(numbers.into_iter().collect()))
}

async fn chosen(opened: &Opened, ask: &Export) -> Result<Chosen, Failure> {
    if let Some(name) = &ask.ticket {
        let mut conn = opened.snapshot().await?;
        let found = stream::ticket(&opened.journal, &mut conn, name).await?;
        let Some(Fact::Ticket(id, _)) = found.first().map(|first| &first.fact) else {
            return Err(Failure::BadInput(format!("{name} is not a ticket")));
        };
        return Ok(Chosen::Ticket(id.0));
    }
    if let (Some(from), Some(to)) = (ask.from, ask.to) {
        if from >= to {
            return Err(Failure::BadInput("a period ends after its beginning".to_owned()));
        }
        return Ok(Chosen::Period { from, to });
    }
    if let Some(path) = &ask.report {
        return sampled(opened, path).await;
    }
    let part = ask.ci.map(Chosen::Ci).or(ask.person.map(Chosen::Person));
    Ok(part.unwrap_or(Chosen::All))
}
