#![expect(clippy::disallowed_methods, reason = "tests name what they make by chance")]
use std::convert::Infallible;

use sqlx::Connection;

use super::super::testing::{database_from_template, shared_test_cluster};
use super::*;

/// A key that no other run has used.
fn key() -> String {
    format!("k{}", uuid::Uuid::new_v4().simple())
}

async fn exists(name: &str) -> bool {
    let mut connection = shared_test_cluster().await.unwrap().superuser().connect().await.unwrap();
    let count = format!("SELECT count(*) FROM pg_database WHERE datname = '{name}'");
    number(&mut connection, &count).await == 1
}

async fn migrate(options: sqlx::postgres::PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut connection = options.connect().await?;
    sqlx::raw_sql("CREATE TABLE notes (n bigint)").execute(&mut connection).await?;
    connection.close().await
}

#[tokio::test]
async fn each_test_has_a_database_of_its_own_made_by_one_migration() {
    let key = key();
    let first = database_from_template(&key, migrate).await;
    let never = async |_| -> Result<(), Infallible> { panic!("the template was made twice") };
    let second = database_from_template(&key, never).await;
    let mut connection = first.options().connect().await.unwrap();
    run(&mut connection, "INSERT INTO notes VALUES (1)").await;
    let mut other = second.options().connect().await.unwrap();
    assert_eq!(number(&mut other, "SELECT count(*) FROM notes").await, 0);
}

#[tokio::test]
async fn a_failed_migration_leaves_no_template_behind() {
    let key = key();
    let again = key.clone();
    let tried = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(database_from_template(&again, async |_| Err("no")))
    });
    assert!(tried.join().is_err());
    let made = database_from_template(&key, migrate).await;
    assert!(exists(made.name()).await);
}

#[tokio::test]
async fn the_database_goes_with_a_test_that_went_well_and_stays_after_a_failure() {
    let key = key();
    let database = database_from_template(&key, migrate).await;
    let (gone, _open) = (database.name().to_owned(), database.options().connect().await.unwrap());
    drop(database);
    assert!(!exists(&gone).await);
    let database = database_from_template(&key, migrate).await;
    let kept = database.name().to_owned();
    let failed = std::thread::spawn(move || {
        let _database = database;
        panic!("as a failing test does");
    });
    assert!(failed.join().is_err());
    assert!(exists(&kept).await);
}
