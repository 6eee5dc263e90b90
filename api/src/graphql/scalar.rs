//! Scalars of our own.

use std::fmt;
use std::str::FromStr;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::NaiveDate;
use journal::PositionToken;

/// A client's cursor, unread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cursor(pub(super) String);

/// Where a page ends. Opaque: hand it back as it is, with the same other arguments.
#[Scalar]
impl ScalarType for Cursor {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(text)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date(pub(super) NaiveDate);

/// A day, as ISO 8601 writes it: `2031-03-01`.
#[Scalar]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(Self(NaiveDate::parse_from_str(&text, "%Y-%m-%d")?)),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A place in the log, as clients write it: also what the header `X-After-Position` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Position {
    /// The permanent number of an event, from 1.
    Number(i64),
    /// Where an event will be found once it has a number.
    Token(PositionToken),
}

/// Not a position.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a position")]
pub struct BadPosition;

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Token(token) => token.fmt(f),
        }
    }
}

impl FromStr for Position {
    type Err = BadPosition;

    fn from_str(text: &str) -> Result<Self, BadPosition> {
        // A token has 22 characters, more digits than a number has.
        if !text.is_empty() && text.len() < 20 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse().map(Self::Number).map_err(|_| BadPosition);
        }
        text.parse().map(Self::Token).map_err(|_| BadPosition)
    }
}

/// A place in the log, as text: the number of an event that has one, or the token with which a
/// command was answered. Opaque: hand it back as it is, for instance in the header
/// `X-After-Position`.
#[Scalar]
impl ScalarType for Position {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => Ok(text.parse()?),
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.to_string())
    }
}
