//! Imports a file of commands: the way in from any other desk.
//!
//! Each line is a mutation of the schema with its instant and whose deed it was; it is executed by
//! the schema itself, in this process, so that every mutation works and no rule stands twice. It is
//! history: events happen at the line's instant, by the principal `import` on behalf of the line's
//! person, who is exempt from roles and from no rule besides; nothing is made up.
//!
//! Lines are done in order. A line's identity (file, and its ref or its number) is the idempotency
//! key of its command, stored with the command in one append: a line that is in is repeated, so that
//! running a file twice adds nothing and a killed import goes on where it stopped. Every line is
//! answered in the report; one that is refused stops nothing. A dry run asks the schema whether the
//! lines fit it, and no rule of the desk: those depend on what the lines before have made.

mod ask;
mod error;
mod execute;
mod fault;
mod file;
mod line;
mod mutations;
mod refs;
mod report;

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::mpsc;

use super::incident_log::Progress;
use crate::boot::App;

pub use error::CommandsError;
pub use mutations::fates;
pub use report::Tally;

use execute::Executor;
use report::Report;

/// Lines that wait to be done.
const WAITING: usize = 64;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The file: one JSON object a line; `.gz` is unpacked on the way.
    pub file: PathBuf,
    /// Where every line is answered, one JSON object a line.
    pub report: PathBuf,
    /// Look whether the lines fit, store nothing.
    pub dry_run: bool,
}

impl Options {
    /// The file's name without `.gz`: packing it makes no other file.
    fn source(&self) -> String {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy();
        name.strip_suffix(".gz").unwrap_or(&name).to_owned()
    }
}

/// Imports the file; every line is answered in the report and counted in the tally.
pub async fn run(
    app: &App,
    options: &Options,
    progress: Arc<Progress>,
) -> Result<Tally, CommandsError> {
    let mut report = Report::begin(options)?;
    let mut executor = Executor::new(app, options);
    let (lines, mut waiting) = mpsc::channel(WAITING);
    let reading = {
        let (path, progress) = (options.file.clone(), Arc::clone(&progress));
        tokio::task::spawn_blocking(move || file::read(&path, &progress, &lines))
    };
    while let Some(raw) = waiting.recv().await {
        report.add(&executor.answer(raw).await?)?;
        progress.row();
    }
    executor.finish().await?;
    reading.await.unwrap_or(Err(CommandsError::Interrupted))?;
    Ok(report.tally())
}
