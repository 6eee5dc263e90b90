//! `replay prove`: that one event stands in the signed log, as a file that needs nothing else.

use std::fs;
use std::path::Path;

use journal::bundle::{self, Proven};
use serde_json::json;

use super::export::anchor;
use crate::cli::Prove;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, ask: &Prove) -> Result<(), Failure> {
    let anchor = anchor(opened)?;
    let mut conn = opened.snapshot().await?;
    let Proven { proof, event, .. } = bundle::prove(&mut conn, &anchor, ask.position).await?;
    if let Some(path) = &ask.event {
        write(path, &event)?;
    }
    let Some(path) = &ask.out else { return output.raw(proof.to_string().as_bytes()) };
    write(path, proof.to_string().as_bytes())?;
    let (position, size) = (ask.position, anchor.size());
    output.record(&json!({"proven": {"position": position, "size": size}}))?;
    output.say(&format!("event {position} stands in the signed log of {size} events"))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let written = fs::write(path, bytes);
    written.map_err(|error| Failure::Incomplete(format!("{}: {}", path.display(), error.kind())))
}
