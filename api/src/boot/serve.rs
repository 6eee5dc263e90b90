//! The listener: router, layers, graceful stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::{App, BootError};
use crate::http;

/// How long requests may take to finish after the signal to stop.
const DRAIN: Duration = Duration::from_secs(8);
/// How long a start waits for its views to have caught up.
const SETTLE: Duration = Duration::from_secs(120);

/// What is served besides the API.
#[derive(Debug, Clone, Copy)]
pub struct ServerOptions {
    /// GraphiQL at `/graphiql`.
    pub graphiql: bool,
}

/// A server about to run.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    router: axum::Router,
    stopping: Arc<tokio::sync::watch::Sender<bool>>,
    signals: Option<StopSignals>,
}

/// What ends a server; heard from the moment this is made, also before anybody waits for it.
#[derive(Debug)]
struct StopSignals {
    terminate: Signal,
    interrupt: Signal,
}

/// Binds the address; early, so that a taken port is told before anything is started.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, BootError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| BootError::Listen { address: address.to_string(), kind: error.kind() })
}

impl Server {
    /// Everything wired; nothing answered yet.
    pub fn new(
        app: &App,
        listener: TcpListener,
        (metrics, options): (Option<PrometheusHandle>, ServerOptions),
    ) -> Self {
        let stopping = Arc::new(tokio::sync::watch::Sender::new(false));
        let router = http::router(app, metrics, options, stopping.subscribe());
        // Before anybody is told that it answers: whoever was told may stop it at once.
        Self { listener, router, stopping, signals: StopSignals::new() }
    }

    /// Serves until SIGTERM or SIGINT; then finishes what is under way, a few seconds long.
    pub async fn run(self) -> Result<(), BootError> {
        let told = self.stopping.subscribe();
        let stopping = Arc::clone(&self.stopping);
        let serving = axum::serve(self.listener, self.router).with_graceful_shutdown(async move {
            StopSignals::wait(self.signals).await;
            tracing::info!("stopping: no new connections");
            stopping.send_replace(true);
        });
        tokio::select! {
            served = serving => served.map_err(|error| BootError::Listen {
                address: "the address".to_owned(),
                kind: error.kind(),
            }),
            () = drained(told) => {
                tracing::warn!("requests were still under way when the time to stop was over");
                Ok(())
            }
        }
    }
}

/// Serves these routes in the same way, without an application.
pub async fn serve(listener: TcpListener, router: axum::Router) -> Result<(), BootError> {
    let stopping = Arc::new(tokio::sync::watch::Sender::new(false));
    Server { listener, router, stopping, signals: StopSignals::new() }.run().await
}

impl App {
    /// Waits until the views have seen everything there is now.
    pub async fn settle(&self) {
        if let Err(stale) = self.waiter.caught_up(SETTLE).await {
            tracing::warn!(lag = stale.lag_events, "the views have not caught up yet");
        }
    }
}

async fn drained(mut told: tokio::sync::watch::Receiver<bool>) {
    // An error means the server is gone, and nothing is left to drain.
    let _ = told.wait_for(|stopping| *stopping).await;
    tokio::time::sleep(DRAIN).await;
}

impl StopSignals {
    fn new() -> Option<Self> {
        let terminate = signal(SignalKind::terminate()).ok()?;
        Some(Self { terminate, interrupt: signal(SignalKind::interrupt()).ok()? })
    }

    async fn wait(signals: Option<Self>) {
        let Some(Self { mut terminate, mut interrupt }) = signals else {
            tracing::error!("signals cannot be heard; the server will not stop gracefully");
            return std::future::pending().await;
        };
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}
