//! What rights cost: a decision by itself, lists that are filtered by them, a command that is guarded.

mod decisions;
mod guard;
mod lists;

use crate::ground::Ground;
use crate::report::Section;
use crate::{Fault, Run};

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    decisions::run(run, section)?;
    guard::run(run, ground, section).await?;
    lists::run(run, ground, section).await
}
