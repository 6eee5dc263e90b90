//! The leaf is frozen: whoever changes it makes every log unverifiable.

use chrono::{TimeZone, Utc};
use sha2::{Digest, Sha256};

use crate::leaf::{LeafInput, leaf};

const ORIGIN: &str = "annals/00000000-0000-4000-8000-000000000001";

fn input<'a>(salt: &'a [u8], payload: &'a str, metadata: &'a str) -> LeafInput<'a> {
    LeafInput {
        aggregate_type: "ticket",
        aggregate_id: "018f0000-0000-7000-8000-0000000000aa",
        sequence: 7,
        event_type: "ticket.resolved",
        event_version: "1",
        recorded_at: Utc.timestamp_micros(1_456_708_560_123_456).unwrap(),
        salt,
        payload,
        metadata,
    }
}

fn vector() -> (Vec<u8>, &'static str, &'static str) {
    (
        (0..16).collect(),
        r#"{"resolved":{"code":"FIXED"}}"#,
        r#"{"actor":"import","source":"import"}"#,
    )
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn the_leaf_of_the_frozen_vector_never_changes() {
    let (salt, payload, metadata) = vector();
    // Computed by another program, in another language, from the definition alone.
    assert_eq!(
        hex(&leaf(ORIGIN, &input(&salt, payload, metadata))),
        "2cd125b7e679d396053ed5032fa560aa1945d05370377d36f6fd96797c4ff7ee"
    );
}

#[test]
fn the_leaf_is_what_its_definition_says() {
    let (salt, payload, metadata) = vector();
    let fields: [&[u8]; 10] = [
        ORIGIN.as_bytes(),
        b"ticket",
        b"018f0000-0000-7000-8000-0000000000aa",
        &[0, 0, 0, 0, 0, 0, 0, 7],
        b"ticket.resolved",
        b"1",
        &1_456_708_560_123_456_u64.to_be_bytes(),
        &salt,
        payload.as_bytes(),
        metadata.as_bytes(),
    ];
    let mut frame = Vec::new();
    for field in fields {
        let length = field.len();
        frame.extend([
            (length >> 24) as u8,
            (length >> 16) as u8,
            (length >> 8) as u8,
            length as u8,
        ]);
        frame.extend(field);
    }
    let entry = [b"annals-leaf/v1\n".as_slice(), &Sha256::digest(&frame)].concat();
    let expected: [u8; 32] = Sha256::digest([[0].as_slice(), &entry].concat()).into();
    assert_eq!(leaf(ORIGIN, &input(&salt, payload, metadata)), expected);
}

#[test]
fn what_moves_from_one_field_to_the_next_changes_the_leaf() {
    let (salt, payload, metadata) = vector();
    let whole = input(&salt, payload, metadata);
    let moved = LeafInput { event_type: "ticket.resolved1", event_version: "", ..whole };
    assert_ne!(leaf(ORIGIN, &whole), leaf(ORIGIN, &moved));
    let before = LeafInput { recorded_at: Utc.timestamp_micros(-1).unwrap(), ..whole };
    assert_ne!(leaf(ORIGIN, &whole), leaf(ORIGIN, &before));
    assert_ne!(leaf(ORIGIN, &whole), leaf("annals/another", &whole));
}
