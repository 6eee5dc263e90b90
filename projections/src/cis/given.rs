//! What sources say, as the table has it: `{"import": {"500": {"os_family": "Linux"}}}`, by source and
//! rank. Most items have one source, and its name stands there once, not with each attribute: rows are
//! read in great numbers, and half as long they are read twice as fast.

use std::collections::BTreeMap;

use domain::ci::state::Given;
use domain::cmdb::Stored;
use serde_json::{Value, json};

/// What each source says of each attribute, by attribute and source.
pub(super) type GivenBy = BTreeMap<String, BTreeMap<String, Given>>;

/// By source, rank and attribute.
type Packed = BTreeMap<String, BTreeMap<u16, BTreeMap<String, Stored>>>;

/// As the table has it.
pub(super) fn packed(given: &GivenBy) -> Value {
    let mut packed: BTreeMap<&str, BTreeMap<u16, BTreeMap<&str, &Stored>>> = BTreeMap::new();
    for (attribute, sources) in given {
        for (source, said) in sources {
            let ranks = packed.entry(source).or_default();
            ranks.entry(said.rank).or_default().insert(attribute, &said.value);
        }
    }
    json!(packed)
}

/// From the table; none when it is not what this version writes.
pub(super) fn unpacked(stored: Value) -> Option<GivenBy> {
    let packed: Packed = serde_json::from_value(stored).ok()?;
    let mut given = GivenBy::new();
    for (source, ranks) in packed {
        for (rank, values) in ranks {
            for (attribute, value) in values {
                given.entry(attribute).or_default().insert(source.clone(), Given { rank, value });
            }
        }
    }
    Some(given)
}
