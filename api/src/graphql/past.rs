//! The rows that answers are made from, as they are read: for whoever compares what is told here with
//! what `replay as-of` tells.

use async_graphql::{Context, Json};
use domain::access::Permission;
use serde::Serialize;
use serde_json::Value;

use super::access::reads_all;

/// A row as JSON with sorted keys; none when the caller may not read events.
pub(super) fn as_row(cx: &Context<'_>, row: &impl Serialize) -> Option<Json<Value>> {
    if !reads_all(cx, Permission::EventRead) {
        return None;
    }
    let mut value = serde_json::to_value(row).ok()?;
    value.sort_all_objects();
    Some(Json(value))
}
