//! Every statement of the house prepares against a migrated database with all its views.

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Executor};
use testbed::World;

use crate::tidy::source;

/// Scripts of several statements, and statements that begin or make what is not there.
const NOT_PREPARED: [&str; 21] = [
    "create_database.sql",
    "create_login.sql",
    "grant_create.sql",
    "scratch.sql",
    "retire.sql",
    "create_schema.sql",
    "hold_tables.sql",
    "promote.sql",
    "exchange.sql",
    "snapshot.sql",
    "rewrite_keys.sql",
    // Parts, which the program puts together.
    "append/sql/append.sql",
    "append/sql/commanded.sql",
    "append/sql/released.sql",
    "append/sql/held.sql",
    "append/sql/held_after.sql",
    "append/sql/one/commanded.sql",
    "append/sql/one/held.sql",
    "append/sql/premised.sql",
    "health/sql/pairs.sql",
    "tickets/sql/known.sql",
];

#[tokio::test]
async fn every_statement_prepares() {
    let world = World::demo().await;
    let mut faults = Vec::new();
    let mut prepared = 0;
    for file in source::files(&["sql"]) {
        let skipped = NOT_PREPARED.iter().any(|name| file.path.ends_with(name));
        let foreign = file.path.starts_with("migrations/")
            || file.path.contains("/cluster/")
            || file.path.starts_with("tests/");
        if skipped || foreign {
            continue;
        }
        let path = search_path(&file.path);
        let options: PgConnectOptions = world.options().options([("search_path", path.as_str())]);
        let mut database = options.connect().await.unwrap();
        // A view's statement is one for any schema; an inline one takes its rows as a parameter.
        let text = file
            .text
            .replace("{schema}_next", "view_tickets")
            .replace("{schema}", "view_tickets")
            .replace("{table}", "tickets")
            .replace("{columns}", "ticket_id")
            .replace("{conditions}", "")
            .replace("{key}", "ticket_id")
            .replace("{stream}", "ticket_id")
            .replace("{index}", "tickets_number")
            .replace("{rows}", "$1::jsonb")
            .replace("{item_is}", "c.until_seq is null")
            .replace("{relation_is}", "r.until_seq is null")
            .replace("{pairs}", include_str!("../../projections/src/cis/health/sql/pairs.sql"));
        match (&mut database).prepare(&text).await {
            Ok(_) => prepared += 1,
            Err(error) => faults.push(format!("{}: {error}", file.path)),
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(prepared > 40, "only {prepared} statements were found");
}

/// A read model's statements mean its own schema; all others search as readers do.
fn search_path(path: &str) -> String {
    let model = path.strip_prefix("projections/src/").and_then(|rest| rest.split('/').next());
    match model {
        Some(model) if projections::read_models().iter().any(|known| known.name() == model) => {
            format!("view_{model}")
        }
        _ => projections::SEARCH_PATH.to_owned(),
    }
}
