//! One worker a name in all processes: whoever has the lease works, the others wait for it.
//!
//! A process that is killed or loses its connection has lost the lease, and another one goes on
//! within a few seconds. One that is told to stop gives it back at once.

use std::time::Duration;

use projections::worker::WorkerLease;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;
use tokio::time::sleep;

use super::WorkerError;

/// How long to wait after a failure.
const RETRY: Duration = Duration::from_secs(2);

/// A piece of background work that goes on for ever, round by round.
pub(crate) trait Worker: Send {
    /// For the lease, logs and metrics.
    fn name(&self) -> &'static str;

    /// Does what there is to do now; answers how long there is nothing more to do.
    fn round(
        &mut self,
        lease: &mut WorkerLease,
    ) -> impl Future<Output = Result<Duration, WorkerError>> + Send;
}

/// Runs until `stop` turns true.
pub(crate) async fn keep<W: Worker>(
    mut worker: W,
    options: PgConnectOptions,
    mut stop: watch::Receiver<bool>,
) {
    let name = worker.name();
    while !*stop.borrow() {
        let error = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            error = lead(&mut worker, &options) => error,
        };
        metrics::counter!("worker_failures_total", "worker" => name).increment(1);
        tracing::warn!(worker = name, %error, "the worker has to wait");
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(RETRY) => {}
        }
    }
}

/// Works for as long as that goes well.
async fn lead<W: Worker>(worker: &mut W, options: &PgConnectOptions) -> WorkerError {
    match work(worker, options).await {
        Ok(never) => match never {},
        Err(error) => error,
    }
}

async fn work<W: Worker>(
    worker: &mut W,
    options: &PgConnectOptions,
) -> Result<std::convert::Infallible, WorkerError> {
    let mut lease = WorkerLease::take(options, worker.name()).await?;
    tracing::info!(worker = worker.name(), "this process does the work");
    loop {
        lease.check().await?;
        let pause = worker.round(&mut lease).await?;
        sleep(pause).await;
    }
}
