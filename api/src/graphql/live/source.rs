//! The changes that one caller may see, one after the other.

use std::collections::VecDeque;
use std::fmt::Display;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::PersonId;
use futures_util::stream::{self, Stream};
use projections::feed::{Change, Passed, Snapshot, What};
use projections::tickets::Scope;
use projections::{ReadError, directory};

use super::progress::Progress;
use crate::gateway::Caller;
use crate::graphql::access::{reads_some, scope, working_caller};
use crate::graphql::context::{Services, services};
use crate::graphql::error::internal;

/// For how long what is known of the caller's rights is used without looking.
const TRUSTED: Duration = Duration::from_millis(250);

/// After what time a database that failed is asked again.
const AGAIN: Duration = Duration::from_millis(500);

/// Pulls changes for one caller.
pub(super) struct Source {
    services: Services,
    progress: Arc<Progress>,
    caller: Caller,
    scope: Scope,
    /// Whether what staff say among themselves is told.
    reads_internal: bool,
    /// Read, and not yet passed.
    ahead: VecDeque<Passed>,
    looked: Instant,
}

/// A change with what the caller may see of it.
pub(super) struct Seen {
    pub(super) change: Arc<Change>,
    /// Whether the caller could see the ticket before.
    pub(super) before: bool,
    /// Whether the caller can see the ticket as it is now.
    pub(super) after: bool,
}

impl Source {
    /// Of the request's caller, from where its progress stands, or from now on.
    pub(super) async fn open(cx: &Context<'_>) -> Result<Self> {
        let services = services(cx)?.clone();
        let progress = Arc::clone(cx.data::<Arc<Progress>>()?);
        if progress.position().is_none() {
            progress.come_to(services.feed.now().await.map_err(internal)?);
        }
        Ok(Self {
            services,
            progress,
            caller: working_caller(cx)?.clone(),
            scope: scope(cx, Permission::TicketRead),
            reads_internal: reads_some(cx, Permission::ConversationReadInternal),
            ahead: VecDeque::new(),
            looked: Instant::now(),
        })
    }

    /// The answers that `show` makes of the changes; a fault is the last of them.
    pub(super) fn answers<T: Send + 'static>(
        self,
        show: impl Fn(&Caller, Seen) -> Option<T> + Send + 'static,
    ) -> impl Stream<Item = Result<T>> + Send + 'static {
        stream::unfold(Some((self, show)), async |state| {
            let (mut source, show) = state?;
            loop {
                match source.next().await {
                    Ok(Some(seen)) => {
                        if let Some(answer) = show(&source.caller, seen) {
                            return Some((Ok(answer), Some((source, show))));
                        }
                    }
                    Ok(None) => return None,
                    Err(error) => return Some((Err(error), None)),
                }
            }
        })
    }

    /// The next change that the caller may see; none when the caller's rights have changed.
    async fn next(&mut self) -> Result<Option<Seen>> {
        let mut at = self.progress.position().unwrap_or_default();
        loop {
            if self.ahead.is_empty() {
                self.ahead = self.read(at).await?;
            }
            let rights = matches!(self.ahead.front(), Some(Passed { what: What::Rights, .. }));
            if rights || self.looked.elapsed() > TRUSTED {
                match self.has_turned().await {
                    Ok(true) => {
                        self.progress.turn();
                        return Ok(None);
                    }
                    Ok(false) => self.looked = Instant::now(),
                    Err(error) => {
                        wait(&error).await;
                        continue;
                    }
                }
            }
            let Some(Passed { position, what }) = self.ahead.pop_front() else { continue };
            at = position;
            self.progress.come_to(at);
            if let What::Changed(change) = what
                && let Some(seen) = self.see(change)
            {
                return Ok(Some(seen));
            }
        }
    }

    /// What comes next in the log; waits for it, and for the database.
    async fn read(&self, after: i64) -> Result<VecDeque<Passed>> {
        loop {
            match self.services.feed.next(after).await {
                Ok(page) => return Ok(page.into()),
                Err(error) if error.is_transient() => wait(&error).await,
                Err(error) => return Err(internal(error)),
            }
        }
    }

    /// Whether the caller is no longer who they were when this began.
    async fn has_turned(&self) -> std::result::Result<bool, ReadError> {
        let Some(known) = &self.caller.person else { return Ok(false) };
        let now = directory::principal(&self.services.reads, known.who.person).await?;
        Ok(now != self.caller.person)
    }

    fn see(&self, change: Arc<Change>) -> Option<Seen> {
        if is_internal(&change.event_type) && !self.reads_internal {
            return None;
        }
        let sees = |snapshot: &Arc<Snapshot>| {
            let watchers: Vec<PersonId> = snapshot.dossier.watchers.iter().copied().collect();
            self.scope.sees(&snapshot.row, &watchers)
        };
        let (before, after) = (change.before.as_ref().is_some_and(sees), sees(&change.after));
        (before || after).then_some(Seen { change, before, after })
    }
}

async fn wait(error: &impl Display) {
    tracing::warn!(%error, "a subscription has to wait");
    tokio::time::sleep(AGAIN).await;
}

/// What staff say among themselves does not even happen to clients.
fn is_internal(event_type: &str) -> bool {
    event_type == "conversation.noted"
}
