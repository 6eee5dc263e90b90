//! `replay rollback`: puts the tables that a view's last rebuild replaced back in their place.

use projections::rebuild::old;
use serde_json::json;

use super::rebuild::{ALL, chosen};
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;

/// Answers.
pub(super) async fn run(opened: &Opened, output: &mut Output, name: &str) -> Result<(), Failure> {
    if name == ALL {
        return Err(Failure::BadInput("name one view".to_owned()));
    }
    for model in chosen(name)? {
        let through = old::rollback(&opened.journal, &opened.login, &model).await?;
        output.record(&json!({"view": name, "applied_through": through}))?;
        output.say(&format!("{name:<10} is as it was before, with {through} events"))?;
    }
    Ok(())
}
