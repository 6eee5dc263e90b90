//! Expected files: compared, or written anew with `UPDATE_GOLDEN=1`.

use std::fs;

use super::source::root;

/// Whether expected files are to be written instead of compared.
#[expect(clippy::disallowed_methods, reason = "the one switch of the test run")]
pub(crate) fn refreshing() -> bool {
    std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1")
}

/// Compares a text with the file at this path from the root; names the first line that differs.
pub(crate) fn compare(path: &str, actual: &str) {
    let file = root().join(path);
    if refreshing() {
        fs::write(file, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return;
    }
    let line = expected.lines().zip(actual.lines()).take_while(|(old, new)| old == new).count();
    panic!(
        "{path} differs from line {}:\n  file: {}\n  code: {}\nif the code is right: UPDATE_GOLDEN=1 cargo test -p testbed tidy",
        line + 1,
        expected.lines().nth(line).unwrap_or("(ends)"),
        actual.lines().nth(line).unwrap_or("(ends)"),
    );
}
