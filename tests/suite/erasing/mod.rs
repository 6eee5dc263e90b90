//! People are erased: asked for, decided on by two, carried out by the server, certified; and nothing
//! brings them back.

mod decided;
mod marked;
mod restored;
mod rotated;

use std::time::Duration;

use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Row};
use testbed::Client;
use tokio::time::{sleep, timeout};

use crate::desk::{Desk, accepted, mutate_noun};
pub(crate) use marked::{NORAS, nora};

const ERASURE: &str = "erasure { id phase ground why exemption requester { login }
    approvedBy { login } certificate { keys keysDestroyedPosition position streams size root
        views { name through rows } besides { what count } } }";

/// How long an erasure may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

async fn ask(client: &Client, verb: &str, input: Value) -> Value {
    mutate_noun(client, verb, ERASURE, input).await
}

/// An erasure as it is.
async fn erasure(client: &Client, id: &Value) -> Value {
    let inner = ERASURE.strip_prefix("erasure {").unwrap();
    let query = format!("query($id: ID!) {{ erasure(id: $id) {{ {inner} }}");
    client.data(&query, json!({ "id": id })).await["erasure"].clone()
}

/// The person leaves, the administrator asks, the director says yes; the erasure's id.
pub(crate) async fn approved(desk: &Desk, person: &Value) -> Value {
    let left = json!({"personId": person});
    accepted(&mutate_noun(&desk.admin, "personLeave", "person { life }", left).await);
    let why =
        json!({"personId": person, "ground": "NO_LONGER_NEEDED", "why": "The contract is over"});
    let asked = ask(&desk.admin, "erasureRequest", why).await;
    let id = accepted(&asked)["erasure"]["id"].clone();
    let yes = ask(&desk.director, "erasureApprove", json!({"erasureId": id})).await;
    assert_eq!(accepted(&yes)["erasure"]["phase"], "APPROVED");
    id
}

/// Waits for the certificate.
pub(crate) async fn certified(client: &Client, id: &Value) -> Value {
    let done = async {
        loop {
            let found = erasure(client, id).await;
            if found["phase"] == "CERTIFIED" {
                return found["certificate"].clone();
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    match timeout(PATIENCE, done).await {
        Ok(certificate) => certificate,
        Err(_) => panic!("it stays behind: {}", erasure(client, id).await),
    }
}

/// Every row of every table of a database, and what `pg_dump` makes of it where that is installed.
pub(crate) async fn dump(options: &PgConnectOptions) -> String {
    let mut database = options.connect().await.unwrap();
    let tables = "select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema') order by 1";
    let mut all = String::new();
    for table in sqlx::query(tables).fetch_all(&mut database).await.unwrap() {
        let table: String = table.get("name");
        let rows = format!("select '{table} ' || t::text as row from {table} t");
        for row in sqlx::query(&rows).fetch_all(&mut database).await.unwrap() {
            all.push_str(row.get("row"));
            all.push('\n');
        }
    }
    database.close().await.unwrap();
    all + &pg_dump(options)
}

fn pg_dump(options: &PgConnectOptions) -> String {
    let host = match options.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => options.get_host().to_owned(),
    };
    let port = options.get_port().to_string();
    let database = options.get_database().unwrap();
    let mut program = std::process::Command::new("pg_dump");
    program.args(["-h", &host, "-p", &port, "-U", options.get_username(), database]);
    match program.output() {
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8_lossy(&output.stdout).into_owned()
        }
        Err(error) => {
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
            String::new()
        }
    }
}

/// The markers that stand in a text, whatever their case.
pub(crate) fn hits<'a>(text: &str, markers: &[&'a str]) -> Vec<&'a str> {
    let text = text.to_lowercase();
    markers.iter().copied().filter(|marker| text.contains(&marker.to_lowercase())).collect()
}
