use serde_json::json;

use super::{cell, sorted};

#[test]
fn keys_are_sorted_at_every_depth() {
    let record = json!({"b": {"z": 1, "a": [{"y": 1, "x": 2}]}, "a": null});
    assert_eq!(sorted(&record).to_string(), r#"{"a":null,"b":{"a":[{"x":2,"y":1}],"z":1}}"#);
}

#[test]
fn a_cell_is_cut_by_characters_and_never_breaks_the_line() {
    assert_eq!(cell("äöü", 3), "äöü");
    assert_eq!(cell("äöüß", 3), "äö…");
    assert_eq!(cell("a\nb\u{1b}[2J", 9), "a b [2J");
}
