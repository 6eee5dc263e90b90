//! The scripts of how-to/back-up-and-restore, as they stand there, on real servers: what was put back has
//! the numbers and the root that it had.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection};
use testbed::{Client, DEMO_PASSWORD, Finished, Folder, Process, World, binary, run};

use crate::desk::{Desk, own_id};
use crate::erasing::{NORAS, approved, certified, dump, hits, nora};

#[expect(clippy::disallowed_methods, reason = "the scripts find PostgreSQL's programs by it")]
fn search_path() -> String {
    std::env::var("PATH").unwrap()
}

/// Runs one of the scripts with the programs that were built.
fn script(name: &str, arguments: &[&Path], environment: &[(&str, &str)]) -> Finished {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/how-to/scripts");
    let programs = binary("annals").parent().unwrap().display().to_string();
    let path = [programs, search_path()].join(":");
    let mut command = Command::new("sh");
    command.arg(scripts.join(name)).args(arguments).env_remove("DATABASE_URL").env("PATH", path);
    run(command.envs(environment.iter().copied()))
}

fn well(done: &Finished) {
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
}

/// What a sound `replay verify` tells of the log.
fn log(done: &Finished) -> Value {
    well(done);
    log_of(done)
}

fn log_of(done: &Finished) -> Value {
    let lines = done.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.into_iter().find_map(|line| line.get("log").cloned()).unwrap()
}

/// A private PostgreSQL with the demo organisation, served.
async fn served(folder: &Folder) -> (Process, Client) {
    let (server, address) = folder.serve(&["--demo"]).unwrap();
    let client = Client::new(&address).sign_in("agent1", DEMO_PASSWORD).await;
    (server, client)
}

/// Opens a ticket, and waits until it is signed; how many events that makes.
async fn happen(client: &Client, database: &mut PgConnection, folder: &Path) -> i64 {
    let mutation = "mutation($i: TicketOpenInput!) {
        ticketOpen(input: $i) { ticket { number } userErrors { code } } }";
    let input = json!({"i": {"kind": "INCIDENT", "title": "Printer jams"}});
    let opened = &client.data(mutation, input).await["ticketOpen"];
    assert_eq!(opened["userErrors"], json!([]));
    let signed = async {
        loop {
            let count = sqlx::query_scalar("select count(*) from journal.events");
            let events: i64 = count.fetch_one(&mut *database).await.unwrap();
            if signed_size(folder) == events {
                return events;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), signed).await.unwrap()
}

/// How many events the newest checkpoint speaks of.
fn signed_size(folder: &Path) -> i64 {
    let note = fs::read_to_string(folder.join("log/checkpoint")).unwrap_or_default();
    note.lines().nth(1).and_then(|size| size.parse().ok()).unwrap_or_default()
}

/// Where a backup goes: what is sealed, and what opens it.
fn two(here: &Folder) -> [PathBuf; 2] {
    ["backup", "keys"].map(|name| here.path().join(name))
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A database with nothing, and a data folder of which nobody has made anything.
async fn blank() -> World {
    let world = World::empty().await;
    fs::remove_file(world.folder().join("master.key")).unwrap();
    world
}

#[tokio::test]
async fn a_backup_put_into_another_server_has_its_numbers_and_its_root_and_goes_on() {
    let here = Folder::new();
    let (server, client) = served(&here).await;
    let mut database = PgConnection::connect(&here.owner_url()).await.unwrap();
    let size = happen(&client, &mut database, here.path()).await;
    let [backup, keys] = two(&here);
    well(&script("back-up.sh", &[&backup, &keys], &[("ANNALS_DATA_DIR", text(here.path()))]));
    happen(&client, &mut database, here.path()).await;
    drop(database);
    assert_eq!(server.stop("TERM"), 0);

    let mut there = blank().await;
    let url = there.place().database_url.unwrap();
    let environment = [("ANNALS_DATA_DIR", text(there.folder())), ("DATABASE_URL", &*url)];
    well(&script("restore.sh", &[&backup, &keys, Path::new("none")], &environment));
    let restored = log(&there.run_replay(&["verify", "--json"]));
    assert_eq!((&restored["size"], &restored["unsettled"]), (&json!(size), &json!(0)));
    // Whoever kept the backup's checkpoint finds it in both histories.
    let kept = keys.join("log/checkpoint");
    for done in [
        here.run_replay(&["verify", "--since", text(&kept)]),
        there.run_replay(&["verify", "--since", text(&kept)]),
    ] {
        well(&done);
    }
    let goes_on = there.serve_for("agent1").await;
    let more = happen(&goes_on, &mut there.superuser().await, there.folder()).await;
    assert!(more > size, "{more}");
    assert_eq!(there.take_server().stop("TERM"), 0);
    well(&there.run_replay(&["verify", "--since", text(&kept)]));
}

#[tokio::test]
async fn t29_a_backup_put_back_brings_nobody_back_who_was_erased_since() {
    let here = Folder::new();
    let (server, address) = here.serve(&["--demo"]).unwrap();
    let stranger = Client::new(&address);
    let desk = Desk::signed_in(stranger.clone()).await;
    let her = own_id(&nora(&stranger, &desk).await).await;
    let [backup, keys] = two(&here);
    well(&script("back-up.sh", &[&backup, &keys], &[("ANNALS_DATA_DIR", text(here.path()))]));
    let id = approved(&desk, &her).await;
    certified(&desk.director, &id).await;
    assert_eq!(server.stop("TERM"), 0);
    let newest = here.path().join("log/erasures");
    assert!(!keys.join("log/erasures").exists(), "it would be an older one");
    assert!(!backup.join("master.key").exists(), "what opens it lies elsewhere");

    // As it would be if nobody had told of her: it is all in the backup.
    let unaware = blank().await;
    let restored = |world: &World, arguments: &[&Path]| {
        let url = world.place().database_url.unwrap();
        let environment = [("ANNALS_DATA_DIR", text(world.folder())), ("DATABASE_URL", &*url)];
        script("restore.sh", &[&[&*backup, &*keys], arguments].concat(), &environment)
    };
    assert_ne!(restored(&unaware, &[]).code, 0, "somebody has to say who was erased");
    well(&restored(&unaware, &[Path::new("none")]));
    assert!(hits(&dump(&unaware.options()).await, &NORAS).contains(&"md05name"));

    let mut there = blank().await;
    let done = restored(&there, &[&newest]);
    well(&done);
    assert!(done.stdout.contains("1 keys destroyed again"), "{}", done.stdout);
    assert_eq!(hits(&dump(&there.options()).await, &NORAS), Vec::<&str>::new());
    // What a data folder knows is not written over.
    let ledger = there.folder().join("log/erasures");
    let known = fs::read(&ledger).unwrap();
    let again = restored(&there, &[Path::new("none")]);
    assert_eq!(again.code, 1, "{}\n{}", again.stdout, again.stderr);
    assert!(again.stderr.contains("is there already"), "{}", again.stderr);
    assert_eq!(fs::read(&ledger).unwrap(), known);
    there.serve_for("director").await;
    assert_eq!(there.take_server().stop("TERM"), 0);
}

/// Its WAL goes into this folder from the next start on.
async fn archives_wal(here: &Folder, wal: &Path) {
    fs::create_dir(wal).unwrap();
    let owner = fs::metadata(here.path().join("data")).unwrap();
    chown(wal, Some(owner.uid()), Some(owner.gid())).unwrap();
    let mut database = PgConnection::connect(&here.owner_url()).await.unwrap();
    let command = format!("test ! -f {0}/%f && cp %p {0}/%f", wal.display());
    for setting in ["archive_mode = on".to_owned(), format!("archive_command = '{command}'")] {
        database.execute(&*format!("alter system set {setting}")).await.unwrap();
    }
}

#[tokio::test]
async fn a_base_backup_is_put_back_to_a_moment_and_to_the_end() {
    let here = Folder::new();
    let wal = here.path().join("wal");
    let (server, _) = served(&here).await;
    archives_wal(&here, &wal).await;
    assert_eq!(server.stop("TERM"), 0);

    let (server, client) = served(&here).await;
    let [backup, keys] = two(&here);
    well(&script("base-backup.sh", &[&backup, &keys], &[("ANNALS_DATA_DIR", text(here.path()))]));
    let mut database = PgConnection::connect(&here.owner_url()).await.unwrap();
    let before = happen(&client, &mut database, here.path()).await;
    let now = sqlx::query_scalar("select clock_timestamp()::text");
    let moment: String = now.fetch_one(&mut database).await.unwrap();
    let after = happen(&client, &mut database, here.path()).await;
    assert!(after > before);
    // What was not archived would be lost with the server.
    database.execute("select pg_switch_wal()").await.unwrap();
    drop(database);
    assert_eq!(server.stop("TERM"), 0);
    let whole = log(&here.run_replay(&["verify", "--json"]));

    let restored = |name: &str, moment: &[&str]| {
        let folder = Folder::new();
        let to = folder.path().join(name);
        let moment: Vec<&Path> = moment.iter().map(Path::new).collect();
        let arguments = [&[&*backup, &*keys, Path::new("none"), &*wal, &*to], &*moment].concat();
        well(&script("restore-to-a-moment.sh", &arguments, &[]));
        (folder, to)
    };
    let verify = |to: &Path| {
        let arguments = ["verify", "--json", "--data-dir", text(to)];
        run(Command::new(binary("replay")).args(arguments).env_remove("DATABASE_URL"))
    };
    let sign_of = |to: &Path| {
        fs::remove_dir_all(to.join("log")).unwrap();
        let copied = Command::new("cp").arg("-R").arg(here.path().join("log")).arg(to).status();
        assert!(copied.unwrap().success());
    };
    // To the end, with what was signed since: nothing is lost.
    let (_end, to) = restored("end", &[]);
    sign_of(&to);
    assert_eq!(log(&verify(&to)), whole);
    // To a moment: sound as far as it goes,
    let (_then, to) = restored("then", &[&moment]);
    assert_eq!(log(&verify(&to))["size"], json!(before));
    // and whoever has what was signed since sees that something is gone.
    sign_of(&to);
    let found = verify(&to);
    assert_eq!(found.code, 1, "{}\n{}", found.stdout, found.stderr);
    assert!(found.stdout.contains("ROLLBACK"), "{}", found.stdout);
}

#[tokio::test]
async fn an_archive_grows_every_night_and_fills_a_new_deployment() {
    let mut world = World::demo().await;
    let client = world.serve_for("agent1").await;
    let mut database = world.superuser().await;
    let archive = world.folder().join("archive");
    let url = world.place().database_url.unwrap();
    let folder = world.folder().to_owned();
    let environment = [("ANNALS_DATA_DIR", text(&folder)), ("DATABASE_URL", &*url)];
    let mut size = 0;
    for night in 1..=3 {
        size = happen(&client, &mut database, &folder).await;
        well(&script("archive.sh", &[&archive], &environment));
        let is_epoch = |entry: &fs::DirEntry| entry.file_type().unwrap().is_dir();
        let epochs = fs::read_dir(&archive).unwrap().map(Result::unwrap).filter(is_epoch);
        assert_eq!(epochs.count(), night);
    }
    assert_eq!(world.take_server().stop("TERM"), 0);
    let bundle = world.run_replay(&["verify", "--bundle", text(&archive), "--json"]);
    well(&bundle);
    let lines = bundle.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let archived = lines.into_iter().find_map(|line| line.get("bundle").cloned()).unwrap();
    assert_eq!((&archived["epochs"], &archived["manifest"]["size"]), (&json!(3), &json!(size)));
    let other = World::empty().await;
    well(&other.run_annals(&["migrate"]));
    well(&other.run_replay(&["import", text(&archive)]));
    // Before the first start there are no views.
    let imported = log_of(&other.run_replay(&["verify", "--json"]));
    assert_eq!(
        (&imported["size"], &imported["root"]),
        (&json!(size), &archived["manifest"]["root"])
    );
    assert_eq!(imported["size"], imported["signed"], "every checkpoint came along");
}
