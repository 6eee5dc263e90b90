//! `annals import cis`.

use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use super::super::{CisArgs, FAILED, REFUSED, USAGE, print, said};
use crate::boot::App;
use crate::workers::cis::{self, Ended, Mode, Options, Summary};
use crate::workers::incident_log::Progress;

pub(super) async fn run(args: &CisArgs, app: &App, progress: Arc<Progress>) -> ExitCode {
    let options = Options {
        file: args.file.clone(),
        format: args.format,
        mapping: args.mapping.clone(),
        organization: args.organization.clone(),
        source: args.source.clone(),
        mode: args.mode,
        strict: args.strict,
        complete: args.complete,
        dry_run: args.dry_run,
        report: args.report.clone(),
    };
    match cis::run(app, &options, progress).await {
        Ok(ended) => {
            if ended.stored {
                app.settle().await;
            }
            finish(args, &ended)
        }
        Err(error) => said(if error.is_usage() { USAGE } else { FAILED }, &error),
    }
}

fn finish(args: &CisArgs, ended: &Ended) -> ExitCode {
    let Ended { summary, stored } = ended;
    let what = match (args.dry_run, stored) {
        (true, _) => "dry run, nothing stored: ",
        (false, true) => "",
        (false, false) => "nothing stored, for rows were refused: ",
    };
    let code = print(&format!("{what}{}", told(summary)));
    let together = args.mode == Mode::AllOrNothing;
    let refused = summary.tally.faulty() > 0 && (args.strict || together);
    if refused { ExitCode::from(REFUSED) } else { code }
}

fn told(summary: &Summary) -> String {
    let tally = summary.tally;
    let mut text = format!(
        "{} rows: {} new, {} changed, {} unchanged, {} conflicting, {} invalid; {} events\n",
        tally.rows,
        tally.new,
        tally.changed,
        tally.unchanged,
        tally.conflicting,
        tally.invalid,
        tally.events
    );
    if let Some(missing) = summary.missing {
        let _ = writeln!(text, "{missing} items of the source are missing");
    }
    for line in summary.told() {
        // Writing to a text does not fail.
        let _ = writeln!(text, "{line}");
    }
    let more = tally.faulty() - summary.faulty.len() as u64;
    if more > 0 {
        let _ = writeln!(text, "and {more} more; --report FILE lists all of them");
    }
    text
}
