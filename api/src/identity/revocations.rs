//! Hears which sessions have ended, in whichever process, and tells whoever keeps a stream open.
//!
//! Requests need none of it: each looks its session up. One connection a process; while it is lost
//! nothing is heard, so that everybody must look again once it is back. Spawned by the composition,
//! listened to by live streams.

use std::time::Duration;

use domain::kernel::PersonId;
use journal::identity::SESSIONS_CHANNEL;
use journal::postgres::connect::{self, ActingAs};
use sqlx::postgres::{PgConnectOptions, PgListener};
use tokio::sync::{broadcast, watch};
use tokio::time::sleep;
use uuid::Uuid;

use super::Identity;

/// How many ends a stream may be behind before it must look for itself.
pub(super) const BEHIND: usize = 1024;
/// Between two attempts to connect.
const AGAIN: Duration = Duration::from_millis(500);

/// What has ended. Who lags behind its receiver has missed some: as after [`Ended::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// This session.
    Session(Uuid),
    /// All sessions of this person.
    Person(PersonId),
    /// Nobody knows: ask [`Identity::still_good`].
    Unknown,
}

impl Ended {
    /// As `journal::identity` tells it; what is not understood may be anything.
    fn read(payload: &str) -> Self {
        let read = match payload.strip_prefix("person:") {
            Some(person) => person.parse().ok().map(Self::Person),
            None => payload.parse().ok().map(Self::Session),
        };
        read.unwrap_or(Self::Unknown)
    }
}

impl Identity {
    /// The ends of sessions from now on.
    pub fn revocations(&self) -> broadcast::Receiver<Ended> {
        self.0.ended.subscribe()
    }

    /// Hears them until `stop` turns true.
    pub async fn hear_revocations(
        self,
        options: PgConnectOptions,
        mut stop: watch::Receiver<bool>,
    ) {
        let forever = async {
            loop {
                if let Err(error) = self.hear(&options).await {
                    tracing::warn!(
                        error = journal::error::describe(&error),
                        "hearing of ended sessions"
                    );
                }
                sleep(AGAIN).await;
            }
        };
        tokio::select! {
            // An error means that whoever could stop us is gone.
            _ = stop.wait_for(|stop| *stop) => {}
            () = forever => {}
        }
    }

    /// Returns when the connection is lost.
    async fn hear(&self, options: &PgConnectOptions) -> Result<(), sqlx::Error> {
        let pool = match connect::pool(options, ActingAs::App, "identity", 1).await {
            Ok(pool) => pool,
            Err(connect::ConnectError::Unreachable(error)) => return Err(error),
            // Checked when the database was opened.
            Err(connect::ConnectError::TooOld(_)) => return Ok(()),
        };
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(SESSIONS_CHANNEL).await?;
        self.tell(Ended::Unknown);
        while let Some(notification) = listener.try_recv().await? {
            self.tell(Ended::read(notification.payload()));
        }
        Ok(())
    }

    fn tell(&self, ended: Ended) {
        // An error means that nobody listens, and nobody has to.
        let _ = self.0.ended.send(ended);
    }
}

#[cfg(test)]
mod tests {
    use super::{Ended, PersonId, Uuid};

    #[test]
    fn what_is_told_is_read_and_what_is_not_understood_may_be_anything() {
        let id = Uuid::from_u128(7);
        assert_eq!(Ended::read(&id.to_string()), Ended::Session(id));
        assert_eq!(Ended::read(&format!("person:{id}")), Ended::Person(PersonId(id)));
        assert_eq!(Ended::read("person:nobody"), Ended::Unknown);
        assert_eq!(Ended::read(""), Ended::Unknown);
    }
}
