//! Finds personal data in a payload: seals them on the way in, opens them on the way out.

use std::collections::{BTreeSet, HashMap};

use domain::kernel::{DataSubject, Personal};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::keyring::KeyState;
use super::{DataKey, Place, SealError, cipher};

const CLEAR: &str = "$personal";
const SEALED: &str = "$sealed";

/// The data subjects whose clear values stand in this payload.
pub fn subjects_in(value: &Value, found: &mut BTreeSet<DataSubject>) {
    match value {
        Value::Object(map) => match clear_in(map) {
            Some((subject, _)) => {
                found.insert(subject);
            }
            None => map.values().for_each(|value| subjects_in(value, found)),
        },
        Value::Array(items) => items.iter().for_each(|value| subjects_in(value, found)),
        _ => {}
    }
}

/// The identities of the keys under which values of this payload are sealed.
pub fn keys_in(value: &Value, found: &mut BTreeSet<Uuid>) -> Result<(), SealError> {
    match value {
        Value::Object(map) => match envelope_in(map) {
            Some(envelope) => {
                found.insert(cipher::split(envelope)?.0);
                Ok(())
            }
            None => map.values().try_for_each(|value| keys_in(value, found)),
        },
        Value::Array(items) => items.iter().try_for_each(|value| keys_in(value, found)),
        _ => Ok(()),
    }
}

/// Replaces every clear personal value by its envelope.
pub fn seal(
    value: &mut Value,
    place: Place<'_>,
    keys: &HashMap<DataSubject, DataKey>,
) -> Result<(), SealError> {
    visit(value, &mut String::new(), &mut |map, path| {
        let Some((subject, clear)) = clear_in(map) else { return Ok(None) };
        let key = keys.get(&subject).ok_or(SealError::UnknownKey)?;
        let envelope = key.seal(clear.to_string().as_bytes(), &bound_to(place, path))?;
        Ok(Some(json!({ SEALED: envelope })))
    })
}

/// Replaces every envelope by its clear value, or by "erased" when its key was destroyed.
pub fn open(
    value: &mut Value,
    place: Place<'_>,
    keys: &HashMap<Uuid, KeyState>,
) -> Result<(), SealError> {
    visit(value, &mut String::new(), &mut |map, path| {
        let Some(envelope) = envelope_in(map) else { return Ok(None) };
        let (id, sealed) = cipher::parse(envelope)?;
        Ok(Some(match keys.get(&id).ok_or(SealError::UnknownKey)? {
            KeyState::Destroyed => json!({"$erased": true}),
            KeyState::Live(key) => {
                let text = key.open(&sealed, &bound_to(place, path))?;
                let value: Value = serde_json::from_slice(&text).map_err(|_| SealError::Forged)?;
                json!({ CLEAR: {"subject": key.subject, "value": value} })
            }
        }))
    })
}

/// Seals a text that stands outside the payload, such as the reason.
pub fn seal_text(
    text: &str,
    field: &str,
    place: Place<'_>,
    key: &DataKey,
) -> Result<String, SealError> {
    key.seal(text.as_bytes(), &bound_to(place, field))
}

/// The identity of the key under which a text outside the payload is sealed.
pub fn key_of(envelope: &str, found: &mut BTreeSet<Uuid>) -> Result<(), SealError> {
    found.insert(cipher::split(envelope)?.0);
    Ok(())
}

/// Opens a text that stands outside the payload.
pub fn open_text(
    envelope: &str,
    field: &str,
    place: Place<'_>,
    keys: &HashMap<Uuid, KeyState>,
) -> Result<Personal<String>, SealError> {
    let (id, sealed) = cipher::parse(envelope)?;
    match keys.get(&id).ok_or(SealError::UnknownKey)? {
        KeyState::Destroyed => Ok(Personal::Erased),
        KeyState::Live(key) => {
            let text = key.open(&sealed, &bound_to(place, field))?;
            let text = String::from_utf8(text).map_err(|_| SealError::Forged)?;
            let subject = key.subject.parse().map_err(|_| SealError::Forged)?;
            Ok(Personal::of(subject, text))
        }
    }
}

type Visitor<'a> = dyn FnMut(&Map<String, Value>, &str) -> Result<Option<Value>, SealError> + 'a;

/// Offers every object, with its path, to the visitor; what it returns takes the object's place.
fn visit(value: &mut Value, path: &mut String, visitor: &mut Visitor<'_>) -> Result<(), SealError> {
    let length = path.len();
    match value {
        Value::Object(map) => {
            if let Some(replacement) = visitor(map, path)? {
                *value = replacement;
                return Ok(());
            }
            for (key, value) in map {
                path.push('/');
                path.push_str(key);
                visit(value, path, visitor)?;
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter_mut().enumerate() {
                path.push_str(&format!("/{index}"));
                visit(value, path, visitor)?;
                path.truncate(length);
            }
        }
        _ => {}
    }
    Ok(())
}

fn clear_in(map: &Map<String, Value>) -> Option<(DataSubject, &Value)> {
    let clear = map.get(CLEAR)?;
    Some((clear.get("subject")?.as_str()?.parse().ok()?, clear.get("value")?))
}

fn envelope_in(map: &Map<String, Value>) -> Option<&str> {
    if map.len() == 1 { map.get(SEALED)?.as_str() } else { None }
}

fn bound_to(place: Place<'_>, path: &str) -> Vec<u8> {
    format!("{}\n{}\n{}\n{path}", place.aggregate_type, place.aggregate_id, place.sequence)
        .into_bytes()
}
