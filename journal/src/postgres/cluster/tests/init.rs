use super::super::init::{check_space, free_bytes, has_user_databases};
use super::*;

#[test]
fn too_little_space_is_said_before_anything_is_started() {
    let folder = folder();
    assert!(check_space(folder.path(), 200 << 20).is_ok());
    let full = check_space(Path::new("/x"), 104 << 20).unwrap_err().to_string();
    assert_eq!(full, "only 104 MB are free at /x, PostgreSQL needs 200 MB");
    assert!(free_bytes(folder.path()).unwrap() > 0);
}

#[test]
fn databases_and_tablespaces_beyond_the_stock_ones_are_noticed() {
    let folder = folder();
    assert!(!has_user_databases(folder.path()).unwrap());
    for stock in ["base/1", "base/4", "base/5", "base/pgsql_tmp", "pg_tblspc"] {
        fs::create_dir_all(folder.path().join(stock)).unwrap();
    }
    assert!(!has_user_databases(folder.path()).unwrap());
    fs::create_dir(folder.path().join("pg_tblspc/16399")).unwrap();
    assert!(has_user_databases(folder.path()).unwrap());
}

#[tokio::test]
async fn databases_of_somebody_else_are_refused_and_not_touched() {
    let folder = folder();
    fs::create_dir_all(folder.path().join("data/base/16384")).unwrap();
    fs::write(folder.path().join("data/PG_VERSION"), "15\n").unwrap();
    own_by_postgres(folder.path());
    let said = refusal(folder.path()).await;
    assert!(said.contains("holds databases that Annals did not make"), "{said}");
    assert!(folder.path().join("data/base/16384").exists());
}

#[tokio::test]
async fn a_folder_of_another_major_version_is_named_with_both_versions() {
    let folder = folder();
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(folder.path().join("data/PG_VERSION"), "11\n").unwrap();
    own_by_postgres(folder.path());
    let said = refusal(folder.path()).await;
    assert!(said.contains("was made by PostgreSQL 11, but only"), "{said}");
}

#[tokio::test]
async fn a_marker_without_its_data_is_no_reason_to_begin_with_an_empty_database() {
    let folder = folder();
    let marker = folder.path().join("ANNALS_CLUSTER");
    fs::write(&marker, "purpose serve\n").unwrap();
    let said = refusal(folder.path()).await;
    assert!(said.contains("says that a database was made here, but"), "{said}");
    fs::write(&marker, "purpose test\n").unwrap();
    let said = refusal(folder.path()).await;
    assert!(said.ends_with("was made for test; it is not used for serve"), "{said}");
}

/// As root, an existing data folder has to belong to a user who may run PostgreSQL.
fn own_by_postgres(folder: &Path) {
    Owner::of_new().unwrap().give(&folder.join("data")).unwrap();
}
