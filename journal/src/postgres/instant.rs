//! A stored time, whatever somebody wrote there: PostgreSQL knows times that no calendar of ours has,
//! `infinity` among them.

use chrono::{DateTime, Utc};
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgTypeInfo, PgValueRef};
use sqlx::{Decode, Postgres, Type};

/// PostgreSQL counts from the year 2000, in microseconds.
const EPOCH: i64 = 946_684_800_000_000;

/// A `timestamptz`; one that is no time of ours is a fault of its column, never a panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Instant(pub(crate) DateTime<Utc>);

impl Type<Postgres> for Instant {
    fn type_info() -> PgTypeInfo {
        <DateTime<Utc> as Type<Postgres>>::type_info()
    }
}

impl<'r> Decode<'r, Postgres> for Instant {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let micros = <i64 as Decode<Postgres>>::decode(value)?;
        let found = micros.checked_add(EPOCH).and_then(DateTime::from_timestamp_micros);
        found.map(Self).ok_or_else(|| "it is no time".into())
    }
}
