//! A whole view: its rows, or its tables in a schema of their own.

use projections::as_of::{self, Wanted};
use serde_json::json;
use sqlx::PgConnection;

use crate::command::rebuild::{ALL, chosen};
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;
use crate::progress::Progress;

/// Answers.
pub(super) async fn run(
    opened: &Opened,
    conn: &mut PgConnection,
    output: &mut Output,
    (name, wanted): (&str, Wanted<'_>),
) -> Result<(), Failure> {
    let models = chosen(name)?;
    if name == ALL && wanted.schema.is_some() {
        return Err(Failure::BadInput("a schema takes one view".to_owned()));
    }
    for model in models {
        let mut progress = Progress::new(model.name());
        let step = |done, total| progress.step(done, total);
        let mut then = as_of::view(conn, &opened.journal, &*model, wanted, step).await?;
        drop(progress);
        for table in model.tables() {
            let mut rows = 0_u64;
            then.each(table, |row| {
                rows += 1;
                match wanted.schema {
                    Some(_) => Ok(()),
                    None => output.row(&json!({"table": table.name, "row": row})),
                }
            })
            .await?;
            if let Some(schema) = wanted.schema {
                output.record(&json!({"schema": schema, "table": table.name, "rows": rows}))?;
                output.say(&format!("{schema}.{:<24} {rows} rows", table.name))?;
            }
        }
    }
    if let Some(schema) = wanted.schema {
        output.say(&format!("when it has served: drop schema {schema} cascade"))?;
    }
    Ok(())
}
