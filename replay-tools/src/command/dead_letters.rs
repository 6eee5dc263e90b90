//! `replay dead-letters`: events that a view could not apply, and what is to become of them. Works
//! with a server running and without one.

use projections::dead_letters::{By, Decided, Decision, Found, list};
use projections::{DeadLetter, DeadLetters};
use serde_json::json;

use super::rebuild::{ALL, chosen};
use crate::cli::Letters;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::{Output, cell};

/// Rows a statement.
const PAGE: i64 = 500;
/// Who has decided, when somebody did it here.
const WHO: &str = "replay";

/// Answers.
pub(super) async fn run(
    opened: &Opened,
    output: &mut Output,
    letters: &Letters,
) -> Result<(), Failure> {
    match letters {
        Letters::List { view, all } => tell_all(opened, output, view.as_deref(), *all).await,
        Letters::Retry { number, reason } => {
            decide(opened, output, (*number, Decision::Retry), reason.as_deref()).await
        }
        Letters::Resolve { number, reason } => {
            decide(opened, output, (*number, Decision::Resolve), Some(reason)).await
        }
        Letters::Discard { number, reason } => {
            decide(opened, output, (*number, Decision::Discard), Some(reason)).await
        }
    }
}

async fn tell_all(
    opened: &Opened,
    output: &mut Output,
    view: Option<&str>,
    all: bool,
) -> Result<(), Failure> {
    let view = view.filter(|view| *view != ALL);
    if let Some(view) = view {
        chosen(view)?;
    }
    let found = Found { projection: view.map(str::to_owned), open: (!all).then_some(true) };
    let mut after = None;
    let mut any = false;
    loop {
        let page = list(opened.journal.pool(), &found, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        any = true;
        for letter in &page {
            tell(output, letter)?;
        }
    }
    if !any {
        output.say("nothing waits")?;
    }
    output.flush()
}

fn tell(output: &mut Output, letter: &DeadLetter) -> Result<(), Failure> {
    let settled = letter.settled.as_ref();
    output.record(&json!({
        "number": letter.id,
        "view": letter.projection,
        "version": letter.version,
        "aggregate_type": letter.aggregate_type,
        "aggregate_id": letter.aggregate_id,
        "position": letter.global_seq,
        "error": letter.error,
        "attempts": letter.attempts,
        "parked_at": letter.parked_at,
        "tried_at": letter.tried_at,
        "behind": letter.behind,
        "resolution": settled.map(|settled| settled.how.to_string()),
        "settled_at": settled.map(|settled| settled.at),
        "decided_by": settled.map(|settled| &settled.by),
        "reason": settled.map(|settled| &settled.reason),
    }))?;
    let state = settled.map_or_else(|| "OPEN".to_owned(), |settled| settled.how.to_string());
    let DeadLetter { id, projection, aggregate_type, aggregate_id, .. } = letter;
    output.say(&format!(
        "{id:>6}  {state:<9} {projection:<14} {aggregate_type}/{aggregate_id} at {}, {} behind",
        letter.global_seq, letter.behind
    ))?;
    output.say(&format!("{:>6}  {}", "", cell(&letter.error, 100)))?;
    if let Some(reason) = settled.and_then(|settled| settled.reason.as_deref()) {
        output.say(&format!("{:>6}  {}", "", cell(reason, 100)))?;
    }
    Ok(())
}

async fn decide(
    opened: &Opened,
    output: &mut Output,
    (number, decision): (i64, Decision),
    reason: Option<&str>,
) -> Result<(), Failure> {
    let letters = DeadLetters::new(opened.journal.clone(), opened.login.clone());
    let by = By { who: WHO.to_owned(), reason: reason.map(str::to_owned) };
    match letters.decide(number, decision, &by).await? {
        Decided::Settled(letter) => {
            tell(output, &letter)?;
            output.say("its stream waits no more")?;
        }
        Decided::Further { settled, next } => {
            tell(output, &settled)?;
            output.say("a later event could not be applied either:")?;
            tell(output, &next)?;
        }
        Decided::Failed(letter) => {
            tell(output, &letter)?;
            output.flush()?;
            return Err(Failure::Incomplete("the event could not be applied again".to_owned()));
        }
        Decided::Before(letter) => {
            tell(output, &letter)?;
            output.flush()?;
            return Err(Failure::BadInput("somebody has settled it before".to_owned()));
        }
        Decided::Unknown => {
            return Err(Failure::BadInput(format!("there is no dead letter {number}")));
        }
    }
    output.flush()
}
