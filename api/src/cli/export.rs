//! `annals export`: a whole read model as a file, or what there is to be had.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::ProgressBar;
use tokio::time::Instant;

use super::{ExportArgs, FAILED, OK, USAGE, code_of, print, said};
use crate::boot::App;
use crate::boot::config::Config;
use crate::exporting::catalogue::NOUNS;
use crate::exporting::{Export, ExportError, Exporting, Format, Noun, Wish};

/// How often the count moves.
const TICK: Duration = Duration::from_millis(200);
/// How often a line is printed where there is no terminal.
const LINE: u32 = 25;

pub(super) async fn run(args: ExportArgs, config: Config) -> ExitCode {
    let Some(name) = args.name.as_deref().filter(|_| !args.list) else { return list() };
    let Some(noun) = Noun::named(name) else {
        return said(
            USAGE,
            &format!("there is no export `{name}`; annals export --list names all"),
        );
    };
    if args.format == Format::Xlsx && args.output.is_none() && io::stdout().is_terminal() {
        return said(USAGE, &"a workbook is nothing for a terminal: say --output");
    }
    let app = match App::open(&config.place(), None).await {
        Ok(app) => app,
        Err(error) => return said(code_of(&error), &error),
    };
    app.settle().await;
    let wish = Wish { noun, format: args.format, filter: args.filter };
    let code = export(&app, &wish, args.output.as_deref()).await;
    app.close().await;
    code
}

/// Prints what there is.
fn list() -> ExitCode {
    let width = NOUNS.iter().map(|noun| noun.name.len()).max().unwrap_or_default();
    let line = |noun: &Noun| format!("{:width$}  {}\n", noun.name, noun.what);
    print(&NOUNS.iter().map(line).collect::<String>())
}

async fn export(app: &App, wish: &Wish, output: Option<&Path>) -> ExitCode {
    let started = Instant::now();
    let exporting = Exporting::new(app.deployment.login.clone());
    let export = match exporting.begin(wish).await {
        Ok(export) => export,
        Err(error @ ExportError::Filter(_)) => return said(USAGE, &error),
        Err(error) => return said(FAILED, &error),
    };
    let rows = export.rows();
    let showing = tokio::spawn(show(Arc::clone(&rows)));
    let written = match output {
        Some(path) => to_file(export, path).await,
        None => to_stdout(export).await,
    };
    showing.abort();
    match written {
        Ok(()) => {
            let (rows, seconds) = (rows.load(Ordering::Relaxed), started.elapsed().as_secs_f64());
            said(OK, &format!("{rows} rows of {} in {seconds:.1} s", wish.noun.name))
        }
        Err(error) => said(FAILED, &error),
    }
}

/// Into a file beside the one that is meant, which is put in its place when it is whole.
async fn to_file(export: Export, path: &Path) -> Result<(), String> {
    let part = PathBuf::from(format!("{}.part", path.display()));
    let fault =
        |error: io::Error| format!("{} cannot be written: {}", part.display(), error.kind());
    let mut file = std::fs::File::create(&part).map_err(fault)?;
    let written = write_all(export, &mut file).await;
    let written = written.and_then(|()| file.sync_all().map_err(fault));
    let written = written.and_then(|()| std::fs::rename(&part, path).map_err(fault));
    if written.is_err() {
        // What is said is why it is not whole; that it is in the way as well would not help.
        let _ = std::fs::remove_file(&part);
    }
    written
}

async fn to_stdout(export: Export) -> Result<(), String> {
    write_all(export, &mut io::stdout()).await
}

async fn write_all(mut export: Export, to: &mut impl Write) -> Result<(), String> {
    while let Some(piece) = export.next().await {
        let piece = piece.map_err(|error| error.to_string())?;
        to.write_all(&piece).map_err(|error| format!("writing: {}", error.kind()))?;
    }
    to.flush().map_err(|error| format!("writing: {}", error.kind()))
}

/// A count on a terminal, a line now and then elsewhere.
async fn show(rows: Arc<AtomicU64>) {
    let bar = ProgressBar::new_spinner();
    let started = Instant::now();
    for tick in 1u32.. {
        tokio::time::sleep(TICK).await;
        let rows = rows.load(Ordering::Relaxed);
        let message = format!("{rows} rows, {} rows/s", rows / started.elapsed().as_secs().max(1));
        bar.set_message(message.clone());
        bar.tick();
        if bar.is_hidden() && tick.is_multiple_of(LINE) {
            tracing::info!("exporting: {message}");
        }
    }
}
