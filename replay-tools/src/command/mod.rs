//! What `replay` can be asked, one file a question.

mod archive;
mod as_of;
mod compliance_report;
mod dead_letters;
mod diff;
mod export;
mod import;
mod jobs;
mod projections;
mod prove;
mod rebuild;
mod rollback;
mod sla_report;
mod stats;
mod timeline;
mod verify;
mod what_if;
mod who_could;

use std::time::Duration;

use journal::postgres::deployment::Place;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::timeout;

use crate::cli::{
    Archive, AsOf, ComplianceReport, Diff, Export, Import, Letters, Prove, Rebuild, SlaReport,
    Stats, Timeline, Verify, WhatIf, WhoCould,
};
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;

/// How long an interrupted rebuild may take to note where it stopped.
const TIDYING: Duration = Duration::from_secs(2);

/// A question.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Is it sound?
    Verify(Verify),
    /// Write it, or a part of it, for others to check.
    Export(Export),
    /// Write what is new into an archive.
    Archive(Archive),
    /// Bring it in.
    Import(Import),
    /// Prove one event.
    Prove(Prove),
    /// Make this view anew, or all.
    Rebuild(Rebuild),
    /// Is a view what the history says?
    Diff(Diff),
    /// Put the tables of before back.
    Rollback(String),
    /// Which rebuilds were there?
    Jobs,
    /// What happened to this?
    Timeline(Timeline),
    /// How did it stand?
    AsOf(AsOf),
    /// Who could do it?
    WhoCould(WhoCould),
    /// How much is there?
    Stats(Stats),
    /// How did a unit keep its service levels?
    SlaReport(SlaReport),
    /// Who came and went, who was given what, which rules changed?
    ComplianceReport(ComplianceReport),
    /// What if it was measured otherwise?
    WhatIf(WhatIf),
    /// How far are the views?
    Projections,
    /// What could not be applied, and what is to become of it?
    DeadLetters(Letters),
}

/// Opens the deployment, answers, leaves it. An interruption is an incomplete answer.
pub(crate) async fn run(place: &Place, json: bool, ask: Ask) -> Result<(), Failure> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    let (stop, stopped) = watch::channel(false);
    let tidies = matches!(ask, Ask::Rebuild(_));
    let mut answer = std::pin::pin!(answer(place, json, ask, stopped));
    let why = tokio::select! {
        done = &mut answer => return done,
        _ = terminated.recv() => "terminated",
        _ = interrupted.recv() => "interrupted",
    };
    // A rebuild notes where it stopped; without that it can be resumed as well.
    stop.send_replace(true);
    if tidies && let Ok(done) = timeout(TIDYING, answer).await {
        return done;
    }
    Err(Failure::Incomplete(why.to_owned()))
}

async fn answer(
    place: &Place,
    json: bool,
    ask: Ask,
    stop: watch::Receiver<bool>,
) -> Result<(), Failure> {
    let mut output = Output::new(json);
    // What needs no database does not look for one.
    if let Ask::Verify(ask) = &ask
        && let Some(done) = verify::offline(place, &mut output, ask).await
    {
        return done.and(output.flush());
    }
    let opened = Opened::open(place).await?;
    let done = match &ask {
        Ask::Verify(ask) => verify::run(&opened, &mut output, ask).await,
        Ask::Export(ask) => export::run(&opened, &mut output, ask).await,
        Ask::Archive(ask) => archive::run(&opened, &mut output, ask).await,
        Ask::Import(ask) => import::run(&opened, &mut output, ask).await,
        Ask::Prove(ask) => prove::run(&opened, &mut output, ask).await,
        Ask::Rebuild(ask) => rebuild::run(&opened, &mut output, ask, stop).await,
        Ask::Rollback(name) => rollback::run(&opened, &mut output, name).await,
        Ask::Jobs => jobs::run(&opened, &mut output).await,
        Ask::Diff(ask) => diff::run(&opened, &mut output, ask).await,
        Ask::Timeline(ask) => timeline::run(&opened, &mut output, ask).await,
        Ask::WhoCould(ask) => who_could::run(&opened, &mut output, ask).await,
        Ask::Stats(ask) => stats::run(&opened, &mut output, ask).await,
        Ask::AsOf(as_of) => as_of::run(&opened, &mut output, as_of).await,
        Ask::SlaReport(asked) => sla_report::run(&opened, &mut output, asked).await,
        Ask::ComplianceReport(asked) => compliance_report::run(&opened, &mut output, asked).await,
        Ask::WhatIf(ask) => what_if::run(&opened, &mut output, ask).await,
        Ask::Projections => projections::run(&opened, &mut output).await,
        Ask::DeadLetters(letters) => dead_letters::run(&opened, &mut output, letters).await,
    };
    let done = done.and(output.flush());
    opened.close().await;
    done
}
