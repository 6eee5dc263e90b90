//! The notices of one caller, one after the other.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, Result};
use domain::kernel::PersonId;
use futures_util::stream::{self, Stream};
use projections::notices::{self, News, NoticeRow};
use projections::{ReadError, Waiter};
use sqlx::PgPool;
use tokio::time::timeout;

use super::progress::Progress;
use super::rights::{Rights, wait};
use crate::graphql::access::working_caller;
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};

/// The model they are read from. It stays behind those of tickets and access requests, so that whoever
/// is told of one finds it as it is by then.
const MODEL: &str = "notices";
/// Rows that are read at once.
const PAGE: i64 = 100;
/// How long the database may stay behind what this process has heard of before it is looked again.
const LOOK: Duration = Duration::from_millis(250);

/// Pulls notices for one caller.
pub(super) struct Notices {
    reads: PgPool,
    waiter: Waiter,
    progress: Arc<Progress>,
    rights: Rights,
    person: PersonId,
    /// Read, and not yet passed.
    ahead: VecDeque<NoticeRow>,
    /// Up to where nothing is left when `ahead` is empty.
    through: i64,
    /// How far the model was said to be; a database that has crashed may be less far.
    heard: i64,
}

impl Notices {
    /// Of the request's caller, from where its progress stands, or from now on; none: the caller
    /// is nobody who is told anything.
    pub(super) async fn open(cx: &Context<'_>) -> Result<Option<Self>> {
        let services = services(cx)?;
        let Some(known) = &working_caller(cx)?.person else { return Ok(None) };
        let progress = Arc::clone(cx.data::<Arc<Progress>>()?);
        let through = match progress.position() {
            Some(position) => position,
            None => services.waiter.applied_through(MODEL).await.map_err(internal)?,
        };
        let rights = Rights::open(cx)?;
        progress.begin(through);
        Ok(Some(Self {
            reads: services.reads.clone(),
            waiter: services.waiter.clone(),
            progress,
            rights,
            person: known.who.person,
            ahead: VecDeque::new(),
            through,
            heard: through,
        }))
    }

    /// All of them from there on; a fault is the last.
    pub(super) fn rows(self) -> impl Stream<Item = Result<NoticeRow>> + Send + 'static {
        stream::unfold(Some(self), async |notices| {
            let mut notices = notices?;
            match notices.next().await {
                Ok(row) => row.map(|row| (Ok(row), Some(notices))),
                Err(error) => Some((Err(error), None)),
            }
        })
    }

    /// The next one; none when the caller's rights have changed.
    async fn next(&mut self) -> Result<Option<NoticeRow>> {
        while self.ahead.is_empty() {
            self.progress.come_to(self.through);
            self.read().await?;
        }
        if self.rights.have_changed(false).await {
            return Ok(None);
        }
        let row = self.ahead.pop_front();
        if let Some(row) = &row {
            self.progress.come_to(row.global_seq);
        }
        Ok(row)
    }

    /// Waits for the model to go on, and reads what the database has by then.
    async fn read(&mut self) -> Result<()> {
        let further = self.waiter.further(MODEL, self.heard);
        self.heard = match self.heard > self.through {
            true => timeout(LOOK, further).await.unwrap_or(self.heard),
            false => further.await,
        };
        match notices::since(&self.reads, self.person, self.through, PAGE).await {
            Ok(News { rows, through }) => {
                self.through = through;
                self.heard = self.heard.max(through);
                self.ahead = rows.into();
            }
            Err(error @ ReadError::Database(_)) => wait(&error).await,
            Err(error) => return Err(unread(error)),
        }
        Ok(())
    }
}
