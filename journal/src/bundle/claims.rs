//! `claims.ndjson`: which stream holds which unique key. Not proven by the tree: it follows from the
//! events, and whoever has their keys could make it anew.

use std::borrow::Cow;
use std::path::Path;

use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};
use sqlx::{PgConnection, Row};

use super::CLAIMS;
use super::error::BundleError;
use super::files::{Reading, Writing};
use super::streams::{Key, Streams};
use super::sums::Sums;

/// A unique key and who holds it. What is personal stands there as a keyed hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim<'l> {
    #[serde(borrow)]
    pub(super) scope: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) key: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) aggregate_type: Cow<'l, str>,
    #[serde(borrow)]
    pub(super) aggregate_id: Cow<'l, str>,
}

impl<'l> Claim<'l> {
    pub(super) fn parse(bytes: &'l [u8]) -> Option<Self> {
        let claim: Self = serde_json::from_slice(bytes).ok()?;
        (claim.text() == bytes).then_some(claim)
    }

    fn text(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("its keys are texts")
    }
}

/// Writes those of the streams of the first `size` events.
pub(super) async fn write(
    conn: &mut PgConnection,
    size: i64,
    folder: &Path,
    sums: &mut Sums,
) -> Result<(), BundleError> {
    let mut file = Writing::create(folder, CLAIMS)?;
    let mut rows = sqlx::query(include_str!("sql/claims.sql")).bind(size).fetch(conn);
    while let Some(row) = rows.try_next().await? {
        let claim = Claim {
            scope: row.try_get::<&str, _>("scope")?.into(),
            key: row.try_get::<&str, _>("key")?.into(),
            aggregate_type: row.try_get::<&str, _>("aggregate_type")?.into(),
            aggregate_id: row.try_get::<&str, _>("aggregate_id")?.into(),
        };
        file.write(&claim.text())?;
        file.write(b"\n")?;
    }
    file.finish(sums)
}

/// Refuses those that nobody wrote so, or whose stream is not there, where streams are known.
pub(super) fn check(
    folder: &Path,
    streams: Option<&Streams>,
    sums: &Sums,
) -> Result<(), BundleError> {
    let mut file = Reading::open(folder, CLAIMS)?;
    let mut bytes = Vec::new();
    while file.line(&mut bytes)? {
        let held = Claim::parse(&bytes).is_some_and(|claim| {
            let key = Key::of(&claim.aggregate_type, &claim.aggregate_id);
            streams.is_none_or(|streams| streams.has(key))
        });
        if !held {
            return Err(BundleError::changed(CLAIMS, "a claim is not of a stream that is there"));
        }
    }
    file.check(sums)
}
