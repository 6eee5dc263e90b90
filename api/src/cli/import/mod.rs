//! `annals import`: what all imports share. What is imported stands in a file each.

mod cis;
mod commands;
mod incident_log;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use projections::worker::ImportUnderWay;

use super::{FAILED, ImportCommand, USAGE, code_of, said};
use crate::boot::config::Config;
use crate::boot::{App, BootError};
use crate::workers::incident_log::Progress;

/// How often the bar moves.
const TICK: Duration = Duration::from_millis(200);
/// How often a line is printed where there is no terminal.
const LINE: u32 = 25;

pub(super) async fn run(command: ImportCommand, config: Config) -> ExitCode {
    let file = match &command {
        ImportCommand::IncidentLog(args) => &args.file,
        ImportCommand::Commands(args) => &args.file,
        ImportCommand::Cis(args) => &args.file,
    };
    // Before a database is started for nothing.
    let size = match size(file) {
        Ok(size) => size,
        Err(why) => return said(USAGE, &why),
    };
    let app = match App::open(&config.place(), None).await {
        Ok(app) => app,
        Err(error) => return said(code_of(&error), &error),
    };
    let prepared = match app.establish_classes().await {
        Ok(()) => app.establish_roles().await,
        Err(error) => Err(error),
    };
    let code = match prepared {
        Ok(()) => import(&command, &app, size).await,
        Err(error) => said(FAILED, &error),
    };
    // Who came with a log of finished work has what comes with their role from here on.
    let code = match app.establish_roles().await {
        Ok(()) => code,
        Err(error) => said(FAILED, &error),
    };
    app.close().await;
    code
}

async fn import(command: &ImportCommand, app: &App, size: u64) -> ExitCode {
    let _under_way = match ImportUnderWay::begin(&app.deployment.login).await {
        Ok(under_way) => under_way,
        Err(error) => return said(FAILED, &BootError::Database(error)),
    };
    let progress = Arc::new(Progress::default());
    let showing = tokio::spawn(show(Arc::clone(&progress), size));
    let code = match command {
        ImportCommand::IncidentLog(args) => incident_log::run(args, app, progress).await,
        ImportCommand::Commands(args) => commands::run(args, app, progress).await,
        ImportCommand::Cis(args) => cis::run(args, app, progress).await,
    };
    showing.abort();
    code
}

/// Bytes of a file that can be read, or why it cannot.
fn size(file: &Path) -> Result<u64, String> {
    match std::fs::metadata(file) {
        Ok(found) if found.is_file() => Ok(found.len()),
        Ok(_) => Err(format!("{} is not a file", file.display())),
        Err(error) => Err(format!("{} cannot be read: {}", file.display(), error.kind())),
    }
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
