use serde_json::json;

use super::{fault, hex};

#[test]
fn a_difference_names_fields_and_never_what_stands_in_them() {
    let live = json!({"title": "a secret", "state": "NEW", "extra": 1});
    let folded = json!({"title": "another", "state": "NEW"});
    assert_eq!(fault(Some(&live), Some(&folded)), "differs in extra, title");
    assert_eq!(fault(None, Some(&folded)), "is missing in the view");
    assert_eq!(fault(Some(&live), None), "is in the view alone");
}

#[test]
fn a_root_is_printed_in_hex() {
    assert_eq!(hex(&[0, 15, 255]), "000fff");
}
