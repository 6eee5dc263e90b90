//! What is said of an item, as JSON: `{"name": "srv1", "cpu": 8, "organization": "<id>"}`.
//!
//! Kinds of values are the class's to say, and the domain judges them. What only this door knows is
//! that a reference is written as a global id.

use std::collections::BTreeMap;

use async_graphql::Json;
use domain::cmdb::{Class, Datum, Kind};
use domain::kernel::CiId;
use serde_json::{Map, Value};

use crate::graphql::id::{self, BadId};
use crate::graphql::refusal::{ErrorCode, UserError};

/// Attributes that one command says at most.
const ATTRIBUTES_MAX: usize = 200;

/// Values by the names of their attributes.
pub(super) type Said = Json<Map<String, Value>>;

/// As the domain judges it; a null is none.
pub(super) fn read(
    class: Option<&Class>,
    said: &Said,
) -> std::result::Result<BTreeMap<String, Option<Datum>>, UserError> {
    if said.0.len() > ATTRIBUTES_MAX {
        let message = format!("more than {ATTRIBUTES_MAX} attributes");
        return Err(UserError::new(ErrorCode::InvalidInput, message).at("attributes"));
    }
    said.0.iter().map(|(name, value)| Ok((name.clone(), one(class, name, value)?))).collect()
}

fn one(
    class: Option<&Class>,
    name: &str,
    value: &Value,
) -> std::result::Result<Option<Datum>, UserError> {
    if value.is_null() {
        return Ok(None);
    }
    let attribute = class.and_then(|class| class.attribute(name));
    let references = attribute.is_some_and(|attribute| attribute.kind == Kind::Reference);
    let at = |error: UserError| {
        let shown: String = name.chars().take(80).collect();
        error.within("attributes").with("attribute", shown.into())
    };
    if references {
        return reference(value).map(Some).map_err(|fault| {
            let message = fault.to_string();
            at(UserError::new(ErrorCode::InvalidId, message))
        });
    }
    datum(value).map(Some).ok_or_else(|| {
        at(UserError::new(
            ErrorCode::InvalidInput,
            "no value of an item: nulls in lists, or objects",
        ))
    })
}

fn reference(value: &Value) -> std::result::Result<Datum, BadId> {
    match value {
        Value::Array(values) => {
            let values: std::result::Result<Vec<Datum>, BadId> =
                values.iter().map(reference).collect();
            Ok(Datum::List(values?))
        }
        Value::String(text) => {
            let id: CiId = id::decode(&text.as_str().into())?;
            Ok(Datum::Text(id.to_string()))
        }
        _ => Err(BadId("ci")),
    }
}

/// A number that is not whole keeps its digits: it is a decimal, or not fit.
fn datum(value: &Value) -> Option<Datum> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(truth) => Datum::Truth(*truth),
        Value::Number(number) => match number.as_i64() {
            Some(number) => Datum::Integer(number),
            None => Datum::Text(number.to_string()),
        },
        Value::String(text) => Datum::Text(text.clone()),
        Value::Array(values) => Datum::List(values.iter().map(datum).collect::<Option<_>>()?),
        Value::Object(_) => Datum::Redundancy(serde_json::from_value(value.clone()).ok()?),
    })
}

/// The class of this name.
pub(super) fn class<'c>(
    catalogue: &'c domain::cmdb::Catalogue,
    name: &str,
) -> std::result::Result<&'c Class, UserError> {
    catalogue
        .by_name(name)
        .ok_or_else(|| UserError::new(ErrorCode::CiOfNoClass, "there is no such class").at("class"))
}
