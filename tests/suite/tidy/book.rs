//! The book hangs together: every page is in the table of contents, every link leads somewhere.

use super::none_of;
use super::source::{files, root};

#[test]
fn the_table_of_contents_names_every_page() {
    let contents = std::fs::read_to_string(root().join("docs/README.md")).unwrap();
    let findings: Vec<String> = files(&["md"])
        .iter()
        .filter_map(|file| file.path.strip_prefix("docs/"))
        .filter(|page| *page != "README.md" && !contents.contains(&format!("]({page})")))
        .map(str::to_owned)
        .collect();
    none_of(&findings, "a page nobody finds is not written (docs/README.md):");
}

#[test]
fn every_link_leads_somewhere() {
    let mut findings = Vec::new();
    for file in files(&["md"]) {
        let folder = root().join(&file.path).parent().expect("a file has a folder").to_owned();
        for link in file.text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let target = link.split('#').next().unwrap_or_default();
            let outside = link.contains("://") || link.contains(char::is_whitespace);
            if !outside && !target.is_empty() && !folder.join(target).exists() {
                findings.push(format!("{} → {link}", file.path));
            }
        }
    }
    none_of(&findings, "a link leads nowhere:");
}

#[test]
fn a_decision_fits_a_page() {
    let findings: Vec<String> = files(&["md"])
        .iter()
        .filter(|file| file.path.starts_with("docs/decisions/"))
        .filter(|file| {
            file.text.lines().count() > 40
                || ["## Context", "## Options", "## Choice", "## Price"]
                    .iter()
                    .any(|part| !file.text.contains(part))
        })
        .map(|file| file.path.clone())
        .collect();
    none_of(&findings, "a decision is context, options, choice and price in 40 lines:");
}
