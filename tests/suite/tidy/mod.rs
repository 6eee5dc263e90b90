//! The tidy ring: what a reviewer would otherwise have to notice.
//!
//! Reads the project's own files, never runs the program and needs no database. A finding names
//! the file and what to do. Expected files refresh with `UPDATE_GOLDEN=1`.

mod book;
mod folders;
pub(crate) mod golden;
mod habits;
mod layers;
mod migrations;
mod reference;
mod rights;
mod sizes;
pub(crate) mod source;
mod sql;
mod words;

/// Fails with all findings at once, one a line.
fn none_of(findings: &[String], advice: &str) {
    assert!(findings.is_empty(), "{advice}\n  {}", findings.join("\n  "));
}
