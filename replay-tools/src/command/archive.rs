//! `replay archive`: what was signed since the last time, as a folder more.

use journal::bundle;
use serde_json::json;

use super::export;
use crate::cli::Archive;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;
use crate::progress::Progress;

/// Answers.
pub(super) async fn run(
    opened: &Opened,
    output: &mut Output,
    ask: &Archive,
) -> Result<(), Failure> {
    let anchor = export::anchor(opened)?;
    let mut conn = opened.snapshot().await?;
    let mut progress = Progress::new("archive");
    let step = |done, total| progress.step(done, total);
    let archived = bundle::archive(&mut conn, &anchor, &ask.folder, step).await?;
    drop(progress);
    let Some(archived) = archived else {
        output.record(&json!({"exported": null}))?;
        return output.say("nothing was signed since the last time");
    };
    export::tell(output, &archived, &ask.folder)
}
