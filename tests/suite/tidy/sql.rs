//! SQL text lives in `.sql` files beside the Rust that runs them.

use super::none_of;
use super::source::files;

/// How a statement in a string literal begins; compared in lower case.
const STATEMENTS: [&str; 8] = [
    "\"select ",
    "\"insert into ",
    "\"delete from ",
    "\"truncate ",
    "\"create table ",
    "\"create index ",
    "\"alter table ",
    "\"with recursive ",
];

/// Files that must put names into a statement at run time, which no parameter can carry.
const EXEMPT: [&str; 0] = [];

/// Scripts: several statements that are run as they stand, never prepared.
const SCRIPTS: [&str; 10] = [
    "journal/src/postgres/sql/create_login.sql",
    "journal/src/postgres/sql/grant_create.sql",
    "projections/src/as_of/sql/create_schema.sql",
    "projections/src/compare/sql/scratch.sql",
    "projections/src/rebuild/sql/exchange.sql",
    "projections/src/rebuild/sql/promote.sql",
    "projections/src/rebuild/sql/retire.sql",
    "projections/src/rebuild/sql/snapshot.sql",
    "projections/src/sql/create_schema.sql",
    "tests/benches/append/sql/tables.sql",
];

#[test]
fn sql_stands_in_sql_files() {
    let findings: Vec<String> = files(&["rs"])
        .iter()
        .filter(|file| !file.is_test() && !EXEMPT.contains(&file.path.as_str()))
        .flat_map(|file| {
            file.code()
                .filter(|(_, line)| {
                    let line = line.to_lowercase();
                    STATEMENTS.iter().any(|statement| line.contains(statement))
                })
                .map(|(number, line)| format!("{}:{number} {}", file.path, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none_of(&findings, "move the statement to a .sql file and include_str! it:");
}

#[test]
fn every_sql_file_holds_one_statement() {
    let findings: Vec<String> = files(&["sql"])
        .iter()
        .filter(|file| !file.path.starts_with("migrations/"))
        .filter(|file| !SCRIPTS.contains(&file.path.as_str()))
        .filter(|file| {
            let code = file.text.lines().filter(|line| !line.trim_start().starts_with("--"));
            let code = code.collect::<Vec<_>>().join("\n");
            code.trim_end().trim_end_matches(';').contains(";\n")
        })
        .map(|file| file.path.clone())
        .collect();
    none_of(&findings, "only one statement can be prepared:");
}
