//! A place in the log, and the instant that is now there.

use chrono::{DateTime, Utc};
use journal::read::head_of;
use sqlx::{PgConnection, Row};

use super::WhatIfError;

/// As the log stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// The number of its last event; 0: none.
    pub through: i64,
    /// The instant then.
    pub now: DateTime<Utc>,
}

impl Stand {
    /// After this number, when its event was recorded; none: after the last one, now.
    ///
    /// # Errors
    /// No event has this number; the log cannot be read.
    pub async fn at(
        conn: &mut PgConnection,
        position: Option<i64>,
        now: DateTime<Utc>,
    ) -> Result<Self, WhatIfError> {
        let head = head_of(conn).await?;
        match position {
            None => Ok(Self { through: head, now }),
            Some(through) if (1..=head).contains(&through) => {
                let recorded = sqlx::query(include_str!("sql/recorded_at.sql"))
                    .bind(through)
                    .fetch_one(conn)
                    .await?;
                Ok(Self { through, now: recorded.try_get("recorded_at")? })
            }
            Some(_) => Err(WhatIfError::NoPosition(head)),
        }
    }
}
