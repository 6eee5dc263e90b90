//! The changes that one caller may see, one after the other.

use std::collections::VecDeque;
use std::sync::Arc;

use async_graphql::{Context, Result};
use domain::access::Permission;
use futures_util::stream::{self, Stream};
use projections::feed::{Change, Crossing, Feed, Passed, Snapshot, What};
use projections::tickets::Scope;

use super::progress::Progress;
use super::rights::{Rights, wait};
use crate::graphql::access::scope;
use crate::graphql::context::services;
use crate::graphql::error::internal;

/// Pulls changes for one caller.
pub(super) struct Source {
    feed: Feed,
    progress: Arc<Progress>,
    rights: Rights,
    scope: Scope,
    /// Whether what staff say among themselves is told.
    /// Of these, what staff say among themselves.
    internal: Scope,
    /// Read, and not yet passed.
    ahead: VecDeque<Passed>,
}

/// A change with what the caller may see of it.
pub(super) struct Seen {
    pub(super) change: Arc<Change>,
    /// Whether the caller could see the ticket before.
    pub(super) before: bool,
    /// Whether the caller can see the ticket as it is now.
    pub(super) after: bool,
}

/// Something that the caller may see.
enum Told {
    /// A ticket changed.
    Changed(Seen),
    /// A clock of a ticket went beyond a threshold.
    Crossed(Arc<Crossing>),
}

impl Source {
    /// Of the request's caller, from where its progress stands, or from now on.
    pub(super) async fn open(cx: &Context<'_>) -> Result<Self> {
        let feed = services(cx)?.feed.clone();
        let progress = Arc::clone(cx.data::<Arc<Progress>>()?);
        let rights = Rights::open(cx)?;
        let position = match progress.position() {
            Some(position) => position,
            None => feed.now().await.map_err(internal)?,
        };
        progress.begin(position);
        Ok(Self {
            feed,
            progress,
            rights,
            scope: scope(cx, Permission::TicketRead),
            internal: scope(cx, Permission::ConversationReadInternal),
            ahead: VecDeque::new(),
        })
    }

    /// The answers that `show` makes of the changes; a fault is the last of them.
    pub(super) fn changes<T: Send + 'static>(
        self,
        show: impl Fn(Seen) -> Result<Option<T>> + Send + 'static,
    ) -> impl Stream<Item = Result<T>> + Send + 'static {
        self.answers(move |told| match told {
            Told::Changed(seen) => show(seen),
            Told::Crossed(_) => Ok(None),
        })
    }

    /// The same of the crossings.
    pub(super) fn crossings<T: Send + 'static>(
        self,
        show: impl Fn(Arc<Crossing>) -> Option<T> + Send + 'static,
    ) -> impl Stream<Item = Result<T>> + Send + 'static {
        self.answers(move |told| match told {
            Told::Changed(_) => Ok(None),
            Told::Crossed(crossing) => Ok(show(crossing)),
        })
    }

    fn answers<T: Send + 'static>(
        self,
        show: impl Fn(Told) -> Result<Option<T>> + Send + 'static,
    ) -> impl Stream<Item = Result<T>> + Send + 'static {
        stream::unfold(Some((self, show)), async |state| {
            let (mut source, show) = state?;
            loop {
                let shown = match source.next().await {
                    Ok(Some(told)) => show(told),
                    Ok(None) => return None,
                    Err(error) => Err(error),
                };
                match shown {
                    Ok(Some(answer)) => return Some((Ok(answer), Some((source, show)))),
                    Ok(None) => {}
                    Err(error) => return Some((Err(error), None)),
                }
            }
        })
    }

    /// The next thing that the caller may see; none when the caller's rights have changed.
    async fn next(&mut self) -> Result<Option<Told>> {
        let mut at = self.progress.position().unwrap_or_default();
        loop {
            if self.ahead.is_empty() {
                self.ahead = self.read(at).await?;
            }
            let cause = matches!(self.ahead.front(), Some(Passed { what: What::Rights, .. }));
            if self.rights.have_changed(cause).await {
                return Ok(None);
            }
            let Some(Passed { position, what }) = self.ahead.pop_front() else { continue };
            at = position;
            self.progress.come_to(at);
            let told = match what {
                What::Changed(change) => self.see(change).map(Told::Changed),
                What::Crossed(crossing) => {
                    Some(crossing).filter(|it| self.sees(&it.ticket)).map(Told::Crossed)
                }
                What::Rights | What::Else => None,
            };
            if told.is_some() {
                return Ok(told);
            }
        }
    }

    /// What comes next in the log; waits for it, and for the database.
    async fn read(&self, after: i64) -> Result<VecDeque<Passed>> {
        loop {
            match self.feed.next(after).await {
                Ok(page) => return Ok(page.into()),
                Err(error) if error.is_transient() => wait(&error).await,
                Err(error) => return Err(internal(error)),
            }
        }
    }

    fn see(&self, change: Arc<Change>) -> Option<Seen> {
        let of_the_desk = is_internal(&change.event_type);
        let sees = |snapshot: &Snapshot| {
            self.sees(snapshot) && (!of_the_desk || sees(&self.internal, snapshot))
        };
        let before = change.before.as_ref().is_some_and(|before| sees(before));
        let after = sees(&change.after);
        (before || after).then_some(Seen { change, before, after })
    }

    fn sees(&self, snapshot: &Snapshot) -> bool {
        sees(&self.scope, snapshot)
    }
}

/// What staff say and note down among themselves does not even happen to clients.
fn is_internal(event_type: &str) -> bool {
    !event_type.starts_with("ticket.") && event_type != "conversation.replied"
}

fn sees(scope: &Scope, snapshot: &Snapshot) -> bool {
    scope.sees(&snapshot.row, &snapshot.dossier.watcher_ids)
}
