//! One JSON object a line: an item, a relation, or a class.

use domain::cmdb::named::NamedDefinition;
use domain::import::exact;
use serde_json::{Map, Value};

use crate::workers::cis::fault::Fault;
use crate::workers::cis::row::{
    ATTRIBUTES_MAX, Body, Bond, Item, NESTED_MAX, Named, PARTS_MAX, Said,
};

/// What a line says.
pub(in crate::workers::cis) fn body(line: &[u8]) -> Result<Body, Fault> {
    let text = std::str::from_utf8(line).map_err(|_| Fault::NotUtf8)?;
    let text = text.trim_start_matches('\u{feff}');
    let Value::Object(mut fields) =
        exact::value(text.as_bytes()).map_err(|fault| Fault::NotJson(fault.to_string()))?
    else {
        return Err(Fault::Shape("it is no object".to_owned()));
    };
    if let Some(class) = fields.remove("define") {
        nothing_else(&fields)?;
        let define: NamedDefinition =
            serde_json::from_value(class).map_err(|error| Fault::Shape(error.to_string()))?;
        return Ok(Body::Define(Box::new(define)));
    }
    if let Some(relation) = fields.remove("relation") {
        let relation = name(relation, "relation")?;
        let from = named(taken(&mut fields, "from")?, 1)?;
        let to = named(taken(&mut fields, "to")?, 1)?;
        nothing_else(&fields)?;
        return Ok(Body::Bond(Box::new(Bond { relation, from, to })));
    }
    let said = |said: Option<Value>, what: &str| match said {
        None => Ok(Vec::new()),
        Some(Value::Object(said)) if said.len() > ATTRIBUTES_MAX => Err(Fault::TooManyAttributes),
        Some(Value::Object(said)) => {
            said.into_iter().map(|(name, value)| Ok((name, of(value, 1)?))).collect()
        }
        Some(_) => Err(Fault::Shape(format!("{what} is no object"))),
    };
    let attributes = said(fields.remove("attributes"), "attributes")?;
    let relations = said(fields.remove("relations"), "relations")?;
    let class = name(taken(&mut fields, "class")?, "class")?;
    let key = key(taken(&mut fields, "key")?, 1)?;
    nothing_else(&fields)?;
    Ok(Body::Item(Box::new(Item {
        named: Named { class, key },
        attributes,
        relations,
        otherwise: None,
    })))
}

/// The item whose class and key a cell of a table is; none: it is no object of JSON.
pub(in crate::workers::cis) fn named_in(cell: &str) -> Option<Result<Named, Fault>> {
    match exact::value(cell.as_bytes()) {
        Ok(value @ Value::Object(_)) => Some(named(value, 1)),
        Ok(_) | Err(_) => None,
    }
}

/// An item by its class and key.
fn named(value: Value, depth: usize) -> Result<Named, Fault> {
    let Value::Object(mut fields) = value else {
        return Err(Fault::Shape("an item is an object of class and key".to_owned()));
    };
    let class = name(taken(&mut fields, "class")?, "class")?;
    let key = key(taken(&mut fields, "key")?, depth)?;
    nothing_else(&fields)?;
    Ok(Named { class, key })
}

fn key(value: Value, depth: usize) -> Result<Vec<(String, Said)>, Fault> {
    let Value::Object(parts) = value else {
        return Err(Fault::Shape("a key is an object".to_owned()));
    };
    if depth > NESTED_MAX || parts.is_empty() || parts.len() > PARTS_MAX {
        return Err(Fault::KeyUnfit);
    }
    parts.into_iter().map(|(part, value)| Ok((part, of(value, depth + 1)?))).collect()
}

/// A value; an object of class and key is another item.
fn of(value: Value, depth: usize) -> Result<Said, Fault> {
    Ok(match value {
        Value::Null => Said::Nothing,
        Value::Array(values) if values.len() > ATTRIBUTES_MAX => {
            return Err(Fault::Shape(format!("more than {ATTRIBUTES_MAX} values")));
        }
        Value::Array(values) => Said::Several(
            values.into_iter().map(|value| of(value, depth)).collect::<Result<_, _>>()?,
        ),
        Value::Object(fields) if fields.contains_key("class") || fields.contains_key("key") => {
            Said::Item(Box::new(named(Value::Object(fields), depth)?))
        }
        value => Said::Json(value),
    })
}

fn taken(fields: &mut Map<String, Value>, field: &str) -> Result<Value, Fault> {
    fields.remove(field).ok_or_else(|| Fault::Shape(format!("{field} is missing")))
}

fn name(value: Value, what: &str) -> Result<String, Fault> {
    match value {
        Value::String(name) => Ok(name),
        _ => Err(Fault::Shape(format!("{what} is no text"))),
    }
}

fn nothing_else(fields: &Map<String, Value>) -> Result<(), Fault> {
    match fields.keys().next() {
        None => Ok(()),
        Some(other) => Err(Fault::Shape(format!("{other:?} has no place in it"))),
    }
}
