//! `replay verify`: the history against its seals, then every view against the history, in one
//! snapshot, side by side.

mod offline;
mod receipt;
mod report;
mod resume;
mod signed;
mod views;

use std::collections::BTreeMap;
use std::path::Path;

use journal::verify::{self, LogReport, Marks, Step};
use projections::Comparison;
use projections::dead_letters::{self, Found};
use resume::Notes;
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::cli::Verify;
use crate::failure::Failure;
use crate::open::{Opened, Shared};
use crate::output::Output;
use crate::progress::Progress;

pub(super) use offline::{Asked, bundle, offline};
pub(super) use report::{parsed, read};

/// Dead letters a statement.
const PAGE: i64 = 500;

/// Answers; anything but sound is a failure.
pub(super) async fn run(opened: &Opened, output: &mut Output, ask: &Verify) -> Result<(), Failure> {
    if let Some(path) = &ask.receipt {
        return receipt::in_the_log(opened, output, (path.as_path(), ask.policy.as_deref())).await;
    }
    let marks = signed::marks(opened, ask)?;
    let mut conn = opened.snapshot().await?;
    if let Some(path) = &ask.report {
        log(&mut conn, output, marks, None).await?;
        report::by_log((opened, &mut conn), output, path).await?;
        output.record(&json!({"verdict": "sound"}))?;
        return output.say("sound");
    }
    let shared = Shared::of(&mut conn).await?;
    let views = views::begin(opened, &shared);
    log(&mut conn, output, marks, ask.resume.as_deref()).await?;
    let parked = parked(opened).await?;
    let mut wrong = Vec::new();
    for (name, compared) in views.found().await? {
        view(output, (name, parked.get(name).copied().unwrap_or_default()), &compared)?;
        if compared.different > 0 {
            wrong.push(name);
        }
    }
    output.record(&json!({"verdict": if wrong.is_empty() { "sound" } else { "views differ" }}))?;
    if wrong.is_empty() {
        return output.say("sound");
    }
    let names = wrong.join(", ");
    Err(Failure::Tampered(format!("the history is sound, but these views do not tell it: {names}")))
}

/// The log itself. After tampering nothing that is built upon it is worth telling.
async fn log(
    conn: &mut PgConnection,
    output: &mut Output,
    mut marks: Option<Marks>,
    resume: Option<&Path>,
) -> Result<(), Failure> {
    let mut notes = Notes::open(resume)?;
    let begun = notes.begun();
    if begun.done > 0 {
        let done = begun.done;
        output.say(&format!(
            "{:<10} behind event {done}: those before it were read then",
            "resumed"
        ))?;
        output.record(&json!({"resumed": {"behind": done}}))?;
    }
    let mut progress = Progress::new("log");
    let resumed = begun.done;
    let step = |step: Step<'_>| {
        progress.step(step.done, step.total);
        notes.take(&step);
    };
    let report = verify::check_from(conn, marks.as_mut(), begun, step).await?;
    let signed = marks.map_or(0, |marks| marks.signed());
    drop(progress);
    let root = hex(&report.root);
    let LogReport { size, tampering, unsettled, .. } = report;
    output.record(&json!({
        "log": {
            "size": size,
            "root": tampering.is_none().then_some(&root),
            "unsettled": unsettled,
            "resumed_behind": (resumed > 0).then_some(resumed),
            "signed": signed,
            "tampering": tampering.as_ref().map(ToString::to_string),
            "first_bad": tampering.as_ref().and_then(|found| found.number()),
        }
    }))?;
    output.say(&format!("{:<10} {size} events verified, {unsettled} not settled yet", "log"))?;
    let noted = notes.close();
    match tampering {
        Some(found) => {
            output.say(&format!("TAMPERED WITH: {found}"))?;
            Err(Failure::Tampered(found.to_string()))
        }
        None if noted.is_err() => noted,
        None if signed > 0 => {
            output.say(&format!("{:<10} {root}", "root"))?;
            output.say(&format!("{:<10} {signed} events, and the history continues them", "signed"))
        }
        None => {
            output.say(&format!("{:<10} {root}", "root"))?;
            signed::nothing_is_missing(conn).await
        }
    }
}

/// How many streams of each view wait behind an event that it cannot apply. What they lack is no
/// difference, but nobody may take such a view for whole.
async fn parked(opened: &Opened) -> Result<BTreeMap<String, i64>, Failure> {
    let found = Found { projection: None, open: Some(true) };
    let (mut parked, mut after) = (BTreeMap::new(), None);
    loop {
        let page = dead_letters::list(opened.journal.pool(), &found, after, PAGE).await?;
        let Some(last) = page.last() else { return Ok(parked) };
        after = Some(last.id);
        for letter in &page {
            *parked.entry(letter.projection.clone()).or_default() += 1;
        }
    }
}

/// What a view tells, against what the history does.
fn view(
    output: &mut Output,
    (name, parked): (&str, i64),
    compared: &Comparison,
) -> Result<(), Failure> {
    let through = compared.applied_through;
    let differences: Vec<Value> = compared
        .differences
        .iter()
        .map(|found| {
            let what = fault(found.live.as_ref(), found.folded.as_ref());
            json!({"table": found.table, "key": found.key, "what": what})
        })
        .collect();
    output.record(&json!({
        "view": name,
        "applied_through": through,
        "equal": compared.different == 0,
        "rows": compared.rows,
        "parked": parked,
        "different": compared.different,
        "erased_since": compared.erased_since,
        "differences": differences,
    }))?;
    let verdict = match compared.different {
        0 => format!("equal at {through}, {} rows", compared.rows),
        different => format!("DIFFERS at {through}, {different} of {} rows", compared.rows),
    };
    output.say(&format!("{name:<10} {verdict}"))?;
    if parked > 0 {
        output
            .say(&format!("{:<10} streams parked: {parked}; see replay dead-letters list", ""))?;
    }
    if compared.erased_since > 0 {
        let rows = compared.erased_since;
        output.say(&format!("{:<10} {rows} rows still show texts that were erased since", ""))?;
    }
    for difference in &compared.differences {
        let what = fault(difference.live.as_ref(), difference.folded.as_ref());
        output.say(&format!("  {} {}: {what}", difference.table, difference.key))?;
    }
    let kept = i64::try_from(compared.differences.len()).unwrap_or(i64::MAX);
    if compared.different > kept {
        output.say(&format!("  and {} more", compared.different - kept))?;
    }
    output.flush()
}

/// How a row differs, by the names of its fields: what stands in them may be personal.
fn fault(live: Option<&Value>, folded: Option<&Value>) -> String {
    match (live, folded) {
        (None, _) => "is missing in the view".to_owned(),
        (_, None) => "is in the view alone".to_owned(),
        (Some(live), Some(folded)) => {
            let mut fields: Vec<&str> = [live, folded]
                .iter()
                .filter_map(|row| row.as_object())
                .flat_map(|row| row.keys().map(String::as_str))
                .filter(|field| live.get(field) != folded.get(field))
                .collect();
            fields.sort_unstable();
            fields.dedup();
            format!("differs in {}", fields.join(", "))
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests;
