//! Whether two rows say the same, erasure apart.

use serde_json::{Value, json};

use crate::rows::ERASED;

/// The answer, worse ones greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Same {
    Yes,
    /// But for texts whose key was destroyed after the live row was written.
    ErasedSince,
    No,
}

pub(super) fn same(live: &Value, folded: &Value) -> Same {
    if live == folded {
        return Same::Yes;
    }
    match (live, folded) {
        (Value::String(live), Value::String(folded)) if erased_since(live, folded) => {
            Same::ErasedSince
        }
        // Values of items are of any kind.
        (Value::Bool(_) | Value::Number(_) | Value::Array(_), Value::String(folded))
            if folded == ERASED =>
        {
            Same::ErasedSince
        }
        (Value::Object(live), _)
            if *folded == json!({"$erased": true}) && live.contains_key("$personal") =>
        {
            Same::ErasedSince
        }
        (Value::Object(live), Value::Object(folded)) => {
            let alike =
                live.len() == folded.len() && live.keys().all(|key| folded.contains_key(key));
            if alike {
                worst(live.iter().map(|(key, live)| (live, &folded[key])))
            } else {
                Same::No
            }
        }
        (Value::Array(live), Value::Array(folded)) if live.len() == folded.len() => {
            worst(live.iter().zip(folded))
        }
        _ => Same::No,
    }
}

/// Whether the texts differ only where one is erased. What is searched holds several, a line each.
fn erased_since(live: &str, folded: &str) -> bool {
    folded == ERASED
        || (live.lines().count() == folded.lines().count()
            && live.lines().zip(folded.lines()).all(|(live, now)| live == now || now == ERASED))
}

fn worst<'a>(pairs: impl Iterator<Item = (&'a Value, &'a Value)>) -> Same {
    pairs.map(|(live, folded)| same(live, folded)).max().unwrap_or(Same::Yes)
}
