//! Applied migrations of what can never be rebuilt are never edited: `migrations/README.md` keeps
//! the digest of each. `UPDATE_GOLDEN=1` adds lines for new files and changes no other.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use sha2::{Digest, Sha256};

use super::source::{files, root};
use super::{golden, none_of};

const LIST: &str = "migrations/README.md";
/// Whose files are sacred; the read side's are made anew whenever they change.
const SACRED: [&str; 2] = ["migrations/journal/", "migrations/identity/"];

#[test]
fn applied_migrations_are_never_edited() {
    let listed = listed();
    let present: BTreeMap<String, String> = files(&["sql"])
        .into_iter()
        .filter(|file| SACRED.iter().any(|folder| file.path.starts_with(folder)))
        .map(|file| (file.path, digest(&file.text)))
        .collect();
    if golden::refreshing() {
        append(present.iter().filter(|(path, _)| !listed.contains_key(*path)));
    }
    let mut findings = Vec::new();
    for (path, digest) in &listed {
        match present.get(path) {
            None => findings.push(format!("{path} is gone")),
            Some(found) if found != digest => findings.push(format!("{path} was edited")),
            Some(_) => {}
        }
    }
    for (path, digest) in present {
        if !listed.contains_key(&path) && !golden::refreshing() {
            findings.push(format!("add to {LIST}: | `{path}` | `{digest}` |"));
        }
    }
    none_of(&findings, "a database somewhere has run these files; write a new one:");
}

fn digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("writing to a string cannot fail");
        hex
    })
}

/// The table's rows: a path and 64 hex digits, both in backticks.
fn listed() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join(LIST)).unwrap();
    text.lines()
        .filter_map(|line| {
            let mut words = line.split('`').skip(1).step_by(2);
            let (path, digest) = (words.next()?, words.next()?);
            (digest.len() == 64).then(|| (path.to_owned(), digest.to_owned()))
        })
        .collect()
}

fn append<'a>(new: impl Iterator<Item = (&'a String, &'a String)>) {
    let file = root().join(LIST);
    let mut text = fs::read_to_string(&file).unwrap();
    for (path, digest) in new {
        writeln!(text, "| `{path}` | `{digest}` |").unwrap();
    }
    fs::write(file, text).unwrap();
}
