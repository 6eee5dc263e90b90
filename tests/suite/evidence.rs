//! Evidence, through the real binaries: taken along, checked without a database, brought into another
//! installation.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};
use testbed::{Finished, World, binary, run};

/// The demo organisation, all of it signed, its server stopped.
async fn signed() -> World {
    let mut world = World::demo().await;
    world.serve();
    written(&world, "log/checkpoint").await;
    assert_eq!(world.take_server().stop("TERM"), 0);
    world
}

/// Waits until the server has written this file.
async fn written(world: &World, name: &str) {
    let path = world.folder().join(name);
    let wait = async {
        while !path.exists() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.unwrap();
}

/// `replay` where there is neither a data folder nor a database.
fn offline(folder: &Path, arguments: &[&str]) -> Finished {
    run(Command::new(binary("replay"))
        .args(arguments)
        .env_remove("DATABASE_URL")
        .current_dir(folder))
}

fn well(done: &Finished) {
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
}

/// The object of this name in what a program was told.
fn told(done: &Finished, name: &str) -> Value {
    let lines = done.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.into_iter().find_map(|line| line.get(name).cloned()).unwrap()
}

fn path(world: &World, name: &str) -> (PathBuf, String) {
    let path = world.folder().join(name);
    (path.clone(), path.display().to_string())
}

/// A number that people know.
async fn a_ticket(database: &mut PgConnection) -> String {
    let number =
        "select key from journal.claims where scope = 'ticket.number' order by key limit 1";
    sqlx::query_scalar(number).fetch_one(database).await.unwrap()
}

/// The keys of people's data go by a way of their own.
async fn copy_keys(from: &World, to: &World) {
    let all = "select to_jsonb(k)::text as row from vault.subject_keys k";
    let rows: Vec<PgRow> = sqlx::query(all).fetch_all(&mut from.superuser().await).await.unwrap();
    let put = "insert into vault.subject_keys
               select * from jsonb_populate_record(null::vault.subject_keys, $1::jsonb)";
    let mut database = to.superuser().await;
    for row in rows {
        let row: String = row.get("row");
        sqlx::query(put).bind(row).execute(&mut database).await.unwrap();
    }
}

#[tokio::test]
async fn a_whole_history_is_checked_offline_and_goes_on_in_another_installation() {
    let world = signed().await;
    let (out, bundle) = path(&world, "evidence");
    let exported = world.run_replay(&["export", &bundle, "--all", "--json"]);
    well(&exported);
    let manifest = told(&exported, "exported");
    let policy = world.folder().join("log/policy").display().to_string();
    let sound = offline(&out, &["verify", "--bundle", &bundle, "--policy", &policy, "--json"]);
    well(&sound);
    assert_eq!(told(&sound, "bundle")["manifest"], manifest);

    let mut other = World::empty().await;
    well(&other.run_annals(&["migrate"]));
    well(&other.run_replay(&["import", &bundle, "--policy", &policy]));
    let again = other.run_replay(&["import", &bundle]);
    assert_eq!(again.code, 2, "{}\n{}", again.stdout, again.stderr);
    copy_keys(&world, &other).await;
    fs::copy(world.folder().join("log.key"), other.folder().join("log.key")).unwrap();
    // The first start makes the views, and the tree's tiles.
    other.serve_by(&mut other.annals(&["serve", "--listen", "127.0.0.1:0"]));
    written(&other, "log/tile/0/000").await;
    assert_eq!(other.take_server().stop("TERM"), 0);
    well(&other.run_replay(&["verify"]));
    well(&other.run_replay(&["prove", "57"]));
    let (_, copy) = path(&other, "copy");
    let since = world.folder().join("log/checkpoint").display().to_string();
    well(&other.run_replay(&["export", &copy, "--all"]));
    well(&offline(&out, &["verify", "--bundle", &copy, "--since", &since]));
    let number = a_ticket(&mut world.superuser().await).await;
    let [here, there] = [&world, &other].map(|world| world.run_replay(&["timeline", &number]));
    well(&here);
    assert_eq!(here.stdout, there.stdout);
    let size = manifest["size"].to_string();
    let views = |world: &World| world.run_replay(&["as-of", &size, "view", "all", "--json"]);
    let [here, there] = [&world, &other].map(views);
    well(&here);
    assert!(
        here.stdout.lines().count() > 100 && here.stdout == there.stdout,
        "every row is the same"
    );
}

#[tokio::test]
async fn an_imported_history_has_the_same_root_before_anything_else_happens() {
    let world = signed().await;
    let (_, bundle) = path(&world, "evidence");
    let exported = world.run_replay(&["export", &bundle, "--all", "--json"]);
    well(&exported);
    let other = World::empty().await;
    well(&other.run_annals(&["migrate"]));
    well(&other.run_replay(&["import", &bundle]));
    let log = told(&other.run_replay(&["verify", "--json"]), "log");
    assert_eq!(log["root"], told(&exported, "exported")["root"]);
    assert_eq!((log["size"].clone(), log["unsettled"].clone()), (log["signed"].clone(), 0.into()));
    assert_eq!(log["tampering"], Value::Null);
}

#[tokio::test]
async fn a_part_is_checked_offline_and_a_changed_byte_is_named() {
    let world = signed().await;
    let number = a_ticket(&mut world.superuser().await).await;
    let (out, bundle) = path(&world, "evidence");
    well(&world.run_replay(&["export", &bundle, "--ticket", &number]));
    let verify = || offline(&out, &["verify", "--bundle", &bundle]);
    well(&verify());
    let events = out.join("events.ndjson");
    let sound = fs::read(&events).unwrap();
    let mut spoiled = sound.clone();
    let middle = spoiled.len() / 2;
    spoiled[middle] ^= 1;
    fs::write(&events, &spoiled).unwrap();
    let found = verify();
    assert_eq!(found.code, 1, "{}\n{}", found.stdout, found.stderr);
    assert!(found.stdout.contains("TAMPERED WITH: event"), "{}", found.stdout);
    fs::write(&events, &sound[..middle]).unwrap();
    assert_eq!(verify().code, 3, "cut off");
    fs::remove_file(&events).unwrap();
    assert_eq!(verify().code, 3, "not whole");
    let nothing = world.folder().join("log").display().to_string();
    assert_eq!(offline(&out, &["verify", "--bundle", &nothing]).code, 2);
    let other = World::empty().await;
    well(&other.run_annals(&["migrate"]));
    fs::write(&events, &sound).unwrap();
    assert_eq!(other.run_replay(&["import", &bundle]).code, 2, "a part");
}

#[tokio::test]
async fn one_event_is_proven_by_two_files() {
    let world = signed().await;
    let [(out, proof), (_, event), (_, other)] =
        ["57.proof", "57.json", "58.json"].map(|name| path(&world, name));
    well(&world.run_replay(&["prove", "57", "--out", &proof, "--event", &event]));
    well(&world.run_replay(&["prove", "58", "--event", &other]));
    assert!(fs::read_to_string(&out).unwrap().starts_with("c2sp.org/tlog-proof@v1\nindex 56\n"));
    let policy = world.folder().join("log/policy").display().to_string();
    let verify = |event: &str| {
        let asked = ["verify", "--proof", &proof, "--event", event, "--policy", &policy];
        offline(world.folder(), &asked)
    };
    well(&verify(&event));
    let found = verify(&other);
    assert_eq!(found.code, 1, "{}\n{}", found.stdout, found.stderr);
    assert_eq!(verify(&proof).code, 2, "not an event");
    assert_eq!(world.run_replay(&["prove", "100000000"]).code, 2);
}
