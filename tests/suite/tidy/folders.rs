//! The same files in every folder of a kind, so that who knows one knows all.

use std::path::Path;

use super::none_of;
use super::source::{folders_in, root};

const AGGREGATE: [&str; 8] = [
    "mod.rs",
    "command.rs",
    "event.rs",
    "state.rs",
    "refusal.rs",
    "aggregate.rs",
    "decide/mod.rs",
    "tests/mod.rs",
];
const READ_MODEL: [&str; 4] = ["mod.rs", "apply.rs", "read.rs", "sql"];

/// Folders of `domain/src` that hold no aggregate.
const NO_AGGREGATE: [&str; 9] =
    ["access", "cmdb", "import", "kernel", "notice", "report", "routing", "sla", "what_if"];
/// Folders of `projections/src` that hold no read model.
const NO_READ_MODEL: [&str; 15] = [
    "almanac",
    "exports",
    "testing",
    "tests",
    "runner",
    "dead_letters",
    "rebuild",
    "compare",
    "sql",
    "feed",
    "leftovers",
    "what_if",
    "as_of",
    "compliance",
    "purge",
];

#[test]
fn every_aggregate_has_the_same_files() {
    let missing = missing_in("domain/src", &NO_AGGREGATE, &AGGREGATE);
    none_of(&missing, "an aggregate's folder lacks a file:");
}

#[test]
fn every_read_model_has_the_same_files() {
    let mut missing = missing_in("projections/src", &NO_READ_MODEL, &READ_MODEL);
    missing.extend(
        missing_in("projections/src", &NO_READ_MODEL, &["tests.rs"])
            .into_iter()
            .filter(|path| !root().join(path.replace("tests.rs", "tests/mod.rs")).exists()),
    );
    none_of(&missing, "a read model's folder lacks a file:");
}

#[test]
fn every_verb_has_a_file_of_tests() {
    let mut missing = Vec::new();
    for aggregate in folders_in("domain/src") {
        let folder = root().join("domain/src").join(&aggregate);
        if !folder.join("aggregate.rs").exists() {
            continue;
        }
        let Ok(verbs) = std::fs::read_dir(folder.join("decide")) else { continue };
        let tests = folder.join("tests");
        for verb in verbs.map(|entry| entry.unwrap().file_name()) {
            let verb = verb.to_string_lossy();
            if verb != "mod.rs" && !tests.join(&*verb).exists() && !is_made_in(&tests, &verb) {
                missing.push(format!("domain/src/{aggregate}/tests/{verb}"));
            }
        }
    }
    missing.sort();
    none_of(&missing, "a verb's rules are untested:");
}

/// Two verbs that undo each other may share a file of tests, which makes both.
fn is_made_in(tests: &Path, verb: &str) -> bool {
    let words = verb.trim_end_matches(".rs").split('_');
    let name: String = words.map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    let made = format!("{name} {{");
    std::fs::read_dir(tests).is_ok_and(|mut files| {
        files.any(|file| std::fs::read_to_string(file.unwrap().path()).unwrap().contains(&made))
    })
}

fn missing_in(parent: &str, exempt: &[&str], wanted: &[&str]) -> Vec<String> {
    folders_in(parent)
        .into_iter()
        .filter(|folder| !exempt.contains(&folder.as_str()))
        .flat_map(|folder| wanted.iter().map(move |file| format!("{parent}/{folder}/{file}")))
        .filter(|path| !root().join(path).exists())
        .collect()
}
