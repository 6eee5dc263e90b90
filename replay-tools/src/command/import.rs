//! `replay import`: a whole history out of a bundle into an empty journal, once it has proved sound.

use journal::bundle;
use journal::postgres::connect::{self, ActingAs};
use serde_json::json;

use super::verify;
use crate::cli::Import;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;
use crate::progress::Progress;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, ask: &Import) -> Result<(), Failure> {
    let asked = verify::Asked {
        folder: ask.folder.clone(),
        policy: ask.policy.clone(),
        since: ask.since.clone(),
    };
    let sound = verify::bundle(output, asked).await?;
    let mut conn = connect::connection(opened.owner(), ActingAs::Login).await?;
    let mut progress = Progress::new("import");
    let step = |done, total| progress.step(done, total);
    bundle::import(&mut conn, &sound, &opened.signed, step).await?;
    drop(progress);
    let manifest = &sound.manifest;
    output.record(&json!({"imported": {"events": manifest.events, "root": manifest.root}}))?;
    output.say(&format!("{:<10} {} events", "imported", manifest.events))
}
