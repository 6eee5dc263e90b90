//! The arguments that ask for a day of the past: at most one, an instant, a position of the log or a
//! baseline.

use async_graphql::{Context, ID, InputObject, Result};
use chrono::{DateTime, Utc};
use domain::kernel::BaselineId;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use journal::read::{head_of, number_at, recorded_at};
use projections::cis::At;

use super::context::{PATIENCE, services};
use super::error::{bad_id, bad_request, behind, internal};
use super::scalar::Position;
use super::{id, loader};

/// What shows items of the past.
const MODELS: [&str; 2] = ["cis", "ci_classes"];

/// A moment: an instant, a position of the log or a baseline; none of them: now.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct Moment {
    /// As of this instant of recording.
    pub(super) as_of: Option<DateTime<Utc>>,
    /// As of this position of the log.
    pub(super) as_of_position: Option<Position>,
    /// As of the moment that this baseline names, even if it is withdrawn.
    pub(super) as_of_baseline: Option<ID>,
}

impl Moment {
    /// When that is. It is waited for until what shows items shows it.
    ///
    /// # Errors
    /// Several are named; no such baseline; the position is beyond the log; the read side does not
    /// get there in time.
    pub(super) fn at<'c>(self, cx: &'c Context<'_>) -> BoxFuture<'c, Result<At>> {
        async move { self.of(cx, &MODELS).await }.boxed()
    }

    /// The same of what these models show; none: now.
    ///
    /// # Errors
    /// As above.
    pub(super) fn past<'c>(
        self,
        cx: &'c Context<'_>,
        models: &'c [&'static str],
    ) -> BoxFuture<'c, Result<Option<Past>>> {
        async move {
            let named = self.as_of;
            let At::After(number) = self.of(cx, models).await? else { return Ok(None) };
            let then = named.map_or(Then::Behind(number), Then::At);
            Ok(Some(Past { number, then }))
        }
        .boxed()
    }

    /// The same of what other models show.
    ///
    /// # Errors
    /// As above.
    pub(super) fn of<'c>(
        self,
        cx: &'c Context<'_>,
        models: &'c [&'static str],
    ) -> BoxFuture<'c, Result<At>> {
        async move {
            match (self.as_of, self.as_of_position, self.as_of_baseline) {
                (None, None, None) => Ok(At::Now),
                (Some(instant), None, None) => {
                    let journal = services(cx)?.gateway.journal();
                    let number = number_at(journal.pool(), instant).await.map_err(internal)?;
                    passed(cx, Position::Number(number), models).await.map(At::After)
                }
                (None, Some(position), None) => passed(cx, position, models).await.map(At::After),
                (None, None, Some(baseline)) => {
                    let named: BaselineId = id::decode(&baseline).map_err(bad_id)?;
                    let named = loader::baseline(cx, named).await?;
                    let named = named.ok_or_else(|| bad_request("there is no such baseline"))?;
                    passed(cx, Position::Number(named.0.position), models).await.map(At::After)
                }
                _ => Err(bad_request(SEVERAL)),
            }
        }
        .boxed()
    }
}

/// A moment of the past.
#[derive(Debug, Clone, Copy)]
pub(super) struct Past {
    /// The number of its last event.
    pub(super) number: i64,
    /// What stands for now in what is asked of it.
    pub(super) then: Then,
}

/// What stands for now in what is asked of the past.
#[derive(Debug, Clone, Copy)]
pub(super) enum Then {
    /// What was named.
    At(DateTime<Utc>),
    /// When the event with this number was recorded.
    Behind(i64),
}

impl Then {
    /// That instant; one to come is now.
    ///
    /// # Errors
    /// Technical failures.
    pub(super) async fn instant(self, cx: &Context<'_>) -> Result<DateTime<Utc>> {
        let gateway = &services(cx)?.gateway;
        match self {
            Self::At(instant) => Ok(instant.min(gateway.now())),
            Self::Behind(number) => {
                let found = recorded_at(gateway.journal().pool(), number).await;
                Ok(found.map_err(internal)?.unwrap_or(DateTime::UNIX_EPOCH))
            }
        }
    }
}

/// What is wrong with a moment that is named twice.
pub(super) const SEVERAL: &str = "name a moment by an instant, by a position or by a baseline";

/// The number of a position that the read side has passed.
fn passed<'c>(
    cx: &'c Context<'_>,
    position: Position,
    models: &'c [&'static str],
) -> BoxFuture<'c, Result<i64>> {
    async move {
        let waiter = &services(cx)?.waiter;
        let number = match position {
            Position::Number(number) => Some(number),
            Position::Token(token) => waiter.number_of(token, PATIENCE).await,
        };
        let beyond = || bad_request("the log does not reach this position");
        let number = number.filter(|number| *number >= 0).ok_or_else(beyond)?;
        for model in models {
            if let Err(stale) = waiter.passed_number(model, number, PATIENCE).await {
                let head = head_of_log(cx).await?;
                return Err(if number > head { beyond() } else { behind(&stale) });
            }
        }
        Ok(number)
    }
    .boxed()
}

async fn head_of_log(cx: &Context<'_>) -> Result<i64> {
    let mut conn = services(cx)?.gateway.journal().pool().acquire().await.map_err(internal)?;
    head_of(&mut conn).await.map_err(internal)
}

/// The number of a moment's last event; of now, that of what is shown of items.
///
/// # Errors
/// Technical failures.
pub(super) fn number_of<'c>(cx: &'c Context<'_>, at: At) -> BoxFuture<'c, Result<i64>> {
    async move {
        match at {
            At::After(number) => Ok(number),
            At::Now => {
                let shown =
                    services(cx)?.waiter.applied_through(MODELS[0]).await.map_err(internal)?;
                passed(cx, Position::Number(shown), &MODELS).await
            }
        }
    }
    .boxed()
}
