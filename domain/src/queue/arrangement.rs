//! What a queue shows, and to whom: the same in both verbs that say it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::refusal::QueueRefusal;
use super::words::Sharing;
use crate::kernel::text::{self, NAME_MAX, WORD_MAX};
use crate::kernel::{Context, UnitId};

/// How much a filter or an order says, in bytes of JSON.
const JSON_MAX: usize = 8_000;
/// By how many things a list is ordered.
const ORDER_MAX: usize = 5;
/// How many things are shown of each ticket.
const COLUMNS_MAX: usize = 30;

/// What a queue shows, and to whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Arrangement {
    /// As its owner calls it, at most 200 characters.
    pub name: String,
    /// Who sees it.
    pub sharing: Sharing,
    /// The unit it is shared with, when it is.
    pub unit: Option<UnitId>,
    /// The list's filter as the API takes it: an object or null, at most 8,000 bytes.
    pub filter: Value,
    /// The list's order, likewise: an array of at most 5, at most 8,000 bytes.
    pub order: Value,
    /// What is shown of each ticket, in order: 1 to 30 names, at most 100 characters each.
    pub columns: Vec<String>,
}

impl Arrangement {
    /// Q2, Q3: as it is stored. A unit it is shared with already stays, whoever rearranges it.
    pub(super) fn fit(
        self,
        shared_with: Option<UnitId>,
        cx: &Context,
    ) -> Result<Self, QueueRefusal> {
        self.sharing_must_fit(shared_with, cx)?;
        let is_filter = self.filter.is_object() || self.filter.is_null();
        if !is_filter || is_long(&self.filter) || !is_plain(&self.filter) {
            return Err(QueueRefusal::FilterUnfit);
        }
        let ordered_by = self.order.as_array().map(Vec::len);
        if ordered_by.is_none_or(|count| count > ORDER_MAX) || is_long(&self.order) {
            return Err(QueueRefusal::OrderUnfit);
        }
        let name = text::line(&self.name, NAME_MAX).map_err(QueueRefusal::NameUnfit)?;
        let columns = fit_columns(&self.columns)?;
        Ok(Self { name, columns, ..self })
    }

    fn sharing_must_fit(
        &self,
        shared_with: Option<UnitId>,
        cx: &Context,
    ) -> Result<(), QueueRefusal> {
        let doer = cx.doer().and_then(|person| cx.facts.people.get(&person));
        let belongs = |unit| doer.is_some_and(|facts| facts.units.contains(&unit));
        let fits = match (self.sharing, self.unit) {
            (Sharing::Unit, Some(unit)) => shared_with == Some(unit) || belongs(unit),
            (Sharing::Unit, None) | (Sharing::Private | Sharing::Staff, Some(_)) => false,
            (Sharing::Private | Sharing::Staff, None) => true,
        };
        if fits { Ok(()) } else { Err(QueueRefusal::UnitUnfit) }
    }
}

fn is_long(value: &Value) -> bool {
    value.to_string().len() > JSON_MAX
}

/// Whether its texts are such as a ticket could hold.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty() || text::required(text, JSON_MAX).is_ok(),
        Value::Array(items) => items.iter().all(is_plain),
        Value::Object(fields) => fields.values().all(is_plain),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

fn fit_columns(columns: &[String]) -> Result<Vec<String>, QueueRefusal> {
    if columns.is_empty() || columns.len() > COLUMNS_MAX {
        return Err(QueueRefusal::ColumnsUnfit);
    }
    let columns: Vec<String> = columns
        .iter()
        .map(|column| text::line(column, WORD_MAX))
        .collect::<Result<_, _>>()
        .map_err(QueueRefusal::ColumnUnfit)?;
    if columns.iter().collect::<BTreeSet<_>>().len() < columns.len() {
        return Err(QueueRefusal::ColumnsUnfit);
    }
    Ok(columns)
}
