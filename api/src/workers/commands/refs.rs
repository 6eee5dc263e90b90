//! What the refs of a file stand for.
//!
//! A ref costs a few dozen bytes, however long it is: its key is kept, not its text.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::fault::Fault;
use super::line::is_ref;
use crate::graphql::global_of;

/// The refs so far, by the key of their line.
#[derive(Debug, Default)]
pub(super) struct Refs(HashMap<Uuid, Made>);

/// What became of a ref's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Made {
    /// An object: its type in the schema, and its stream.
    Object(&'static str, Uuid),
    /// Nothing that has an id.
    Nothing,
    /// It was refused.
    Refused,
}

impl Refs {
    pub(super) fn knows(&self, key: Uuid) -> bool {
        self.0.contains_key(&key)
    }

    pub(super) fn note(&mut self, key: Uuid, made: Made) {
        self.0.insert(key, made);
    }

    fn made(&self, key: Uuid) -> Option<Made> {
        self.0.get(&key).copied()
    }
}

/// Puts ids in the places of refs: a text that is `$` and a ref stands for what that made; one that
/// begins with `$$` stands for itself without the first `$`. `key` tells a ref's key.
pub(super) fn resolve(
    input: Map<String, Value>,
    refs: &Refs,
    key: impl Fn(&str) -> Uuid,
) -> Result<Map<String, Value>, Fault> {
    let one = |reference: &str| {
        let unknown = || Fault::RefUnknown(reference.to_owned());
        match refs.made(key(reference)).ok_or_else(unknown)? {
            Made::Object(object_type, stream) => Ok(global_of(object_type, stream)),
            Made::Nothing => Err(unknown()),
            Made::Refused => Err(Fault::RefRefused(reference.to_owned())),
        }
    };
    input.into_iter().map(|(name, value)| Ok((name, within(value, &one)?))).collect()
}

fn within(value: Value, one: &dyn Fn(&str) -> Result<String, Fault>) -> Result<Value, Fault> {
    Ok(match value {
        Value::String(text) => Value::String(match text.strip_prefix('$') {
            Some(rest) if rest.starts_with('$') => rest.to_owned(),
            Some(rest) if is_ref(rest) => one(rest)?,
            _ => text,
        }),
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| within(item, one)).collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| Ok((name, within(value, one)?)))
                .collect::<Result<_, Fault>>()?,
        ),
        plain => plain,
    })
}

/// Every text of an input, however deep.
pub(super) fn texts(value: &Value) -> Box<dyn Iterator<Item = &str> + '_> {
    match value {
        Value::String(text) => Box::new(std::iter::once(text.as_str())),
        Value::Array(items) => Box::new(items.iter().flat_map(texts)),
        Value::Object(fields) => Box::new(fields.values().flat_map(texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Box::new(std::iter::empty()),
    }
}
