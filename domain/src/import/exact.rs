//! JSON whose meaning does not depend on its reader: no key of an object stands twice. Numbers may
//! have fractions, unlike in what is stored: an attribute that wants a decimal takes them as text.
//!
//! Called by whatever reads files of people: the imports, and the questions of `replay`.

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

/// Why a text says nothing, or not one thing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Inexact {
    /// It is no JSON; with line and column.
    #[error("{0}")]
    NotJson(String),
    /// The key at this path stands twice.
    #[error("the key {} stands twice", .0.join("."))]
    Twice(Vec<String>),
}

/// What the text says.
///
/// # Errors
/// It is no JSON, or a key stands twice.
pub fn value(text: &[u8]) -> Result<Value, Inexact> {
    let twice = RefCell::new(None);
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let read = Exact { twice: &twice }.deserialize(&mut deserializer);
    let read = read.and_then(|value| deserializer.end().map(|()| value));
    read.map_err(|error| match twice.take() {
        Some(path) => Inexact::Twice(path),
        None => Inexact::NotJson(error.to_string()),
    })
}

#[derive(Clone, Copy)]
struct Exact<'t> {
    /// The path to a key that stands twice, as far as it is known.
    twice: &'t RefCell<Option<Vec<String>>>,
}

impl Exact<'_> {
    /// What was read in this place; that of a key that stands twice begins with it.
    fn at<T, E>(self, read: Result<T, E>, place: impl FnOnce() -> String) -> Result<T, E> {
        if read.is_err()
            && let Some(path) = self.twice.borrow_mut().as_mut()
        {
            path.insert(0, place());
        }
        read
    }
}

impl<'de> DeserializeSeed<'de> for Exact<'_> {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Exact<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::String(text.to_owned()))
    }
    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::String(text))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        let number = Number::from_f64(value).map(Value::Number);
        number.ok_or_else(|| de::Error::custom("a number that is none"))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = self.at(seq.next_element_seed(self), || items.len().to_string())? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match fields.entry(key) {
                Entry::Vacant(free) => {
                    let value = map.next_value_seed(self);
                    let value = self.at(value, || free.key().clone())?;
                    free.insert(value);
                }
                Entry::Occupied(taken) => {
                    *self.twice.borrow_mut() = Some(vec![taken.key().clone()]);
                    return Err(de::Error::custom("a key stands twice"));
                }
            }
        }
        Ok(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Inexact, value};

    #[test]
    fn a_text_says_what_it_says() {
        let text = br#" {"a": [1, -2, 0.5, true, null, "\u00e9"], "b": {"a": {}}} "#;
        let expected = json!({"a": [1, -2, 0.5, true, null, "\u{e9}"], "b": {"a": {}}});
        assert_eq!(value(text), Ok(expected));
    }

    #[test]
    fn a_key_that_stands_twice_is_told_with_its_path() {
        for (text, expected) in [
            (r#"{"a": 1, "a": 1}"#, "a"),
            (r#"{"a": {"b": 1, "\u0062": 2}}"#, "a.b"),
            (r#"{"x": 1, "a": [0, {"b": [{"c": 1, "d": 2, "c": 3}]}], "x": 1}"#, "a.1.b.0.c"),
        ] {
            let path = expected.split('.').map(str::to_owned).collect();
            assert_eq!(value(text.as_bytes()), Err(Inexact::Twice(path)), "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_none() {
        let deep = "[".repeat(1_000);
        let unfit: [&[u8]; 5] = [b"", b"{", b"1 2", b"\xff", deep.as_bytes()];
        for text in unfit {
            assert!(matches!(value(text), Err(Inexact::NotJson(_))), "{text:?}");
        }
    }
}
