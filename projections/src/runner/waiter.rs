//! Read-your-writes: waits until a model shows what a command has done.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use futures_util::future::join_all;
use journal::PositionToken;
use journal::postgres::connect::planning_once;
use journal::sharing::{Question, Sharing};
use sqlx::{PgPool, Row};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::Shared;
use crate::error::ReadError;
use crate::schema::{live, within};

/// How often the database is asked, when no signal of this process answers first.
const POLL: Duration = Duration::from_millis(15);
/// The same when nothing is expected.
const IDLE: Duration = Duration::from_secs(1);
/// For how long a new token's number waits for the log's next signal, before it is asked for.
const SOON: Duration = Duration::from_millis(3);

/// Statements of one sort on their way at once.
const LANES: usize = 2;
/// For all lanes.
const CONNECTIONS: u32 = 3;

/// Waits on behalf of readers; cheap to clone.
#[derive(Debug, Clone)]
pub struct Waiter {
    shared: Arc<Shared>,
    numbers: Sharing<Numbers>,
    /// The newest transaction whose events are known to have numbers.
    numbered: Arc<AtomicI64>,
    progress: Sharing<Progress>,
}

/// The model did not get there in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the view is {lag_events} events behind")]
pub struct Stale {
    /// Events it lacks, at least one.
    pub lag_events: i64,
}

/// How far this process knows log and models to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The last event of the log.
    pub head: i64,
    /// The last event that every model has, but for those that somebody has stopped.
    pub applied_through: i64,
    /// Events between the two.
    pub lag_events: i64,
    /// For how long this process has seen a difference.
    pub lag: Duration,
}

impl Waiter {
    /// Has to be called within a runtime, which asks.
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        let pool = planning_once(shared.journal.pool(), CONNECTIONS);
        Self {
            numbers: Sharing::new(Numbers(pool.clone()), LANES),
            numbered: Arc::default(),
            progress: Sharing::new(Progress(pool), LANES),
            shared,
        }
    }

    /// Waits until the model shows the event of this token and all before it, at most `limit`.
    /// Models that the append keeps always do.
    pub async fn passed(
        &self,
        model: &str,
        token: PositionToken,
        limit: Duration,
    ) -> Result<(), Stale> {
        self.all_passed(&[model], token, limit).await
    }

    /// The same for several models.
    pub async fn all_passed(
        &self,
        models: &[&str],
        token: PositionToken,
        limit: Duration,
    ) -> Result<(), Stale> {
        let kept = || models.iter().filter_map(|model| self.shared.applied.get_key_value(*model));
        if kept().next().is_none() {
            return Ok(());
        }
        let _wanted = Wanted::new(&self.shared, models);
        let mut target = None;
        let reached = timeout(limit, async {
            let number = self.settled(token).await;
            target = Some(number);
            join_all(kept().map(|(model, it)| self.reach(model, number, it.subscribe()))).await;
        });
        if reached.await.is_ok() {
            return Ok(());
        }
        let target = target.unwrap_or(*self.shared.journal.head().borrow() + 1);
        let lag = kept().map(|(_, applied)| target - *applied.borrow()).max();
        Err(Stale { lag_events: lag.unwrap_or_default().max(1) })
    }

    /// The same for an event whose number in the log is known.
    pub async fn passed_number(
        &self,
        model: &str,
        number: i64,
        limit: Duration,
    ) -> Result<(), Stale> {
        let Some((model, applied)) = self.shared.applied.get_key_value(model) else {
            return Ok(());
        };
        let _wanted = Wanted::new(&self.shared, &[model]);
        let reached = timeout(limit, self.reach(model, number, applied.subscribe()));
        reached.await.map_err(|_| Stale { lag_events: (number - *applied.borrow()).max(1) })
    }

    /// The number of this token's event in the log, waited for; none: it has none within `limit`.
    pub async fn number_of(&self, token: PositionToken, limit: Duration) -> Option<i64> {
        timeout(limit, self.settled(token)).await.ok()
    }

    /// How far the model is; the database is asked.
    pub async fn applied_through(&self, model: &str) -> Result<i64, sqlx::Error> {
        let sql = within(&live(model), include_str!("../sql/applied_through.sql"));
        applied_in(self.shared.journal.pool(), &sql).await
    }

    /// Waits, for as long as it takes, until the model is further than this number; how far it is.
    pub async fn further(&self, model: &str, number: i64) -> i64 {
        let mut applied = self.shared.applied.get(model).map(watch::Sender::subscribe);
        let mut head = self.shared.journal.head();
        loop {
            head.mark_unchanged();
            let known = applied.as_ref().map_or(0, |applied| *applied.borrow());
            if known > number {
                return known;
            }
            // Another process may keep the model; then its signal is that the log has grown.
            match self.applied_through(model).await {
                Ok(known) if known > number => return known,
                Ok(_) if *head.borrow() > number => self.grown(&mut applied, number, POLL).await,
                // An unreachable database is waited for.
                Ok(_) | Err(_) => tokio::select! {
                    _ = head.changed() => {}
                    () = self.grown(&mut applied, number, IDLE) => {}
                },
            }
        }
    }

    /// Waits for this process's own progress, at most `limit`.
    async fn grown(
        &self,
        applied: &mut Option<watch::Receiver<i64>>,
        number: i64,
        limit: Duration,
    ) {
        match applied {
            // An error is time that is over; whoever called looks by itself.
            Some(applied) => {
                let _ = timeout(limit, applied.wait_for(|known| *known > number)).await;
            }
            None => sleep(limit).await,
        }
    }

    /// Waits until every model that nobody has stopped shows everything that is committed now, at
    /// most `limit`.
    pub async fn caught_up(&self, limit: Duration) -> Result<(), Stale> {
        let all: Vec<&str> = self.shared.applied.keys().copied().collect();
        self.caught_up_in(&all, limit).await
    }

    /// The same for several models.
    async fn caught_up_in(&self, models: &[&str], limit: Duration) -> Result<(), Stale> {
        let newest = sqlx::query(include_str!("sql/newest.sql"))
            .fetch_optional(self.shared.journal.pool())
            .await;
        let token = match newest {
            Ok(Some(row)) => token_of(&row),
            Ok(None) => return Ok(()),
            Err(_) => None,
        };
        // A database that does not answer cannot be caught up with.
        let Some(token) = token else { return Err(Stale { lag_events: 1 }) };
        for model in models {
            if self.shared.stands(model) {
                continue;
            }
            self.passed(model, token, limit).await?;
        }
        Ok(())
    }

    /// Waits until these models show everything that is committed now, at most `limit`; up to which
    /// number that is. None when one of them is late, or stopped by somebody.
    pub async fn shown_through(&self, models: &[&str], limit: Duration) -> Option<i64> {
        if models.iter().any(|model| self.shared.stands(model)) {
            return None;
        }
        let newest = sqlx::query(include_str!("sql/newest.sql"))
            .fetch_optional(self.shared.journal.pool())
            .await;
        let token = token_of(&newest.ok()??)?;
        self.all_passed(models, token, limit).await.ok()?;
        self.number_of(token, limit).await
    }

    /// Cheap: nobody is asked.
    pub fn position(&self) -> Position {
        let going = self.shared.applied.iter().filter(|(model, _)| {
            // What somebody has stopped is not late, nor what stays behind it.
            !self.shared.stands(model)
        });
        let applied = going.map(|(_, applied)| *applied.borrow()).min();
        let head = *self.shared.journal.head().borrow();
        let applied_through = applied.unwrap_or(head);
        // A process that only watches may hear of a model's progress before it hears of the log's.
        let head = head.max(applied_through);
        let lag_events = head - applied_through;
        Position { head, applied_through, lag_events, lag: self.shared.behind_for(lag_events > 0) }
    }

    async fn reach(&self, model: &'static str, number: i64, mut applied: watch::Receiver<i64>) {
        loop {
            if let Ok(Ok(_)) = timeout(POLL, applied.wait_for(|known| *known >= number)).await {
                return;
            }
            // Another process may keep the model. An unreachable database is waited for.
            if let Ok(known) = self.progress.ask(model).await
                && known >= number
            {
                return;
            }
        }
    }

    /// The token's number in the log, waited for.
    async fn settled(&self, token: PositionToken) -> i64 {
        let mut head = self.shared.journal.head();
        head.mark_unchanged();
        // Just written, it has none yet: nobody asks in vain, and all ask together.
        if token.xid > self.numbered.load(Ordering::Relaxed) {
            let _ = timeout(SOON, head.changed()).await;
        }
        loop {
            head.mark_unchanged();
            if let Ok(Some(number)) = self.numbers.ask(token).await {
                self.numbered.fetch_max(token.xid, Ordering::Relaxed);
                return number;
            }
            tokio::select! {
                _ = head.changed() => {}
                () = sleep(POLL) => {}
            }
        }
    }
}

/// Somebody waits for these models, and so for those that they stay behind, as long as this is there.
struct Wanted<'a>(Vec<&'a watch::Sender<usize>>);

impl<'a> Wanted<'a> {
    fn new(shared: &'a Shared, models: &[&str]) -> Self {
        let all = shared.with_leaders(models);
        let wanted: Vec<_> = all.iter().filter_map(|model| shared.wanted.get(model)).collect();
        wanted.iter().for_each(|count| count.send_modify(|count| *count += 1));
        Self(wanted)
    }
}

impl Drop for Wanted<'_> {
    fn drop(&mut self) {
        self.0.iter().for_each(|count| count.send_modify(|count| *count -= 1));
    }
}

fn token_of(row: &sqlx::postgres::PgRow) -> Option<PositionToken> {
    Some(PositionToken {
        xid: row.try_get("transaction").ok()?,
        position: row.try_get("position").ok()?,
    })
}

async fn applied_in(pool: &PgPool, sql: &str) -> Result<i64, sqlx::Error> {
    sqlx::query(sql).fetch_one(pool).await?.try_get("applied_through")
}

/// The numbers of several tokens in the log; none where it is not settled yet.
#[derive(Debug)]
struct Numbers(PgPool);

impl Question for Numbers {
    type Key = PositionToken;
    type Answer = Option<i64>;
    type Error = ReadError;

    async fn ask(&self, tokens: Vec<PositionToken>) -> Result<Vec<Option<i64>>, ReadError> {
        let rows = sqlx::query(include_str!("sql/numbers_of.sql"))
            .bind(tokens.iter().map(|token| token.xid).collect::<Vec<_>>())
            .bind(tokens.iter().map(|token| token.position).collect::<Vec<_>>())
            .fetch_all(&self.0)
            .await?;
        rows.iter().map(|row| Ok(row.try_get("number")?)).collect()
    }
}

/// How far several models are.
#[derive(Debug)]
struct Progress(PgPool);

impl Question for Progress {
    type Key = &'static str;
    type Answer = i64;
    type Error = ReadError;

    async fn ask(&self, models: Vec<&'static str>) -> Result<Vec<i64>, ReadError> {
        let mut each = BTreeMap::new();
        for &model in &models {
            if let Entry::Vacant(place) = each.entry(model) {
                let sql = within(&live(model), include_str!("../sql/applied_through.sql"));
                place.insert(applied_in(&self.0, &sql).await?);
            }
        }
        Ok(models.iter().filter_map(|model| each.get(model).copied()).collect())
    }
}
