//! The whole report, and its place in the book: between two marks, the prose around them is kept.

use std::fmt::Write as _;
use std::path::Path;

use super::Section;
use crate::{Fault, machine};

const BEGIN: &str = "<!-- measured: written by make bench ARGS=--write -->";
const END: &str = "<!-- end of what is measured -->";

/// Under which it was measured.
#[derive(Debug)]
pub(crate) struct Conditions {
    pub(crate) postgres: String,
    pub(crate) date: String,
    pub(crate) seed: u64,
    pub(crate) arguments: String,
    pub(crate) minutes: f64,
}

impl Conditions {
    /// Everything that was measured, as Markdown.
    pub(crate) fn report(&self, sections: &[Section]) -> String {
        let memory = machine::memory().map(|gib| format!(", {gib} GiB")).unwrap_or_default();
        let mut text = format!(
            "Measured {} on {} cores ({}{memory}); PostgreSQL {}; {}; Annals {}; seed {}; \
             `make bench{}`, {:.0} minutes.\n",
            self.date,
            machine::cores(),
            machine::processor(),
            self.postgres,
            machine::version_of("rustc"),
            env!("CARGO_PKG_VERSION"),
            self.seed,
            self.arguments,
            self.minutes,
        );
        for section in sections {
            let _ = write!(text, "\n{}", section.markdown());
        }
        text
    }
}

/// Puts the report in its place in the book.
///
/// # Errors
/// The page or its marks are missing.
pub(crate) fn write(report: &str) -> Result<(), Fault> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no root")?;
    let path = root.join("docs/explanation/performance.md");
    let page = std::fs::read_to_string(&path)?;
    let (before, rest) = page.split_once(BEGIN).ok_or("the page has no mark to begin at")?;
    let (_, after) = rest.split_once(END).ok_or("the page has no mark to end at")?;
    std::fs::write(path, format!("{before}{BEGIN}\n\n{report}\n{END}{after}"))?;
    Ok(())
}
