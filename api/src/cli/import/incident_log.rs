//! `annals import incident-log`.

use std::process::ExitCode;
use std::sync::Arc;

use super::super::{FAILED, IncidentLogArgs, REFUSED, USAGE, print, said};
use crate::boot::App;
use crate::workers::incident_log::{self, Options, Progress, Tally};

pub(super) async fn run(args: &IncidentLogArgs, app: &App, progress: Arc<Progress>) -> ExitCode {
    let options = Options {
        file: args.file.clone(),
        report: args.report.clone(),
        plan: args.plan.clone(),
        dry_run: args.dry_run,
    };
    match incident_log::run(&app.gateway, &options, progress).await {
        Ok(tally) => {
            if !args.dry_run {
                app.settle().await;
            }
            finish(args, tally)
        }
        Err(error) => said(if error.is_usage() { USAGE } else { FAILED }, &error),
    }
}

fn finish(args: &IncidentLogArgs, tally: Tally) -> ExitCode {
    let what = if args.dry_run { "dry run, nothing stored: " } else { "" };
    let Tally { rows, imported, already, refused, noted, events } = tally;
    let code = print(&format!(
        "{what}{rows} rows: {imported} imported, {already} imported before, {refused} refused; \
         {events} ticket events; {noted} rows with notes; report: {}\n",
        args.report.display()
    ));
    if args.strict && refused > 0 { ExitCode::from(REFUSED) } else { code }
}
