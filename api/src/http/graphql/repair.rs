//! Puts back the nulls that the library forgets.
//!
//! It leaves a failed field out of its object, where GraphQL wants a null, and clients that keep a
//! store of objects stumble over a field that they asked for and did not get. A non-null field
//! should blank its parent instead; that it does not, stays as it is.

use async_graphql::{Name, PathSegment, Response, Value};

/// Adds a null at the path of each error whose object lacks the field, and an empty object where
/// everything was skipped.
pub(super) fn fill_nulls(response: &mut Response) {
    if response.errors.is_empty() && response.data == Value::Null {
        response.data = Value::Object(Default::default());
    }
    for error in &response.errors {
        fill(&mut response.data, &error.path);
    }
}

fn fill(data: &mut Value, path: &[PathSegment]) {
    let Some((PathSegment::Field(name), parents)) = path.split_last() else { return };
    let mut at = data;
    for segment in parents {
        let inner = match (at, segment) {
            (Value::Object(fields), PathSegment::Field(name)) => fields.get_mut(name.as_str()),
            (Value::List(items), PathSegment::Index(index)) => items.get_mut(*index),
            _ => None,
        };
        let Some(inner) = inner else { return };
        at = inner;
    }
    if let Value::Object(fields) = at {
        fields.entry(Name::new(name)).or_insert(Value::Null);
    }
}
