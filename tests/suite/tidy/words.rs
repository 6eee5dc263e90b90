//! One word for one thing. The glossary's table lists, for each word of ours, those we do not use
//! in its place; this test reads the table, so that a ban is one line of documentation.

use super::none_of;
use super::source::{Source, files};

const GLOSSARY: &str = "docs/reference/glossary.md";

#[test]
fn each_thing_has_one_name() {
    let bans = bans();
    assert!(bans.len() > 5, "{GLOSSARY} no longer has the table this test reads");
    let mut findings = Vec::new();
    for file in files(&["rs", "sql", "md", "graphql"]).iter().filter(|file| !exempt(file)) {
        for (index, line) in file.text.lines().enumerate() {
            let plain = plain(line);
            for (banned, ours) in &bans {
                if plain.contains(banned.as_str()) {
                    let number = index + 1;
                    findings.push(format!("{}:{number} says{banned}, we say {ours}", file.path));
                }
            }
        }
    }
    none_of(&findings, "one word for one thing (docs/reference/glossary.md):");
}

/// Where banned words are quoted, and foreign data.
fn exempt(file: &Source) -> bool {
    file.path == GLOSSARY
        || file.path.starts_with("tests/data/")
        || file.path.ends_with("tidy/words.rs")
}

/// From rows `| **word** | meaning | `banned`, `banned` |`: the banned phrase and our word.
fn bans() -> Vec<(String, String)> {
    let glossary = files(&["md"]).into_iter().find(|file| file.path == GLOSSARY);
    let glossary = glossary.expect("the glossary is part of the book");
    let rows = glossary.text.lines().filter(|line| line.starts_with("| **"));
    rows.flat_map(|row| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let ours = cells[1].trim_matches('*').to_owned();
        let banned = cells.get(3).copied().unwrap_or_default();
        let phrases = banned.split('`').skip(1).step_by(2);
        phrases.map(|phrase| (plain(phrase), ours.clone())).collect::<Vec<_>>()
    })
    .collect()
}

/// ` lower case words with single spaces `, also of `CamelCase` and `snake_case`.
fn plain(line: &str) -> String {
    let mut words = String::from(" ");
    let mut after_lower = false;
    for c in line.chars() {
        if c.is_uppercase() && after_lower {
            words.push(' ');
        }
        after_lower = c.is_lowercase();
        if c.is_alphanumeric() {
            words.extend(c.to_lowercase());
        } else if !words.ends_with(' ') {
            words.push(' ');
        }
    }
    if !words.ends_with(' ') {
        words.push(' ');
    }
    words
}

#[test]
fn a_banned_word_is_found_in_any_spelling() {
    for spelling in ["put on hold", "OnHold", "is_on_hold:", "on-hold", "ON HOLD"] {
        assert!(plain(spelling).contains(" on hold "), "{spelling}: {}", plain(spelling));
    }
    assert!(!plain("the button holds").contains(" on hold "));
}
