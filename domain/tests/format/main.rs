//! What may not change by accident: the stored form of every event kind, the codes of refusals and
//! the access matrix, against the files in `tests/golden/`. `UPDATE_GOLDEN=1` writes them anew; the
//! difference is then reviewed like code.

mod access;
mod access_groups;
mod access_requests;
mod access_rules;
mod calendars;
mod compliance_reports;
mod desk;
mod directory;
mod erasures;
mod events;
mod items;
mod quality;
mod recurrences;
mod refusals;
mod samples;
mod service_accounts;
mod sla;
mod subject_access;
mod ticket_items;

use std::fs;
use std::path::{Path, PathBuf};

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The golden file's text is this; or it is made so.
fn assert_golden(name: &str, actual: &str) {
    let path = golden().join(name);
    if updating() {
        fs::write(&path, actual).expect("the golden folder is writable");
    }
    let expected = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{name}: {error}; UPDATE_GOLDEN=1 writes it"));
    assert_eq!(actual, expected, "{name} differs; UPDATE_GOLDEN=1 writes it anew");
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn updating() -> bool {
    std::env::var("UPDATE_GOLDEN").is_ok_and(|value| value == "1")
}
