//! Habits of the house that no compiler knows.

use super::none_of;
use super::source::{Source, files};

/// Text that no line of code outside tests has, and what stands there instead.
const NOWHERE: [(&str, &str); 6] = [
    (".unwrap()", "a typed error, or expect(\"why this cannot be\")"),
    ("#[allow(", "#[expect(lint, reason = \"…\")]"),
    ("#![allow(", "#![expect(lint, reason = \"…\")]"),
    ("todo!(", "the thing itself"),
    ("unimplemented!(", "the thing itself"),
    ("::*;", "the names that are used"),
];

/// Where a path of somebody's own machine begins.
const SOMEBODYS: [&str; 5] = ["/home/", "/Users/", "/root/", "/work/", "/workspace/"];
/// What looks like one and is everybody's.
const EVERYBODYS: [&str; 1] = ["/home/linuxbrew/"];

#[test]
fn code_keeps_the_habits_of_the_house() {
    let findings: Vec<String> = rust()
        .iter()
        .filter(|file| !file.is_test())
        .flat_map(|file| {
            file.code()
                .flat_map(|(number, line)| {
                    NOWHERE
                        .iter()
                        .filter(|(text, _)| line.contains(text))
                        .filter(|(text, _)| *text != "::*;" || line.contains("pub use"))
                        .map(move |(text, instead)| {
                            format!("{}:{number} {text} → {instead}", file.path)
                        })
                })
                .collect::<Vec<_>>()
        })
        .collect();
    none_of(&findings, "write it the house's way:");
}

#[test]
fn no_test_is_switched_off_or_sleeps() {
    let findings: Vec<String> = rust()
        .iter()
        // A benchmark that keeps to a schedule waits for its instants.
        .filter(|file| !file.path.starts_with("tests/benches/"))
        .flat_map(|file| {
            file.code()
                .filter(|(_, line)| {
                    line.trim_start().starts_with("#[ignore") || line.contains("thread::sleep(")
                })
                .map(|(number, line)| format!("{}:{number} {}", file.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none_of(&findings, "a test runs every time and waits for a condition, not for a while:");
}

#[test]
fn every_module_says_what_it_is() {
    let findings: Vec<String> = rust()
        .iter()
        .filter(|file| !file.is_test() && !file.text.starts_with("//!"))
        .map(|file| file.path.clone())
        .collect();
    none_of(&findings, "a file begins with //! and says what it is, what it is not, who calls it:");
}

#[test]
fn no_file_knows_somebodys_machine() {
    let findings: Vec<String> = files(&["rs", "sql", "sh", "toml", "md", "json", "graphql"])
        .iter()
        .filter(|file| !file.path.ends_with("tidy/habits.rs"))
        .flat_map(|file| {
            let lines = file.text.lines().enumerate();
            lines
                .filter(|(_, line)| {
                    let line = EVERYBODYS.iter().fold((*line).to_owned(), |l, e| l.replace(e, ""));
                    SOMEBODYS.iter().any(|start| line.contains(start))
                })
                .map(|(index, _)| format!("{}:{}", file.path, index + 1))
                .collect::<Vec<_>>()
        })
        .collect();
    none_of(&findings, "a path of one machine is of no use on another:");
}

#[test]
fn events_carry_the_name_a_person_would_give() {
    let vague = ["Updated(", "StatusChanged(", "StatusSet(", "Modified(", "Edited("];
    let findings: Vec<String> = rust()
        .iter()
        .filter(|file| file.path.starts_with("domain/src/") && file.path.ends_with("/event.rs"))
        .flat_map(|file| {
            file.code()
                .filter(|(_, line)| vague.iter().any(|name| line.contains(name)))
                .map(|(number, line)| format!("{}:{number} {}", file.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none_of(&findings, "say what happened and why, not that something did:");
}

/// All Rust but this file, which names what it forbids.
fn rust() -> Vec<Source> {
    let mut files = files(&["rs"]);
    files.retain(|file| !file.path.ends_with("tidy/habits.rs"));
    files
}
