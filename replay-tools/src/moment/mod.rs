//! The moment an answer is asked for, and which events of a stream had come by then.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use journal::StreamEvent;
use journal::read::{head_of, number_at};
use projections::tickets::Until;
use sqlx::PgConnection;

use crate::failure::Failure;

/// As it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// An instant.
    At(DateTime<Utc>),
    /// After this position of the log.
    Position(i64),
}

impl FromStr for Moment {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const SENTENCE: &str =
            "neither an RFC 3339 instant such as 2016-03-15T12:00:00Z nor a position in the log";
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().map(Self::Position).map_err(|_| SENTENCE);
        }
        let at = DateTime::parse_from_rfc3339(text).map_err(|_| SENTENCE)?;
        Ok(Self::At(at.with_timezone(&Utc)))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::At(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            Self::Position(position) => write!(f, "position {position}"),
        }
    }
}

/// What is asked of each event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// Happened by then: what was so, as we know now.
    Occurred(DateTime<Utc>),
    /// Settled at or before this position: what we knew.
    Position(i64),
}

impl Cut {
    /// From what was typed, in this snapshot. A position that is yet to come is a slip of the finger;
    /// an instant to come is simply now.
    pub(crate) async fn of(
        conn: &mut PgConnection,
        moment: Moment,
        occurred: bool,
    ) -> Result<Self, Failure> {
        match (moment, occurred) {
            (Moment::At(at), false) => Ok(Self::Position(number_at(&mut *conn, at).await?)),
            (Moment::At(at), true) => Ok(Self::Occurred(at)),
            (Moment::Position(position), false) => {
                let head = head_of(conn).await?;
                let beyond = || Failure::BadInput(format!("the log ends at position {head}"));
                (position <= head).then_some(Self::Position(position)).ok_or_else(beyond)
            }
            (Moment::Position(_), true) => Err(Failure::BadInput(
                "a position says what was recorded; --occurred needs an instant".to_owned(),
            )),
        }
    }

    /// The last event that had come; an error where that is asked for by when it happened.
    pub(crate) fn position(self) -> Result<i64, Failure> {
        match self {
            Self::Position(position) => Ok(position),
            Self::Occurred(_) => Err(Failure::BadInput(
                "a view tells what was recorded: it has no --occurred".to_owned(),
            )),
        }
    }

    /// Before the first event of a stream.
    pub(crate) fn begin(self) -> Prefix {
        Prefix { cut: self, mark: DateTime::<Utc>::MIN_UTC }
    }
}

/// How much of one stream had come: always its beginning, never a choice of its events. A stamp
/// earlier than one before it in the stream counts as that one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prefix {
    cut: Cut,
    mark: DateTime<Utc>,
}

impl Prefix {
    /// Whether the stream's next event had come.
    pub(crate) fn takes(&mut self, position: i64, event: &StreamEvent) -> bool {
        match self.cut {
            Cut::Position(last) => position <= last,
            Cut::Occurred(at) => {
                self.mark = self.mark.max(event.meta.occurred_at);
                self.mark <= at
            }
        }
    }
}

impl From<Cut> for Until {
    fn from(cut: Cut) -> Self {
        match cut {
            Cut::Position(last) => Self::Number(last),
            Cut::Occurred(at) => Self::Occurred(at),
        }
    }
}

#[cfg(test)]
mod tests;
