//! The cursor: where in which list the reader is. Opaque to clients; one of another filter, order
//! or time is refused.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::order::{Direction, KeyType};
use super::read::CiQuery;
use crate::error::ReadError;
use crate::read::storable;

type Sql = QueryBuilder<'static, Postgres>;

/// Raised when the cursor's shape changes.
const VERSION: u8 = 1;
/// Under which lists get their digests.
const LISTS: Uuid = Uuid::from_u128(0x616e_6e61_6c73_4c49_8000_4349_5f4c_4953);

/// A place in a list of items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

/// What a cursor says: the keys of its row as texts, and the row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Place {
    version: u8,
    list: Uuid,
    keys: Vec<String>,
    id: Uuid,
}

impl Cursor {
    /// The place of a row in the list.
    pub(super) fn of(list: Uuid, keys: Vec<String>, id: Uuid) -> Self {
        let place = Place { version: VERSION, list, keys, id };
        Self(URL_SAFE_NO_PAD.encode(serde_json::json!(place).to_string()))
    }

    /// What it says, if it belongs to this list.
    pub(super) fn place(&self, list: Uuid, types: &[KeyType]) -> Result<Place, ReadError> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0).map_err(|_| ReadError::BadCursor)?;
        let place: Place = serde_json::from_slice(&bytes).map_err(|_| ReadError::BadCursor)?;
        let fits = place.version == VERSION
            && place.list == list
            && place.keys.len() == types.len()
            && place.keys.iter().zip(types).all(|(key, of)| of.fits(key));
        if fits { Ok(place) } else { Err(ReadError::BadCursor) }
    }
}

/// Names the list: which items of when, in which order.
pub(super) fn list_of(query: &CiQuery) -> Uuid {
    let arguments =
        serde_json::json!([query.at, query.filter, query.search, query.order]).to_string();
    Uuid::new_v5(&LISTS, arguments.as_bytes())
}

impl KeyType {
    /// Shows a key as a text.
    pub(super) fn shown(self) -> (&'static str, &'static str) {
        match self {
            Self::Text => ("", ""),
            Self::Rank | Self::Number => ("", "::text"),
            Self::Time => ("(extract(epoch from ", ") * 1000000)::bigint::text"),
        }
    }

    fn fits(self, key: &str) -> bool {
        match self {
            Self::Text => storable(key),
            Self::Rank => key.parse::<i32>().is_ok(),
            Self::Number => key == "-Infinity" || key.parse::<Decimal>().is_ok(),
            Self::Time => instant(key).is_some(),
        }
    }

    fn push(self, sql: &mut Sql, key: &str) {
        match self {
            Self::Text => sql.push_bind(key.to_owned()),
            Self::Rank => sql.push_bind(key.parse::<i32>().unwrap_or_default()),
            Self::Number => sql.push_bind(key.to_owned()).push("::numeric"),
            Self::Time => sql.push_bind(instant(key)),
        };
    }
}

fn instant(micros: &str) -> Option<DateTime<chrono::Utc>> {
    micros.parse().ok().and_then(DateTime::from_timestamp_micros)
}

impl Place {
    /// Adds that a row stands behind this place: `keys` are the expressions of the order's keys in
    /// turn. Keys of one direction are compared together, so that an index can begin there.
    pub(super) fn push_behind(
        &self,
        sql: &mut Sql,
        directions: &[Direction],
        types: &[KeyType],
        mut push_key: impl FnMut(&mut Sql, usize) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let last = directions.last().copied().unwrap_or(Direction::Asc);
        sql.push(" and (");
        if directions.iter().all(|direction| *direction == last) {
            sql.push("(");
            for at in 0..types.len() {
                push_key(sql, at)?;
                sql.push(", ");
            }
            sql.push("c.ci_id)").push(beyond(last)).push("(");
            for (at, of) in types.iter().enumerate() {
                of.push(sql, &self.keys[at]);
                sql.push(", ");
            }
            sql.push_bind(self.id).push("))");
            return Ok(());
        }
        for (at, of) in types.iter().enumerate() {
            push_key(sql, at)?;
            sql.push(beyond(directions[at]));
            of.push(sql, &self.keys[at]);
            sql.push(" or (");
            push_key(sql, at)?;
            sql.push(" = ");
            of.push(sql, &self.keys[at]);
            sql.push(" and (");
        }
        sql.push("c.ci_id").push(beyond(last)).push_bind(self.id);
        for _ in types {
            sql.push("))");
        }
        sql.push(")");
        Ok(())
    }
}

fn beyond(direction: Direction) -> &'static str {
    match direction {
        Direction::Asc => " > ",
        Direction::Desc => " < ",
    }
}
