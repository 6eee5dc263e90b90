//! What a sequencer does while another one leads: keeps its process informed, and sees to it that
//! the other one does its work.
//!
//! A leader whose process hangs, or whose network is gone, keeps its lock. It shows by events that
//! could have their number and do not get one; then its connection is ended by the server. That is a
//! courtesy to the log's speed, not to its truth: the epoch fences.

use std::time::{Duration, Instant};

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};
use tokio::time::{sleep, timeout};

use super::{LOCK, PATIENCE, gone};
use crate::error::JournalError;
use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};

/// How often a follower looks.
const FOLLOW: Duration = Duration::from_millis(250);
/// How long a leader may leave events lying.
const STUCK_AFTER: Duration = Duration::from_secs(1);
/// The same when it helped nothing to depose those before it.
const STUCK_AT_MOST: Duration = Duration::from_secs(60);

/// One look at the leader.
#[derive(Debug, Clone, Copy)]
struct Look {
    epoch: i64,
    head: i64,
    /// Whether an event could have its number and has none.
    waiting: bool,
}

/// Returns once this connection has the lock.
pub(super) async fn until_free(
    journal: &Journal,
    options: &PgConnectOptions,
    conn: &mut PgConnection,
) -> Result<(), JournalError> {
    let mut watched: Option<Watched> = None;
    loop {
        let query = sqlx::query(include_str!("sql/follow.sql")).bind(LOCK).fetch_one(&mut *conn);
        let row = timeout(PATIENCE, query).await.map_err(gone)??;
        let look = Look {
            epoch: row.try_get("epoch")?,
            head: row.try_get("head")?,
            waiting: row.try_get("waiting")?,
        };
        journal.announce(look.head);
        if row.try_get("leads")? {
            return Ok(());
        }
        let now = Instant::now();
        let watched = watched.get_or_insert_with(|| Watched::new(look, now));
        if watched.is_stuck(look, now)
            && let Some(leader) = row.try_get::<Option<i32>, _>("leader")?
        {
            tracing::warn!(leader, "the leading sequencer leaves events lying and is deposed");
            if let Err(error) = depose(options, leader).await {
                tracing::warn!(%error, leader, "the leading sequencer cannot be deposed");
            }
            // The lock is free in a moment.
            continue;
        }
        sleep(FOLLOW).await;
    }
}

/// What was seen of the leader so far.
#[derive(Debug)]
struct Watched {
    last: Look,
    since: Instant,
    patience: Duration,
}

impl Watched {
    fn new(last: Look, since: Instant) -> Self {
        Self { last, since, patience: STUCK_AFTER }
    }

    /// Whether it has had work and done none for too long. A new leader begins anew, and gets twice
    /// the time when the one before got nowhere: a slow server is not helped by many leaders.
    fn is_stuck(&mut self, look: Look, now: Instant) -> bool {
        if look.head > self.last.head || !look.waiting {
            self.patience = STUCK_AFTER;
            self.since = now;
        } else if look.epoch != self.last.epoch {
            self.patience = (self.patience * 2).min(STUCK_AT_MOST);
            self.since = now;
        }
        self.last = look;
        let stuck = now.duration_since(self.since) >= self.patience;
        if stuck {
            self.patience = (self.patience * 2).min(STUCK_AT_MOST);
            self.since = now;
        }
        stuck
    }
}

/// Ends the server's side of the leader's connection. Only the login itself may: not its roles.
async fn depose(options: &PgConnectOptions, leader: i32) -> Result<(), JournalError> {
    let ended = async {
        let mut conn = connect::connection(options, ActingAs::Login).await?;
        sqlx::query(include_str!("sql/as_login.sql")).execute(&mut conn).await?;
        sqlx::query(include_str!("sql/depose.sql"))
            .bind(LOCK)
            .bind(leader)
            .execute(&mut conn)
            .await?;
        conn.close().await
    };
    Ok(timeout(PATIENCE, ended).await.map_err(gone)??)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the leader is stuck at each of these looks: milliseconds, epoch, head, waiting.
    fn stuck(looks: &[(u64, i64, i64, bool)]) -> Vec<bool> {
        let begun = Instant::now();
        let look =
            |&(_, epoch, head, waiting): &(u64, i64, i64, bool)| Look { epoch, head, waiting };
        let mut watched = Watched::new(look(&looks[0]), begun);
        let at = |ms| begun + Duration::from_millis(ms);
        looks.iter().map(|seen| watched.is_stuck(look(seen), at(seen.0))).collect()
    }

    #[test]
    fn a_leader_that_leaves_an_event_lying_for_a_second_is_stuck() {
        let looks = [(0, 1, 5, true), (500, 1, 5, true), (1_000, 1, 5, true)];
        assert_eq!(stuck(&looks), [false, false, true]);
    }

    #[test]
    fn whoever_gets_on_or_has_nothing_to_do_is_not_stuck() {
        let busy = [(0, 1, 5, true), (900, 1, 6, true), (1_800, 1, 7, true)];
        assert_eq!(stuck(&busy), [false; 3]);
        let idle =
            [(0, 1, 5, false), (900, 1, 5, false), (5_000, 1, 5, false), (5_500, 1, 5, true)];
        assert_eq!(stuck(&idle), [false; 4]);
    }

    #[test]
    fn each_leader_gets_twice_the_time_of_the_one_before_as_long_as_none_gets_on() {
        let looks = [
            (0, 1, 5, true),
            (1_000, 1, 5, true),
            (1_250, 2, 5, true),
            (4_000, 2, 5, true),
            (5_250, 2, 5, true),
            (5_500, 3, 9, true),
            (6_500, 3, 9, true),
        ];
        assert_eq!(stuck(&looks), [false, true, false, false, true, false, true]);
    }
}
