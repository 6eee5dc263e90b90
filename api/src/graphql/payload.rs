//! What every mutation of a noun takes besides its own input, and how repetition is recognised.

use async_graphql::{InputObject, InputType, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::refusal::{ErrorCode, UserError};
use crate::gateway::Idempotency;

/// Longest idempotency key, in characters.
const KEY_MAX: usize = 200;

/// Under which the clients' keys become UUIDs. Fixed for ever: a stored key must be found again.
const KEYS: Uuid = Uuid::from_u128(0x6d2b_9a54_0c1f_5e7e_9b1d_4f5a_7c3e_8a21);

/// What every command of a noun may say besides.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct Common {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Your name for this command, at most 200 characters. Sent again with the same input it does
    /// nothing twice and gets the first answer.
    pub(super) idempotency_key: Option<String>,
    /// The version that you have seen; if it is another one by now, nothing is done.
    pub(super) expected_version: Option<i64>,
    /// Why, in your words, at most 2,000 characters; it stands in the history.
    pub(super) reason: Option<String>,
}

impl Common {
    /// The command's identity, when the client named one.
    pub(super) fn idempotency(
        &self,
        input_hash: [u8; 32],
    ) -> Result<Option<Idempotency>, UserError> {
        self.idempotency_key.as_deref().map(|key| named(key, input_hash)).transpose()
    }
}

/// The identity of a command that the client named like this.
pub(crate) fn named(key: &str, input_hash: [u8; 32]) -> Result<Idempotency, UserError> {
    if key.is_empty() || key.chars().count() > KEY_MAX {
        let message = format!("an idempotency key has 1 to {KEY_MAX} characters");
        return Err(UserError::new(ErrorCode::InvalidInput, message).at("idempotencyKey"));
    }
    Ok(Idempotency { key: Uuid::new_v5(&KEYS, key.as_bytes()), input_hash })
}

/// SHA-256 of a mutation's name and its input as JSON with sorted keys. What the client only wants
/// to have back is not part of it; a null counts as nothing.
pub(super) fn input_hash(mutation: &str, input: &impl InputType) -> [u8; 32] {
    let mut value = input.to_value();
    if let Value::Object(fields) = &mut value {
        fields.shift_remove("clientMutationId");
    }
    let mut text = format!("{mutation}\n");
    canonical(&value, &mut text);
    Sha256::digest(text.as_bytes()).into()
}

/// JSON without white space, keys sorted, nulls of objects left out.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> =
                fields.iter().filter(|(_, value)| **value != Value::Null).collect();
            fields.sort_by_key(|(name, _)| name.as_str());
            bracketed(out, ['{', '}'], fields, |(name, value), out| {
                canonical(&Value::String(name.to_string()), out);
                out.push(':');
                canonical(value, out);
            });
        }
        Value::List(items) => bracketed(out, ['[', ']'], items, canonical),
        Value::String(text) => out.push_str(&serde_json::Value::from(text.as_str()).to_string()),
        Value::Number(number) => out.push_str(&number.to_string()),
        Value::Boolean(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Value::Enum(word) => out.push_str(&serde_json::Value::from(word.as_str()).to_string()),
        Value::Null | Value::Binary(_) => out.push_str("null"),
    }
}

fn bracketed<T>(
    out: &mut String,
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(T, &mut String),
) {
    out.push(open);
    for (index, item) in items.into_iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(close);
}
