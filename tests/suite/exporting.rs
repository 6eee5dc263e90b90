//! Exports: every name in every format with as many rows as its table has, filters that cannot do harm,
//! who may have what, and that a long file costs no memory.

use std::io::{Cursor, Read};

use api::exporting::catalogue::{NOUNS, Noun};
use projections::read_models;
use reqwest::Response;
use serde_json::{Value, json};
use testbed::{Client, World};
use zip::ZipArchive;

use crate::desk::{Desk, accepted, followed, mutate};

/// A title that a spreadsheet would run.
const HOSTILE: &str = "=cmd|' /C calc'!A0";

async fn get(client: &Client, path: &str, query: &[(&str, &str)]) -> Response {
    let request = client.http().get(format!("{}{path}", client.base)).query(query);
    let request = match client.token() {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    request.send().await.unwrap()
}

async fn bytes(client: &Client, name: &str, query: &[(&str, &str)]) -> Vec<u8> {
    let response = get(client, &format!("/exports/{name}"), query).await;
    assert_eq!(response.status(), 200, "{name} {query:?}");
    response.bytes().await.unwrap().to_vec()
}

async fn refused(client: &Client, name: &str, query: &[(&str, &str)]) -> (u16, Value) {
    let response = get(client, &format!("/exports/{name}"), query).await;
    let status = response.status().as_u16();
    let body: Value = response.json().await.unwrap();
    (status, body["errors"][0].clone())
}

fn lines(ndjson: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(ndjson).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn records(csv: &[u8]) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(csv).records().collect::<Result<_, _>>().unwrap()
}

/// Rows of a workbook of one sheet, without the names of the columns.
fn sheet_rows(xlsx: &[u8]) -> usize {
    let mut archive = ZipArchive::new(Cursor::new(xlsx)).unwrap();
    let mut text = String::new();
    archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
    text.matches("<row ").count() - 1
}

/// Rows of a noun's table, which the superuser counts.
async fn counted(world: &World, noun: &Noun) -> usize {
    let models = read_models();
    let model = models
        .iter()
        .find(|model| model.tables().iter().any(|table| table.name == noun.table))
        .unwrap();
    let sql = format!("select count(*) from view_{}.{}", model.name(), noun.table);
    let mut database = world.superuser().await;
    let rows: i64 = sqlx::query_scalar(&sql).fetch_one(&mut database).await.unwrap();
    usize::try_from(rows).unwrap()
}

/// Something to export: tickets, what is said on them, what is known of them.
async fn told(world: &mut World) -> Desk {
    let desk = Desk::open(world).await;
    let ticket = desk.ticket(HOSTILE).await;
    desk.ticket("No network").await;
    let said = json!({"ticketId": ticket, "body": "@sum(a1)"});
    accepted(&mutate(&desk.ada, "ticketComment", said).await);
    let tagged = json!({"ticketId": ticket, "tag": "network"});
    accepted(&mutate(&desk.director, "ticketTag", tagged).await);
    followed(world).await;
    desk
}

#[tokio::test]
async fn every_name_has_every_row_in_every_format() {
    let mut world = World::demo().await;
    let desk = told(&mut world).await;
    let listed: Value = get(&desk.admin, "/exports", &[]).await.json().await.unwrap();
    let names: Vec<&str> =
        listed.as_array().unwrap().iter().map(|it| it["name"].as_str().unwrap()).collect();
    assert_eq!(names, NOUNS.iter().map(|noun| noun.name).collect::<Vec<_>>());
    let mut filled = 0;
    for noun in NOUNS {
        let rows = counted(&world, noun).await;
        let ndjson = bytes(&desk.admin, noun.name, &[("format", "ndjson")]).await;
        let csv = bytes(&desk.admin, noun.name, &[]).await;
        let xlsx = bytes(&desk.admin, noun.name, &[("format", "xlsx")]).await;
        let found = [lines(&ndjson).len(), records(&csv).len(), sheet_rows(&xlsx)];
        assert_eq!(found, [rows; 3], "{}", noun.name);
        let again = bytes(&desk.admin, noun.name, &[("format", "ndjson")]).await;
        assert_eq!(again, ndjson, "{} is the same file again", noun.name);
        filled += usize::from(rows > 0);
    }
    assert!(filled >= 8, "only {filled} tables have rows");
}

#[tokio::test]
async fn the_command_line_writes_the_same_files() {
    let mut world = World::demo().await;
    let desk = told(&mut world).await;
    let by_http = bytes(&desk.admin, "tickets", &[("format", "ndjson")]).await;
    let done = world.run_annals(&["export", "tickets", "--format", "ndjson"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    assert_eq!(done.stdout.as_bytes(), by_http);
    let file = world.folder().join("tickets.xlsx");
    let path = file.to_str().unwrap();
    let filter = format!("title~cmd and title!='{}'", "'".repeat(2));
    let asked =
        ["export", "tickets", "--format", "xlsx", "--where", filter.as_str(), "--output", path];
    let done = world.run_annals(&asked);
    assert_eq!((done.code, done.stdout.as_str()), (0, ""), "{}", done.stderr);
    assert!(done.stderr.contains("1 rows of tickets"), "{}", done.stderr);
    assert_eq!(sheet_rows(&std::fs::read(&file).unwrap()), 1);
    let listed = world.run_annals(&["export", "--list"]);
    assert_eq!(listed.stdout.lines().count(), NOUNS.len());
    let wrong: [&[&str]; 4] = [
        &["export"],
        &["export", "colours"],
        &["export", "tickets", "--format", "pdf"],
        &["export", "tickets", "--where", "colour=red", "--output", path],
    ];
    for arguments in wrong {
        let done = world.run_annals(arguments);
        assert_eq!((done.code, done.stdout.as_str()), (2, ""), "{arguments:?}: {}", done.stderr);
    }
    assert_eq!(sheet_rows(&std::fs::read(&file).unwrap()), 1, "a refusal leaves the file alone");
    let nowhere = world.folder().join("nowhere").join("tickets.csv");
    let done = world.run_annals(&["export", "tickets", "--output", nowhere.to_str().unwrap()]);
    assert_eq!(done.code, 1, "{}", done.stderr);
}

#[tokio::test]
async fn a_filter_says_which_rows_and_does_no_harm() {
    let mut world = World::demo().await;
    let desk = told(&mut world).await;
    let rows = async |filter: &str| {
        let found = bytes(&desk.admin, "tickets", &[("format", "ndjson"), ("where", filter)]).await;
        lines(&found)
    };
    let all = rows("version>0").await.len();
    let found = rows("title~CMD").await;
    assert_eq!((found.len(), &found[0]["title"]), (1, &json!(HOSTILE)));
    let of_unit = format!("ticket_id={}", found[0]["ticket_id"].as_str().unwrap());
    assert_eq!(rows(&of_unit).await, found);
    assert_eq!(
        rows(&format!("ticket_id!={}", found[0]["ticket_id"].as_str().unwrap())).await.len(),
        all - 1
    );
    let unsolved = rows("resolved_at=null and created_at<2099-01-01T00:00:00+02:00").await.len();
    let solved = rows("resolved_at!=null").await.len();
    assert!(unsolved > 0 && solved > 0, "{unsolved} {solved}");
    assert_eq!(unsolved + solved, all);
    assert_eq!(rows("individual=false and priority>=1 and priority<=4").await.len(), all);
    assert_eq!(rows("routing~'no such words'").await.len(), 0);
    let harmful = "title='x''; drop schema view_tickets cascade; --' and number~'%'";
    assert_eq!(rows(harmful).await.len(), 0);
    for (filter, at, fault) in [
        ("title='x'; drop table tickets", 10, "AND_EXPECTED"),
        ("1=1", 1, "UNKNOWN_COLUMN"),
        ("state=OPEN or 1=1", 12, "AND_EXPECTED"),
        ("priority=high", 10, "UNFIT_VALUE"),
        ("ticket_id<00000000-0000-0000-0000-000000000000", 10, "UNFIT_SIGN"),
        ("title", 6, "SIGN_EXPECTED"),
    ] {
        let (status, error) = refused(&desk.admin, "tickets", &[("where", filter)]).await;
        let extensions = &error["extensions"];
        assert_eq!((status, &extensions["code"]), (400, &json!("BAD_REQUEST")), "{filter}");
        assert_eq!(extensions["meta"], json!({"at": at, "fault": fault}), "{filter}");
    }
    assert_eq!(rows("version>0").await.len(), all, "nothing was dropped");
    assert_eq!(refused(&desk.admin, "tickets", &[("format", "pdf")]).await.0, 400);
    assert_eq!(refused(&desk.admin, "tickets", &[("colour", "red")]).await.0, 400);
}

#[tokio::test]
async fn cells_do_not_run() {
    let mut world = World::demo().await;
    let desk = told(&mut world).await;
    let found = bytes(&desk.admin, "tickets", &[("where", "title~cmd")]).await;
    assert_eq!(&records(&found)[0][3], format!("'{HOSTILE}"));
    let found = bytes(&desk.admin, "conversation", &[("where", "body~sum")]).await;
    assert_eq!(&records(&found)[0][4], "'@sum(a1)");
}

#[tokio::test]
async fn exports_are_for_who_reads_everything_of_a_noun() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let status = async |client: &Client, name: &str| {
        get(client, &format!("/exports/{name}"), &[]).await.status().as_u16()
    };
    for (client, name, expected) in [
        (&desk.director, "tickets", 200),
        (&desk.auditor, "tickets", 200),
        (&desk.ada, "tickets", 403),
        (&desk.carla, "tickets", 403),
        (&desk.ada, "conversation", 403),
        (&desk.ada, "timeline", 403),
        (&desk.ada, "subjects", 200),
        (&desk.carla, "subjects", 403),
        (&desk.carla, "people", 403),
        (&desk.ada, "people", 200),
        (&desk.director, "outbox", 403),
        (&desk.director, "queues", 403),
        (&desk.auditor, "queues", 200),
        (&desk.director, "directory_people", 404),
        (&desk.director, "colours", 404),
    ] {
        assert_eq!(status(client, name).await, expected, "{name}");
    }
    let listed: Value = get(&desk.carla, "/exports", &[]).await.json().await.unwrap();
    assert_eq!(listed, json!([]));
    let nobody = Client::new(&desk.admin.base);
    assert_eq!(status(&nobody, "subjects").await, 401);
    assert_eq!(get(&nobody, "/exports", &[]).await.status(), 401);
}

#[tokio::test]
async fn a_long_file_is_written_while_it_is_read() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    followed(&world).await;
    let mut database = world.superuser().await;
    // A hundred megabytes of what happened, which nobody is to notice.
    let many = "insert into view_timeline.timeline
        (global_seq, aggregate_type, aggregate_id, sequence, event_type, occurred_at, recorded_at,
         actor, source, reason, changes, command_id, correlation_id)
        select 1000000 + n, 'ticket', gen_random_uuid(), n, 'ticket.opened', now(), now(), 'system',
            'API', repeat('x', 1000), '[]', gen_random_uuid(), gen_random_uuid()
        from generate_series(1, 100000) n";
    sqlx::query(many).execute(&mut database).await.unwrap();
    bytes(&desk.auditor, "timeline", &[("where", "global_seq<100")]).await;
    let before = memory(&mut world);
    let query = [("where", "global_seq>1000000")];
    let mut response = get(&desk.auditor, "/exports/timeline", &query).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers().get("content-length"), None);
    let (mut rows, mut length) = (0, 0);
    while let Some(piece) = response.chunk().await.unwrap() {
        rows += piece.iter().filter(|byte| **byte == b'\n').count();
        length += piece.len();
    }
    assert_eq!(rows, 100_001);
    assert!(length > 100_000_000, "{length}");
    let grown = memory(&mut world).saturating_sub(before);
    assert!(grown < 40_000, "writing {length} bytes took {grown} kB");
}

/// The most memory that the server ever had, in kB.
fn memory(world: &mut World) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", world.server().pid())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
