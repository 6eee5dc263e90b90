//! Who may do what is data, and asked in one place: no source has a table of roles and permissions.

use super::none_of;
use super::source::{Source, files};

/// How many lines apart a role and a permission still look like a row of a table.
const NEAR: usize = 3;

#[test]
fn no_source_says_what_a_role_of_people_may() {
    let mut findings = Vec::new();
    for file in files(&["rs"]).iter().filter(|file| is_ours(file)) {
        let lines: Vec<(usize, &str)> = file.code().collect();
        let roles = lines.iter().filter(|(_, line)| names_a_role(line));
        for (number, _) in roles {
            let near = lines.iter().filter(|(other, _)| other.abs_diff(*number) <= NEAR);
            if near.into_iter().any(|(_, line)| names_a_permission(line)) {
                findings.push(format!("{}:{number}", file.path));
            }
        }
    }
    none_of(&findings, "what a role may do stands in standard/roles.toml, and nowhere else:");
    assert!(!files(&["rs"]).iter().any(|file| file.path.ends_with("access/table.rs")));
}

fn is_ours(file: &Source) -> bool {
    let sources = ["domain/src/", "api/src/", "projections/src/"];
    sources.iter().any(|folder| file.path.starts_with(folder)) && !file.is_test()
}

fn names_a_role(line: &str) -> bool {
    let roles = [
        "Client",
        "ClientGroupLead",
        "Agent",
        "UnitHead",
        "Director",
        "Auditor",
        "SystemAdministrator",
    ];
    roles
        .iter()
        .any(|role| names(line, &format!("Role::{role}")) || names(line, &format!("R::{role}")))
}

fn names_a_permission(line: &str) -> bool {
    ["Permission::", "P::"].iter().any(|path| {
        line.match_indices(path).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let after = line[at + path.len()..].chars().next();
            before.is_none_or(|c| !c.is_alphanumeric()) && after.is_some_and(char::is_uppercase)
        })
    })
}

/// Whether the name stands there as a whole.
fn names(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| {
        let part = |c: char| c.is_alphanumeric() || c == '_';
        let before = line[..at].chars().next_back();
        let after = line[at + name.len()..].chars().next();
        before.is_none_or(|c| !part(c)) && after.is_none_or(|c| !part(c))
    })
}

#[test]
fn a_row_of_a_table_is_found() {
    assert!(names_a_role("        Role::Auditor => false,"));
    assert!(names_a_role("matches!(role, R::Director)"));
    assert!(!names_a_role("Role::AgentOfNone"));
    assert!(
        names_a_permission("P::TicketOpen => true") && names_a_permission("Permission::KpiRead")
    );
    assert!(!names_a_permission("use Permission as P;"));
}
