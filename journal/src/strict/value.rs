//! A JSON text, read and checked in one pass: what is read back is checked again each time.

use std::collections::HashMap;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Value};

use super::{StrictError, TWICE, no_integer, within};

/// Fields that an object of texts has room for at once.
const USUAL: usize = 14;

/// What the text says, when [`check`](super::check) would let it pass.
pub(crate) fn value(text: &str) -> Result<Value, StrictError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Read.deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| StrictError(format!("{error}")))
}

/// The fields of an object of texts; none when it is another one.
pub(crate) fn texts(text: &str) -> Result<Option<HashMap<String, String>>, StrictError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let fields = deserializer.deserialize_map(Texts);
    match fields.and_then(|fields| deserializer.end().map(|()| fields)) {
        Ok(fields) => Ok(Some(fields)),
        // What is wrong with it, if anything.
        Err(_) => super::check(text).map(|()| None),
    }
}

struct Texts;

impl<'de> Visitor<'de> for Texts {
    type Value = HashMap<String, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("texts")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = HashMap::with_capacity(USUAL);
        while let Some((key, text)) = map.next_entry()? {
            if fields.insert(key, text).is_some() {
                return Err(de::Error::custom(TWICE));
            }
        }
        Ok(fields)
    }
}

#[derive(Clone, Copy)]
struct Read;

impl<'de> DeserializeSeed<'de> for Read {
    type Value = Value;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Read {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
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
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        within(value.unsigned_abs()).map(|()| value.into())
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        within(value).map(|()| value.into())
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Value, E> {
        no_integer()
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(self)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut fields = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match fields.entry(key) {
                Entry::Vacant(free) => free.insert(map.next_value_seed(self)?),
                Entry::Occupied(_) => return Err(de::Error::custom(TWICE)),
            };
        }
        Ok(Value::Object(fields))
    }
}
