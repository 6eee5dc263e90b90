//! The project's own files, as text with a path from its root.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders that hold nothing of ours.
const NOT_OURS: [&str; 4] = ["target", "node_modules", ".git", ".annals"];

/// A text file of the project.
pub(crate) struct Source {
    /// From the project's root, with forward slashes.
    pub(crate) path: String,
    /// Whole.
    pub(crate) text: String,
}

impl Source {
    /// Whether the file is there for tests alone.
    pub(crate) fn is_test(&self) -> bool {
        self.path.starts_with("tests/")
            || self.path.contains("/tests/")
            || self.path.contains("/testing/")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("/testing.rs")
    }

    /// Lines with their numbers, without line comments and what follows an inline test module.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let inline_tests = self.text.find("#[cfg(test)]\nmod tests {").unwrap_or(self.text.len());
        self.text[..inline_tests]
            .lines()
            .enumerate()
            .map(|(index, line)| (index + 1, line))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// The folder that holds the workspace.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ stands in the root").into()
}

/// Every file of ours with one of these extensions, sorted by path.
pub(crate) fn files(extensions: &[&str]) -> Vec<Source> {
    let mut paths = Vec::new();
    walk(&root(), &mut paths);
    paths.retain(|path| {
        path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted))
    });
    paths.sort();
    paths
        .into_iter()
        .map(|path| Source { text: fs::read_to_string(&path).unwrap(), path: relative(&path) })
        .collect()
}

/// The folders directly in this one, by name; none when it does not exist.
pub(crate) fn folders_in(path: &str) -> Vec<String> {
    let Ok(entries) = fs::read_dir(root().join(path)) else { return vec![] };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_file() {
            found.push(entry.path());
        } else if kind.is_dir() && !NOT_OURS.iter().any(|name| entry.file_name() == *name) {
            walk(&entry.path(), found);
        }
    }
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).expect("walked from the root").to_string_lossy().replace('\\', "/")
}
