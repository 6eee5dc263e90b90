//! Whether a listener is still who they were: rights bind at once, also those who listen already.

use std::fmt::Display;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::{Context, Result};
use projections::directory::Principal;

use super::progress::Progress;
use crate::gateway::Gateway;
use crate::graphql::access::working_caller;
use crate::graphql::context::services;

/// For how long what is known is used without looking.
const TRUSTED: Duration = Duration::from_millis(250);

/// After what time a database that failed is asked again.
const AGAIN: Duration = Duration::from_millis(500);

/// What the directory knew of the listener when this began.
pub(in crate::graphql) struct Rights {
    gateway: Gateway,
    progress: Arc<Progress>,
    known: Option<Principal>,
    looked: Instant,
}

impl Rights {
    pub(in crate::graphql) fn open(cx: &Context<'_>) -> Result<Self> {
        Ok(Self {
            gateway: services(cx)?.gateway.clone(),
            progress: Arc::clone(cx.data::<Arc<Progress>>()?),
            known: working_caller(cx)?.person.clone(),
            looked: Instant::now(),
        })
    }

    /// Whether the directory knows something else by now, which the transport is told; asked at
    /// least before each answer that comes late, and whenever there is `cause`.
    pub(in crate::graphql) async fn have_changed(&mut self, cause: bool) -> bool {
        let Some(known) = &self.known else { return false };
        if !cause && self.looked.elapsed() < TRUSTED {
            return false;
        }
        let now = loop {
            match self.gateway.principal(known.who.person).await {
                Ok(now) => break now,
                Err(error) => wait(&error).await,
            }
        };
        self.looked = Instant::now();
        let changed = now != self.known;
        if changed {
            self.progress.turn();
        }
        changed
    }
}

/// Waits before a database that failed is asked again.
pub(super) async fn wait(error: &impl Display) {
    tracing::warn!(%error, "a subscription has to wait");
    tokio::time::sleep(AGAIN).await;
}
