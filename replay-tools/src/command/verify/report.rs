//! A compliance report that somebody was handed: the log has to know its hash. Who has the log itself
//! counts it again besides.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use journal::bundle::{Line, Verified};
use projections::compliance::{self, DOCUMENT_MAX, KEPT, Report, kept_in, sha256};
use serde_json::json;
use sqlx::PgConnection;

use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;

/// Against the log, which is known to be sound.
pub(super) async fn by_log(
    (opened, conn): (&Opened, &mut PgConnection),
    output: &mut Output,
    path: &Path,
) -> Result<(), Failure> {
    let bytes = read(path)?;
    let hash = sha256(&bytes);
    let known = compliance::kept(conn, &hash).await?;
    let position = known.ok_or_else(|| unknown(&hash))?;
    let told = parsed(path, &bytes)?;
    let again = compliance::report(conn, opened.journal.upcasters(), &told.question).await?;
    if again != told {
        let otherwise = told.sections.iter().filter(|it| again.section(it.number) != Some(it));
        let numbers: Vec<String> = otherwise.map(|it| it.number.to_string()).collect();
        let sentence =
            format!("the events tell otherwise than its sections {}", numbers.join(", "));
        return Err(Failure::Tampered(sentence));
    }
    tell(output, &hash, position)?;
    output.say(&format!("{:<10} counted again: the events tell the same", ""))
}

/// Against an event that was proven to stand in the log.
pub(super) fn by_event(output: &mut Output, path: &Path, event: &[u8]) -> Result<(), Failure> {
    let hash = sha256(&read(path)?);
    let position = kept_by(event, &hash).ok_or_else(|| unknown(&hash))?;
    tell(output, &hash, position)
}

/// Against a bundle that was verified.
pub(super) fn by_bundle(
    output: &mut Output,
    path: &Path,
    bundle: &Verified,
) -> Result<(), Failure> {
    let hash = sha256(&read(path)?);
    for events in bundle.files() {
        if let Some(position) = kept_among(&events, &hash)? {
            return tell(output, &hash, position);
        }
    }
    Err(unknown(&hash))
}

/// The number of the event in this file that keeps this hash.
fn kept_among(events: &Path, hash: &str) -> Result<Option<i64>, Failure> {
    let fault = |error: std::io::Error| {
        Failure::Incomplete(format!("{}: {}", events.display(), error.kind()))
    };
    let mut lines = BufReader::new(File::open(events).map_err(fault)?);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).map_err(fault)? > 0 {
        if let Some(position) = kept_by(&line, hash) {
            return Ok(Some(position));
        }
        line.clear();
    }
    Ok(None)
}

/// A report's file.
pub(in crate::command) fn parsed(path: &Path, bytes: &[u8]) -> Result<Report, Failure> {
    Report::parse(bytes).map_err(|unfit| Failure::BadInput(format!("{}: {unfit}", path.display())))
}

pub(in crate::command) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let fault =
        |error: std::io::Error| Failure::BadInput(format!("{}: {}", path.display(), error.kind()));
    let most = u64::try_from(DOCUMENT_MAX).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(path).map_err(fault)?.take(most + 1).read_to_end(&mut bytes).map_err(fault)?;
    if bytes.len() > DOCUMENT_MAX {
        return Err(Failure::BadInput(format!("{} is too large", path.display())));
    }
    Ok(bytes)
}

/// The number of this event, if it keeps this hash.
fn kept_by(event: &[u8], hash: &str) -> Option<i64> {
    let event = event.strip_suffix(b"\n").unwrap_or(event);
    let mut again = Vec::new();
    let line = Line::parse(event, &mut again)?;
    let keeps = line.event_type == KEPT && kept_in(&line.payload).as_deref() == Some(hash);
    keeps.then_some(line.global_seq)
}

fn unknown(hash: &str) -> Failure {
    Failure::Tampered(format!("no report with the SHA-256 {hash} was made"))
}

fn tell(output: &mut Output, hash: &str, position: i64) -> Result<(), Failure> {
    output.record(&json!({"report": {"sha256": hash, "position": position}}))?;
    output.say(&format!("{:<10} {hash}, made at position {position}", "report"))
}
