//! `annals import commands`.

use std::process::ExitCode;
use std::sync::Arc;

use super::super::{CommandsArgs, FAILED, REFUSED, USAGE, print, said};
use crate::boot::App;
use crate::workers::commands::{self, Options, Tally};
use crate::workers::incident_log::Progress;

pub(super) async fn run(args: &CommandsArgs, app: &App, progress: Arc<Progress>) -> ExitCode {
    let options =
        Options { file: args.file.clone(), report: args.report.clone(), dry_run: args.dry_run };
    match commands::run(app, &options, progress).await {
        Ok(tally) => {
            if !args.dry_run {
                app.settle().await;
            }
            finish(args, tally)
        }
        Err(error) => said(if error.is_usage() { USAGE } else { FAILED }, &error),
    }
}

fn finish(args: &CommandsArgs, tally: Tally) -> ExitCode {
    let Tally { lines, done, repeated, refused } = tally;
    let report = args.report.display();
    let code = if args.dry_run {
        print(&format!(
            "dry run, nothing stored, no rule of the desk asked: {lines} lines: {done} fit, \
             {refused} refused; report: {report}\n"
        ))
    } else {
        print(&format!(
            "{lines} lines: {done} done, {repeated} repeated, {refused} refused; report: {report}\n"
        ))
    };
    if args.strict && refused > 0 { ExitCode::from(REFUSED) } else { code }
}
