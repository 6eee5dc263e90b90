//! `replay diff`: a view's live tables against a fold of the history beside them, row by row.

use projections::compare_keeping;
use serde_json::{Map, Value, json};

use super::rebuild::chosen;
use crate::cli::Diff;
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::{Output, cell};
use crate::progress::Progress;

/// Longest value shown of a field, in characters; `--json` has all of it.
const TEXT: usize = 60;
/// What stands where there is nothing.
const NOTHING: &str = "–";

/// Answers; a difference is a failure.
pub(super) async fn run(opened: &Opened, output: &mut Output, ask: &Diff) -> Result<(), Failure> {
    let kept = usize::try_from(ask.most).unwrap_or(usize::MAX);
    let mut wrong = Vec::new();
    for model in chosen(&ask.name)? {
        let mut conn = opened.snapshot().await?;
        let mut progress = Progress::new(model.name());
        let step = |done, total| progress.step(done, total);
        let found = compare_keeping(&mut conn, &opened.journal, &*model, (kept, step)).await?;
        drop(progress);
        let name = model.name();
        for row in &found.differences {
            let fields = fields(row.live.as_ref(), row.folded.as_ref());
            tell(output, (name, row.table, &row.key), &fields, ask.values)?;
        }
        output.record(&json!({
            "view": name,
            "applied_through": found.applied_through,
            "rows": found.rows,
            "different": found.different,
            "told": found.differences.len(),
            "erased_since": found.erased_since,
        }))?;
        let (different, rows, through) = (found.different, found.rows, found.applied_through);
        output.say(&format!("{name:<10} {different} of {rows} rows differ at {through}"))?;
        output.flush()?;
        if different > 0 {
            wrong.push(name);
        }
    }
    if wrong.is_empty() {
        return Ok(());
    }
    let names = wrong.join(", ");
    Err(Failure::Tampered(format!("these views do not tell what the history says: {names}")))
}

/// A field: what stands in the view, and what the history says.
type Field<'a> = (&'a str, &'a Value, &'a Value);

/// The fields that differ; of a row that is on one side alone, all of them.
fn fields<'a>(live: Option<&'a Value>, folded: Option<&'a Value>) -> Vec<Field<'a>> {
    static NONE: Value = Value::Null;
    let of = |row: Option<&'a Value>| row.and_then(Value::as_object);
    let (live, folded) = (of(live), of(folded));
    let mut names: Vec<&str> = [live, folded]
        .into_iter()
        .flatten()
        .flat_map(|row| row.keys().map(String::as_str))
        .collect();
    names.sort_unstable();
    names.dedup();
    let value = |row: Option<&'a Map<String, Value>>, name: &str| {
        row.and_then(|row| row.get(name)).unwrap_or(&NONE)
    };
    let both = names.into_iter().map(|name| (name, value(live, name), value(folded, name)));
    both.filter(|(_, live, folded)| live != folded).collect()
}

fn tell(
    output: &mut Output,
    (view, table, key): (&str, &str, &str),
    fields: &[Field<'_>],
    values: bool,
) -> Result<(), Failure> {
    let each = |(name, live, folded): &Field<'_>| match values {
        true => json!({"field": name, "view": live, "history": folded}),
        false => json!({"field": name}),
    };
    let told: Vec<Value> = fields.iter().map(each).collect();
    output.record(&json!({"view": view, "table": table, "key": key, "fields": told}))?;
    output.say(&format!("{table} {key}"))?;
    for (name, live, folded) in fields {
        let line = match values {
            true => format!("  {name}: {} instead of {}", shown(live), shown(folded)),
            false => format!("  {name}"),
        };
        output.say(&line)?;
    }
    Ok(())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => NOTHING.to_owned(),
        Value::String(text) => cell(text, TEXT),
        other => cell(&other.to_string(), TEXT),
    }
}
