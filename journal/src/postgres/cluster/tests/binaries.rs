use std::os::unix::fs::symlink;

use super::super::binaries::{Binaries, choose, inspect};
use super::entry::Holder;
use super::*;

fn some(folder: &str, major: u32) -> Binaries {
    Binaries { folder: folder.into(), major }
}

#[test]
fn the_newest_usable_version_makes_a_new_cluster() {
    let folder = folder();
    let found = vec![some("/a", 14), some("/b", 17), some("/c", 15), some("/d", 17)];
    assert_eq!(choose(found, folder.path()).unwrap(), some("/b", 17));
}

#[test]
fn an_existing_folder_takes_exactly_the_version_that_made_it() {
    let folder = folder();
    fs::write(folder.path().join("PG_VERSION"), "15\n").unwrap();
    let found = vec![some("/b", 17), some("/c", 15)];
    assert_eq!(choose(found, folder.path()).unwrap(), some("/c", 15));
}

#[test]
fn a_missing_version_and_missing_binaries_are_two_different_sentences() {
    let folder = folder();
    fs::write(folder.path().join("PG_VERSION"), "14\n").unwrap();
    let other = choose(vec![some("/b", 17), some("/c", 15)], folder.path()).unwrap_err();
    let other = other.to_string();
    assert!(other.contains("was made by PostgreSQL 14, but only 15, 17 was found"), "{other}");
    fs::remove_file(folder.path().join("PG_VERSION")).unwrap();
    let none = choose(vec![some("/c", 14)], folder.path()).unwrap_err().to_string();
    assert!(none.starts_with("no PostgreSQL server binaries (version 15 or newer)"), "{none}");
}

#[test]
fn a_folder_with_only_one_of_the_two_programs_does_not_count() {
    let folder = folder();
    let owner = Owner::of_new().unwrap();
    symlink("/bin/true", folder.path().join("pg_config")).unwrap();
    symlink("/bin/true", folder.path().join("initdb")).unwrap();
    assert_eq!(inspect(vec![folder.path().to_path_buf()], &owner), []);
}

#[tokio::test]
async fn a_bad_folder_in_the_environment_is_named() {
    let folder = folder();
    let holder = Holder::start_with(folder.path(), "ANNALS_PG_BIN", "/nowhere/bin");
    assert!(holder.said.starts_with("ANNALS_PG_BIN is /nowhere/bin, which has no"));
    holder.end();
}
