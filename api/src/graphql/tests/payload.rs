//! Recognising a repeated command.

use async_graphql::{InputType, Value};
use serde_json::json;

use crate::graphql::payload::{Common, input_hash};
use crate::graphql::refusal::ErrorCode;

fn common(value: serde_json::Value) -> Common {
    let value = Value::from_json(value).unwrap();
    let Ok(common) = Common::parse(Some(value)) else { panic!("not an input") };
    common
}

fn hash(value: serde_json::Value) -> [u8; 32] {
    input_hash("TicketCloseInput", &common(value))
}

#[test]
fn what_comes_back_unread_does_not_change_the_hash() {
    let plain = hash(json!({"reason": "so"}));
    assert_eq!(plain, hash(json!({"reason": "so", "clientMutationId": "1"})));
    assert_eq!(plain, hash(json!({"clientMutationId": null, "reason": "so"})));
}

#[test]
fn another_word_or_another_mutation_is_another_hash() {
    let plain = hash(json!({"reason": "so"}));
    assert_ne!(plain, hash(json!({"reason": "s\"o"})));
    assert_ne!(plain, input_hash("TicketCancelInput", &common(json!({"reason": "so"}))));
}

#[test]
fn the_same_key_is_the_same_identity() {
    let key = |key: &str| common(json!({ "idempotencyKey": key })).idempotency([0; 32]);
    let identity = |text| key(text).unwrap().unwrap().key;
    assert_eq!(identity("a"), identity("a"));
    assert_ne!(identity("a"), identity("b"));
    assert!(common(json!({})).idempotency([0; 32]).unwrap().is_none());
}

#[test]
fn a_key_has_at_most_200_characters() {
    let key = |length: usize| {
        common(json!({ "idempotencyKey": "é".repeat(length) })).idempotency([0; 32])
    };
    assert!(key(200).is_ok());
    for length in [0, 201] {
        let error = key(length).unwrap_err();
        assert_eq!(error.code, ErrorCode::InvalidInput);
        assert_eq!(error.field, Some(vec!["idempotencyKey".to_owned()]));
    }
}
