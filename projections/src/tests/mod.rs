//! Laws that hold for every read model alike.

mod columns;
mod laws;

use std::path::{Path, PathBuf};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::{Connection, Executor};

use crate::model::Step;
use crate::testing::World;
use crate::{SEARCH_PATH, read_models, rebuild, schema, session};

// A test binary that uses the private PostgreSQL has to be able to keep it.
journal::keeper_entry!();

#[tokio::test]
async fn batches_of_any_size_repetitions_and_rebuilds_give_one_digest() {
    let world = World::with_clocks().await;
    for shared in read_models() {
        let model = shared.as_ref();
        let mut digests = Vec::new();
        for size in [1, 7, 1_000] {
            let schema = format!("batches_of_{size}_{}", model.name());
            world.filled(model, &schema, size).await.close().await.unwrap();
            digests.push(world.digest(model, &schema).await);
        }
        let report = rebuild(&world.journal, &world.options, &shared, |_, _| {}).await.unwrap();
        digests.extend([report.digest_before, report.digest_after]);
        digests.push(world.digest(model, &schema::live(model.name())).await);
        digests.dedup();
        assert_eq!(digests.len(), 1, "{}: {digests:?}", model.name());
        assert!(report.rows > 0, "{} shows nothing of the story", model.name());
    }
}

/// How many ways of cutting the log into batches are tried on each model: `ANNALS_CASES`, else 3.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> usize {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(3)
}

#[tokio::test]
async fn the_log_cut_into_any_batches_gives_one_digest() {
    let world = World::with_clocks().await;
    let mut random = StdRng::seed_from_u64(0x6261_7463_6865_7321);
    for model in read_models() {
        let model = model.as_ref();
        let whole = format!("uncut_{}", model.name());
        world.filled(model, &whole, 10_000).await.close().await.unwrap();
        let expected = world.digest(model, &whole).await;
        for case in 0..cases() {
            let schema = format!("cut_{case}_{}", model.name());
            let most = random.random_range(1..=40);
            let sizes = || random.random_range(1..=most);
            world.filled_by(model, &schema, sizes).await.close().await.unwrap();
            assert_eq!(world.digest(model, &schema).await, expected, "{} {case}", model.name());
            world.tamper(&format!("drop schema {schema} cascade")).await;
        }
    }
}

#[tokio::test]
async fn one_who_lost_the_lease_writes_nothing() {
    let world = World::with_story().await;
    for model in read_models().iter().filter(|model| !model.is_inline()) {
        let schema = schema::live(model.name());
        let mut conn = session::open(&world.options, &schema).await.unwrap();
        sqlx::raw_sql("update progress set epoch = 5").execute(&mut conn).await.unwrap();
        let empty = world.digest(model.as_ref(), &schema).await;
        let journal = &world.journal;
        let mut log = journal::read::LogReader::after(journal.keyring(), journal.upcasters(), 0);
        let batch = log.page(&mut conn, i64::MAX, 100).await.unwrap();
        let step = Step { from: 0, to: log.position(), epoch: 4, fresh: false };
        assert!(!model.apply(&mut conn, &batch, step).await.unwrap());
        let gapped = Step { from: 1, to: log.position(), epoch: 5, fresh: false };
        assert!(!model.apply(&mut conn, &batch, gapped).await.unwrap());
        assert_eq!(world.digest(model.as_ref(), &schema).await, empty);
        assert_eq!(schema::applied_through(&mut conn, &schema).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn every_sql_file_prepares() {
    let world = World::new().await;
    let path = format!("{SEARCH_PATH},pg_temp");
    let mut files = Vec::new();
    sql_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 30);
    // Not statements: parts of several.
    let parts = ["health/sql/pairs.sql", "tickets/sql/known.sql"];
    files.retain(|file| !parts.iter().any(|part| file.ends_with(part)));
    for file in files {
        let mut conn = session::open(&world.options, &path).await.unwrap();
        let mut sql = std::fs::read_to_string(&file).unwrap();
        let model = file.ancestors().nth(2).unwrap().file_name().unwrap().to_str().unwrap();
        for (name, text) in [
            ("{schema}", "view_tickets"),
            ("{next}", "view_tickets_next"),
            ("{old}", "view_tickets_old"),
            ("{table}", "tickets"),
            ("{tables}", "view_tickets.tickets"),
            ("{columns}", "ticket_id"),
            ("{conditions}", ""),
            ("{key}", "ticket_id"),
            ("{stream}", "ticket_id"),
            ("{rows}", "$1::jsonb"),
            ("{maker}", "nobody"),
            ("{index}", "tickets_pkey"),
            ("{item_is}", "c.until_seq is null"),
            ("{relation_is}", "r.until_seq is null"),
            ("{pairs}", include_str!("../cis/health/sql/pairs.sql")),
        ] {
            sql = sql.replace(name, text);
        }
        // Statements that come several at once cannot be prepared; other tests run them.
        if sql.trim_end().trim_end_matches(';').contains(";\n") {
            continue;
        }
        if Path::new(&format!("{}/src/{model}/apply.rs", env!("CARGO_MANIFEST_DIR"))).exists() {
            let path = format!("set search_path = view_{model}");
            sqlx::raw_sql(&path).execute(&mut conn).await.unwrap();
        }
        if let Err(error) = conn.prepare(&sql).await {
            panic!("{}: {error}", file.display());
        }
        conn.close().await.unwrap();
    }
}

fn sql_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sql_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "sql") {
            found.push(path);
        }
    }
}

#[test]
fn readers_search_the_schema_of_every_model() {
    let expected: Vec<String> =
        read_models().iter().map(|model| schema::live(model.name())).collect();
    let searched: Vec<&str> = SEARCH_PATH.split(',').collect();
    assert_eq!(searched[..expected.len()], expected);
    assert_eq!(searched[expected.len()..], ["read"]);
}
