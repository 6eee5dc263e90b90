//! What tells items apart, as claims: no two items hold the same.

use std::fmt::Write as _;

use crate::kernel::{CiClassId, CiId, ClaimKey};

/// The scope of the claims.
pub const IDENTITY: &str = "ci.identity";

/// Longest key, in bytes, that is stored as it is: an index holds no row of several thousand.
const PLAIN_MAX: usize = 1_000;

/// What an item has of an identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A value, as [`Datum::plain`](super::Datum::plain) tells it.
    Plain(String),
    /// A value that tells of a person.
    Personal(String),
    /// Where a single relation goes.
    Item(CiId),
}

/// The keys an item of this class holds: one for each rule of which it has the first part. What else
/// the first rule names may be absent, and is part of the key as such; of the others it has to have
/// all.
pub fn identities(
    class: CiClassId,
    rules: &[Vec<String>],
    part: impl Fn(&str) -> Option<Part>,
) -> Vec<ClaimKey> {
    rules.iter().zip(0..).filter_map(|(rule, nr)| key(class, (rule, nr), &part)).collect()
}

fn key(
    class: CiClassId,
    (rule, nr): (&[String], usize),
    part: &impl Fn(&str) -> Option<Part>,
) -> Option<ClaimKey> {
    let mut text = format!("{class}/{nr}");
    let mut personal = false;
    for (name, place) in rule.iter().zip(0..) {
        let found = match part(name) {
            None if place == 0 || nr > 0 => return None,
            None => String::new(),
            Some(Part::Item(to)) => to.to_string(),
            Some(Part::Plain(value)) => value.to_lowercase(),
            Some(Part::Personal(value)) => {
                personal = true;
                value.to_lowercase()
            }
        };
        // With its length, no value can look like the end of one and the beginning of another.
        let _ = write!(text, "/{}:{found}", found.len());
    }
    // A hash is short, whatever it is of.
    let hashed = personal || text.len() > PLAIN_MAX;
    Some(if hashed { ClaimKey::Personal(text) } else { ClaimKey::Plain(text) })
}
