//! What fields are compared with, as the database and the memory compare it.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::ticket::Priority;
use uuid::Uuid;

use super::apply::rank;
use super::filter::Operand;
use crate::error::ReadError;
use crate::read::storable;
use crate::rows::micros;

/// All of them, else the first that does not fit.
pub(super) fn all<T>(
    values: &[Operand],
    one: impl Fn(&Operand) -> Result<T, ReadError>,
) -> Result<Vec<T>, ReadError> {
    values.iter().map(one).collect()
}

pub(super) fn text(value: &Operand) -> Result<String, ReadError> {
    match value {
        Operand::Text(text) if storable(text) => Ok(text.clone()),
        _ => Err(ReadError::BadFilter("this field is compared with a text")),
    }
}

pub(super) fn priority(value: &Operand) -> Result<i16, ReadError> {
    let Operand::Text(word) = value else {
        return Err(ReadError::BadFilter("a priority is compared with its word"));
    };
    word.parse::<Priority>().map(rank).map_err(|_| ReadError::BadFilter("no such priority"))
}

pub(super) fn id(value: &Operand) -> Result<Uuid, ReadError> {
    match value {
        Operand::Id(id) => Ok(*id),
        _ => Err(ReadError::BadFilter("this field is compared with an id")),
    }
}

pub(super) fn time(value: &Operand) -> Result<DateTime<Utc>, ReadError> {
    let at = match value {
        Operand::Time(at) => Some(*at),
        Operand::FromNow { seconds, now } => {
            TimeDelta::try_seconds(*seconds).and_then(|it| now.checked_add_signed(it))
        }
        Operand::Text(_) | Operand::Id(_) | Operand::Number(_) => None,
    };
    match at {
        Some(at) if is_storable(at) => Ok(micros(at)),
        _ => Err(ReadError::BadFilter("this field is compared with an instant of four-digit year")),
    }
}

pub(super) fn number(value: &Operand) -> Result<i64, ReadError> {
    match value {
        Operand::Number(number) => Ok(*number),
        _ => Err(ReadError::BadFilter("this field is compared with a whole number")),
    }
}

/// Far within what both calendars can say.
pub(super) fn is_storable(at: DateTime<Utc>) -> bool {
    (0..=9999).contains(&at.year())
}
