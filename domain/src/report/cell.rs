//! Cells of sheets that no spreadsheet runs, and what they were before.
//!
//! A text that a spreadsheet would take for a formula gets an apostrophe before it. So does one that
//! differs from such a text by apostrophes alone, so that taking one away gives the text back.
//! Numbers are no texts: whoever writes them does not ask. Called by reports, exports and imports.

use std::borrow::Cow;

/// What a formula begins with.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

/// A text as a cell.
#[must_use]
pub fn protected(text: &str) -> Cow<'_, str> {
    if runs(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that a cell was made from. What nobody has protected is its own text.
#[must_use]
pub fn unprotected(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| runs(text)).unwrap_or(cell)
}

/// Whether it begins as a formula does, or would without its apostrophes.
fn runs(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::any;
    use proptest::proptest;

    use super::{protected, unprotected};
    use crate::kernel::testing::cases;

    #[test]
    fn what_would_run_begins_with_an_apostrophe() {
        for text in ["=1+1", "+1", "-1", "@sum(a1)", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!a0"] {
            assert_eq!(protected(text), format!("'{text}"));
        }
        for text in ["", "a=1", "'", "'tis", " =1", "1-1", "\u{ff1d}1"] {
            assert_eq!(protected(text), text);
        }
    }

    #[test]
    fn an_apostrophe_of_its_own_is_not_lost() {
        assert_eq!(protected("'=1"), "''=1");
        assert_eq!(unprotected("''=1"), "'=1");
        assert_eq!(unprotected("'=1"), "=1");
        assert_eq!(unprotected("-1"), "-1");
        assert_eq!(unprotected("'tis"), "'tis");
    }

    proptest! {
        #![proptest_config(cases())]

        #[test]
        fn a_cell_gives_its_text_back(apostrophes in 0usize..4, text in any::<String>()) {
            let text = format!("{}{text}", "'".repeat(apostrophes));
            assert_eq!(unprotected(&protected(&text)), text);
        }
    }
}
