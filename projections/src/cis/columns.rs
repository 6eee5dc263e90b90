//! The row as its table's columns.

use std::collections::BTreeSet;

use domain::kernel::{CiClassId, CiId};
use sqlx::postgres::PgRow;
use sqlx::types::{Json, Uuid};

use super::given::unpacked;
use super::row::CiRow;
use crate::columns::Columns;
use crate::error::ReadError;

/// All that a row needs, of the item `c`.
pub(super) const COLUMNS: &str = "\
    c.ci_id, c.since_seq, c.until_seq, c.class_id, c.name, c.organization_id, c.status, \
    c.attributes, c.given, c.life, c.merged_into, c.missing, c.alike, c.apart, \
    c.registered_at, c.changed_at, c.version";

/// The rows of these columns.
pub(super) fn decode(rows: &[PgRow]) -> Result<Vec<CiRow>, ReadError> {
    rows.iter().map(one).collect()
}

pub(super) fn one(row: &PgRow) -> Result<CiRow, ReadError> {
    let row = Columns { table: "cis", row };
    let (Json(attributes), Json(given)) = (row.get("attributes")?, row.get("given")?);
    let given = unpacked(given).ok_or_else(|| row.unknown())?;
    let Json(missing) = row.get("missing")?;
    let ids = |column| -> Result<BTreeSet<CiId>, ReadError> {
        Ok(row.get::<Vec<Uuid>>(column)?.into_iter().map(CiId).collect())
    };
    Ok(CiRow {
        ci_id: CiId(row.get("ci_id")?),
        since_seq: row.get("since_seq")?,
        until_seq: row.get("until_seq")?,
        class_id: CiClassId(row.get("class_id")?),
        name: row.get("name")?,
        organization_id: row.maybe("organization_id", CiId)?,
        status: row.get("status")?,
        attributes,
        given,
        life: row.word("life")?,
        merged_into: row.maybe("merged_into", CiId)?,
        missing,
        alike: ids("alike")?,
        apart: ids("apart")?,
        registered_at: row.get("registered_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}
