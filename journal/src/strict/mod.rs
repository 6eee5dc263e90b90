//! Strict JSON: what may be hashed is unambiguous.
//!
//! Two different texts must never mean the same event, so duplicate keys, floats and integers that
//! lose precision in other readers are refused at append and reported at verify.

mod value;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

pub(crate) use value::{texts, value};

/// Largest integer every JSON reader keeps exactly: 2^53 − 1.
pub const MAX_SAFE_INTEGER: i64 = (1 << 53) - 1;

/// Why a text is not strict JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not strict JSON: {0}")]
pub struct StrictError(String);

/// Checks a JSON text: valid, no duplicate key, no float, no integer beyond ±(2^53 − 1).
pub fn check(text: &str) -> Result<(), StrictError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Strict
        .deserialize(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| StrictError(format!("{error}")))
}

/// What is said of a key that an object has more than once.
const TWICE: &str = "a key stands twice";
/// Keys of an object that are compared one by one.
const FEW: usize = 16;

#[derive(Clone, Copy)]
struct Strict;

/// A key, borrowed where it stands in the text as it is.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }
    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<(), E> {
        within(value.unsigned_abs())
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<(), E> {
        within(value)
    }
    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        no_integer()
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self)?.is_some() {}
        Ok(())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // Objects are small, and most keys need no copy.
        let (mut first, mut more) = (Vec::new(), HashSet::new());
        while let Some(key) = map.next_key_seed(Key)? {
            let twice = first.contains(&key)
                || if first.len() < FEW {
                    first.push(key);
                    false
                } else {
                    !more.insert(key)
                };
            if twice {
                return Err(de::Error::custom(TWICE));
            }
            map.next_value_seed(self)?;
        }
        Ok(())
    }
}

fn no_integer<T, E: de::Error>() -> Result<T, E> {
    Err(E::custom("a number that is no integer"))
}

fn within<E: de::Error>(magnitude: u64) -> Result<(), E> {
    if magnitude <= MAX_SAFE_INTEGER.unsigned_abs() {
        return Ok(());
    }
    Err(E::custom("an integer beyond 2^53 - 1"))
}
