//! What is said of columns, compared with the tables there are and with what a destroyed key takes away.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{Connection, PgConnection, Row};

use crate::personal_columns::{Holds, TABLES};
use crate::testing::{World, journal};
use crate::{read_models, rebuild};

/// Columns that can hold text, of all tables but the database's own.
const TEXTS: &str = "select format('%s.%s', c.table_schema, c.table_name) as relation,
        c.column_name as name
    from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where t.table_type = 'BASE TABLE'
      and (c.table_schema in ('journal', 'identity', 'vault', 'read')
           or c.table_schema like 'view\\_%')
      and (c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'xml')
           or c.udt_name in ('_text', '_varchar', '_json', '_jsonb', 'hstore', 'tsvector', 'citext'))
    order by 1, 2";

fn said() -> BTreeMap<String, Holds> {
    let mut said = BTreeMap::new();
    for (table, columns) in TABLES {
        for (holds, names) in *columns {
            for name in names.split(' ') {
                let column = format!("{table}.{name}");
                assert_eq!(said.insert(column.clone(), *holds), None, "{column} is there twice");
            }
        }
    }
    said
}

async fn texts(conn: &mut PgConnection) -> BTreeSet<(String, String)> {
    let rows = sqlx::query(TEXTS).fetch_all(conn).await.unwrap();
    rows.iter().map(|row| (row.get("relation"), row.get("name"))).collect()
}

/// What the columns of the views hold, as a digest.
async fn held(conn: &mut PgConnection) -> BTreeMap<String, String> {
    let mut held = BTreeMap::new();
    for (table, column) in texts(conn).await {
        if !table.starts_with("view_") || table.contains("_old.") {
            continue;
        }
        let digest = format!(
            "select coalesce(md5(string_agg(\"{column}\"::text, '|' order by \"{column}\"::text)), '')
             as digest from {table}"
        );
        let row = sqlx::query(&digest).fetch_one(&mut *conn).await.unwrap();
        held.insert(format!("{table}.{column}"), row.get("digest"));
    }
    held
}

#[tokio::test]
async fn every_column_that_can_hold_text_says_whose_words_it_holds() {
    let world = World::new().await;
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let there: BTreeSet<String> =
        texts(&mut conn).await.into_iter().map(|(table, name)| format!("{table}.{name}")).collect();
    let said: BTreeSet<String> = said().into_keys().collect();
    let unsaid: Vec<_> = there.difference(&said).collect();
    let gone: Vec<_> = said.difference(&there).collect();
    assert!(unsaid.is_empty() && gone.is_empty(), "unsaid {unsaid:#?}, gone {gone:#?}");
}

#[tokio::test]
async fn what_goes_with_the_keys_is_said_to_be_words() {
    let world = World::with_clocks().await;
    let mut conn = PgConnection::connect_with(&world.options).await.unwrap();
    let before = held(&mut conn).await;
    world.tamper("update vault.subject_keys set wrapped = null, destroyed_at = now()").await;
    // Another process, whose key ring has not seen the keys before.
    let journal = journal(&world.options).await;
    for model in read_models() {
        rebuild(&journal, &world.options, &model, |_, _| {}).await.unwrap();
    }
    let after = held(&mut conn).await;
    assert_eq!(before.len(), after.len());
    let changed = before.iter().filter(|(column, digest)| after[*column] != **digest);
    let changed: BTreeSet<&str> = changed.map(|(column, _)| column.as_str()).collect();
    let said = said();
    let words = said.iter().filter(|(_, holds)| matches!(holds, Holds::Words | Holds::Annals));
    let words: BTreeSet<&str> = words.map(|(column, _)| column.as_str()).collect();
    assert_eq!(changed, words);
}
