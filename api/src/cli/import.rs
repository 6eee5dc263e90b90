//! `annals import incident-log`.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use projections::worker::ImportUnderWay;

use super::{FAILED, IncidentLogArgs, REFUSED, USAGE, code_of, print, said};
use crate::boot::config::Config;
use crate::boot::{App, BootError};
use crate::workers::incident_log::{self, Options, Progress, Tally};

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(200);
/// How often a line is printed where there is no terminal.
const LINE: u32 = 25;

pub(super) async fn run(args: IncidentLogArgs, config: Config) -> ExitCode {
    // Before a database is started for nothing.
    let size = match std::fs::metadata(&args.file) {
        Ok(file) if file.is_file() => file.len(),
        Ok(_) => return said(USAGE, &format!("{} is not a file", args.file.display())),
        Err(error) => {
            let why = error.kind();
            return said(USAGE, &format!("{} cannot be read: {why}", args.file.display()));
        }
    };
    let app = match App::open(&config.place(), None).await {
        Ok(app) => app,
        Err(error) => return said(code_of(&error), &error),
    };
    let code = import(&args, &app, size).await;
    app.close().await;
    code
}

async fn import(args: &IncidentLogArgs, app: &App, size: u64) -> ExitCode {
    let _under_way = match ImportUnderWay::begin(&app.deployment.login).await {
        Ok(under_way) => under_way,
        Err(error) => return said(FAILED, &BootError::Database(error)),
    };
    let progress = Arc::new(Progress::default());
    let showing = tokio::spawn(show(Arc::clone(&progress), size));
    let options =
        Options { file: args.file.clone(), report: args.report.clone(), dry_run: args.dry_run };
    let result = incident_log::run(&app.gateway, &options, progress).await;
    showing.abort();
    match result {
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

/// A bar on a terminal, a line now and then elsewhere.
async fn show(progress: Arc<Progress>, size: u64) {
    let bar = ProgressBar::new(size);
    let style = "{bar:30} {percent:>3}% {msg} · {eta} left";
    bar.set_style(ProgressStyle::with_template(style).unwrap_or(ProgressStyle::default_bar()));
    let started = tokio::time::Instant::now();
    for tick in 1u32.. {
        tokio::time::sleep(TICK).await;
        let rows = progress.rows.load(Ordering::Relaxed);
        let seconds = started.elapsed().as_secs().max(1);
        let message = format!("{rows} rows, {} rows/s", rows / seconds);
        bar.set_position(progress.bytes.load(Ordering::Relaxed));
        bar.set_message(message.clone());
        if bar.is_hidden() && tick.is_multiple_of(LINE) {
            tracing::info!("importing: {message}");
        }
    }
}
