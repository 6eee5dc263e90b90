//! What `replay` can be asked, one file a question.

mod as_of;
mod dead_letters;
mod projections;
mod rebuild;
mod timeline;
mod verify;

use journal::postgres::deployment::Place;
use tokio::signal::unix::{SignalKind, signal};

use crate::cli::{AsOf, Letters};
use crate::failure::Failure;
use crate::open::Opened;
use crate::output::Output;

/// A question.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Is it sound?
    Verify,
    /// Make this view anew, or all.
    Rebuild(String),
    /// What happened to this?
    Timeline(String),
    /// How did it stand?
    AsOf(AsOf),
    /// How far are the views?
    Projections,
    /// What could not be applied, and what is to become of it?
    DeadLetters(Letters),
}

/// Opens the deployment, answers, leaves it. An interruption is an incomplete answer.
pub(crate) async fn run(place: &Place, json: bool, ask: Ask) -> Result<(), Failure> {
    let mut terminated = signal(SignalKind::terminate())?;
    let mut interrupted = signal(SignalKind::interrupt())?;
    tokio::select! {
        done = answer(place, json, ask) => done,
        _ = terminated.recv() => Err(Failure::Incomplete("terminated".to_owned())),
        _ = interrupted.recv() => Err(Failure::Incomplete("interrupted".to_owned())),
    }
}

async fn answer(place: &Place, json: bool, ask: Ask) -> Result<(), Failure> {
    let opened = Opened::open(place).await?;
    let mut output = Output::new(json);
    let done = match &ask {
        Ask::Verify => verify::run(&opened, &mut output).await,
        Ask::Rebuild(name) => rebuild::run(&opened, &mut output, name).await,
        Ask::Timeline(number) => timeline::run(&opened, &mut output, number).await,
        Ask::AsOf(as_of) => as_of::run(&opened, &mut output, as_of).await,
        Ask::Projections => projections::run(&opened, &mut output).await,
        Ask::DeadLetters(letters) => dead_letters::run(&opened, &mut output, letters).await,
    };
    let done = done.and(output.flush());
    opened.close().await;
    done
}
