//! Several values in one cell of a table: parted by semicolons, unless one of them has its own.
//!
//! Not here: what spreadsheets would run (`report::cell`), and what the values are. Called by
//! [`Attribute::fit_text`](super::Attribute::fit_text), by imports and by exports.

/// Several texts as one cell of a table: parted by semicolons, or as a list of JSON where one of them
/// has a semicolon itself, or begins as such a list does.
#[must_use]
pub fn cell_of(parts: &[String]) -> String {
    let plain = !parts.iter().any(|part| part.contains(';'));
    match parts.first() {
        Some(first) if plain && !first.starts_with('[') => parts.join(";"),
        Some(_) => serde_json::Value::from(parts).to_string(),
        None => String::new(),
    }
}

/// The texts of a cell that stands for several.
#[must_use]
pub fn parts_of(cell: &str) -> Vec<String> {
    let cell = cell.trim();
    let listed = cell.starts_with('[').then(|| serde_json::from_str(cell).ok()).flatten();
    listed.unwrap_or_else(|| cell.split(';').map(|part| part.trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::any;
    use proptest::proptest;

    use super::{cell_of, parts_of};
    use crate::kernel::testing::cases;

    fn texts<const N: usize>(parts: [&str; N]) -> Vec<String> {
        parts.map(str::to_owned).to_vec()
    }

    #[test]
    fn semicolons_part_what_has_none() {
        assert_eq!(cell_of(&texts(["saw", "hammer"])), "saw;hammer");
        assert_eq!(parts_of(" saw ; hammer"), texts(["saw", "hammer"]));
        assert_eq!(cell_of(&texts(["a;b", "c"])), r#"["a;b","c"]"#);
        assert_eq!(cell_of(&texts(["[1]"])), r#"["[1]"]"#);
        assert_eq!(parts_of("[1]"), texts(["[1]"]), "no list of texts");
        assert_eq!(parts_of(""), texts([""]));
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn a_cell_gives_its_parts_back(parts in proptest::collection::vec("[a\\[\\]\";,]{1,5}", 1..4)) {
            assert_eq!(parts_of(&cell_of(&parts)), parts);
        }

        #[test]
        fn any_cell_has_parts(cell in any::<String>()) {
            assert!(!parts_of(&cell).is_empty() || cell.trim() == "[]");
        }
    }
}
