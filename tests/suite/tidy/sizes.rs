//! Files stay small enough to be read whole.

use super::none_of;
use super::source::files;

/// Over this a file fails.
const MOST: usize = 500;
/// Over this it is named in the output, as a hint.
const MANY: usize = 400;
/// Lists of identical records, which do not get easier to read in two halves.
const LISTS: [&str; 1] = ["api/src/graphql/refusal/codes.rs"];

#[test]
fn no_file_is_too_long_to_be_read_whole() {
    let mut findings = Vec::new();
    for file in files(&["rs", "sql", "sh"]) {
        let lines = file.text.lines().count();
        if lines > MOST && !LISTS.contains(&file.path.as_str()) {
            findings.push(format!("{} has {lines} lines", file.path));
        } else if lines > MANY {
            eprintln!("{} has {lines} lines: could it be two?", file.path);
        }
    }
    none_of(&findings, "a file has one subject, and over 500 lines it has more:");
}
