//! The same files in every folder of a kind, so that who knows one knows all.

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
const READ_MODEL: [&str; 5] = ["mod.rs", "apply.rs", "read.rs", "sql", "tests.rs"];

/// Folders of `domain/src` that hold no aggregate.
const NO_AGGREGATE: [&str; 4] = ["access", "import", "kernel", "notice"];
/// Folders of `projections/src` that hold no read model.
const NO_READ_MODEL: [&str; 5] = ["testing", "runner", "rebuild", "compare", "sql"];

#[test]
fn every_aggregate_has_the_same_files() {
    let missing = missing_in("domain/src", &NO_AGGREGATE, &AGGREGATE);
    none_of(&missing, "an aggregate's folder lacks a file:");
}

#[test]
fn every_read_model_has_the_same_files() {
    let missing = missing_in("projections/src", &NO_READ_MODEL, &READ_MODEL);
    none_of(&missing, "a read model's folder lacks a file:");
}

#[test]
fn every_verb_has_a_file_of_tests() {
    let mut missing = Vec::new();
    for aggregate in folders_in("domain/src") {
        let folder = root().join("domain/src").join(&aggregate);
        let Ok(verbs) = std::fs::read_dir(folder.join("decide")) else { continue };
        for verb in verbs.map(|entry| entry.unwrap().file_name()) {
            if verb != "mod.rs" && !folder.join("tests").join(&verb).exists() {
                missing.push(format!("domain/src/{aggregate}/tests/{}", verb.to_string_lossy()));
            }
        }
    }
    missing.sort();
    none_of(&missing, "a verb's rules are untested:");
}

fn missing_in(parent: &str, exempt: &[&str], wanted: &[&str]) -> Vec<String> {
    folders_in(parent)
        .into_iter()
        .filter(|folder| !exempt.contains(&folder.as_str()))
        .flat_map(|folder| wanted.iter().map(move |file| format!("{parent}/{folder}/{file}")))
        .filter(|path| !root().join(path).exists())
        .collect()
}
