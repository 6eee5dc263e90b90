//! Who may import whom. `tests/golden/layers.txt` lists every edge, so that a new one is a diff
//! that a reviewer sees; what a crate must never have stands here and cannot be refreshed away.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

use super::source::{files, root};
use super::{golden, none_of};

/// The workspace's own crates: who may know whom.
const INSIDE: [(&str, &[&str]); 6] = [
    ("domain", &[]),
    ("journal", &["domain"]),
    ("projections", &["domain", "journal"]),
    ("api", &["domain", "journal", "projections"]),
    ("replay-tools", &["domain", "journal", "projections"]),
    ("testbed", &["api", "domain", "journal", "projections"]),
];

/// Other people's crates that would blur a layer.
const NEVER: [(&str, &[&str]); 4] = [
    ("domain", &["async-graphql", "axum", "clap", "figment", "rand", "sqlx", "tokio", "tracing"]),
    ("journal", &["async-graphql", "axum", "clap", "indicatif"]),
    ("projections", &["async-graphql", "axum", "clap", "indicatif"]),
    ("replay-tools", &["async-graphql", "axum"]),
];

#[test]
fn every_dependency_is_in_the_reviewed_list() {
    let mut list = String::from(
        "# Every dependency of every crate, as `cargo metadata` says; [dev] ones serve tests alone.\n",
    );
    for package in packages() {
        for (kind, label) in [(DependencyKind::Normal, ""), (DependencyKind::Development, " [dev]")]
        {
            let names = dependencies(&package, kind);
            if !names.is_empty() {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                writeln!(list, "{}{label}: {}", package.name, names.join(" ")).unwrap();
            }
        }
    }
    golden::compare("tests/golden/layers.txt", &list);
}

#[test]
fn no_crate_knows_a_layer_above_it() {
    let packages = packages();
    let ours: BTreeSet<String> = packages.iter().map(|package| package.name.to_string()).collect();
    let mut findings = Vec::new();
    for package in &packages {
        let name = package.name.as_str();
        let Some((_, allowed)) = INSIDE.iter().find(|(crate_name, _)| *crate_name == name) else {
            findings.push(format!("{name}: a crate that the table does not know"));
            continue;
        };
        let normal = dependencies(package, DependencyKind::Normal);
        let never = NEVER.iter().find(|(crate_name, _)| *crate_name == name);
        let never = never.map_or(&[][..], |(_, names)| names);
        for other in &normal {
            let inside = ours.contains(other) && !allowed.contains(&other.as_str());
            if inside || never.contains(&other.as_str()) {
                findings.push(format!("{name} must not depend on {other}"));
            }
        }
    }
    none_of(&findings, "each layer knows only those below it:");
}

#[test]
fn decisions_are_plain_functions() {
    let findings: Vec<String> = files(&["rs"])
        .iter()
        .filter(|file| file.path.starts_with("domain/src/") && !file.is_test())
        .filter(|file| !file.path.ends_with("/aggregate.rs"))
        .flat_map(|file| {
            file.code()
                .filter(|(_, line)| line.contains("async fn") || line.contains(".await"))
                .map(|(number, _)| format!("{}:{number}", file.path))
                .collect::<Vec<_>>()
        })
        .collect();
    none_of(&findings, "nothing in domain waits, but for what cqrs-es asks of aggregate.rs:");
}

fn packages() -> Vec<Package> {
    let metadata = MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .no_deps()
        .exec()
        .expect("cargo reads this workspace");
    let mut packages = metadata.packages;
    packages.sort_by(|left, right| left.name.cmp(&right.name));
    packages
}

fn dependencies(package: &Package, kind: DependencyKind) -> BTreeSet<String> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind == kind)
        .map(|dependency| dependency.name.clone())
        .collect()
}
