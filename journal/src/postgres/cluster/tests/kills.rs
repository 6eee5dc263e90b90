//! kill -9 of each process that takes part.

use rustix::process::Signal;

use super::super::process::{signal, working_in};
use super::entry::Holder;
use super::*;

fn kill(pid: i32) {
    signal(pid, Signal::KILL);
}

/// The keeper processes of a folder, by what they were started with.
fn keepers(folder: &Path) -> Vec<i32> {
    let wanted = format!("ANNALS_KEEPER_FOLDER={}", folder.display());
    let is_keeper = |pid: i32| {
        let of = |name: &str| fs::read(format!("/proc/{pid}/{name}")).unwrap_or_default();
        of("environ").split(|&byte| byte == 0).any(|entry| entry == wanted.as_bytes())
    };
    let entries = fs::read_dir("/proc").unwrap().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|&pid| is_keeper(pid)).collect()
}

fn kill_keeper(folder: &Path) {
    let killed = keepers(folder);
    killed.iter().copied().for_each(kill);
    eventually("the end of the keeper", || killed.iter().all(|&pid| has_ended(pid)));
}

/// Gone, or only not waited for, with all its threads: before the last of them has ended its locks
/// may still be held.
fn has_ended(pid: i32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let threads = fs::read_dir(format!("/proc/{pid}/task")).map_or(0, Iterator::count);
    threads <= 1 && stat.rsplit_once(") ").is_none_or(|(_, rest)| rest.starts_with(['Z', 'X']))
}

fn has_stopped_cleanly(folder: &Path) -> bool {
    let log = fs::read_to_string(folder.join("postgres.log")).unwrap();
    log.trim_end().ends_with("database system is shut down")
}

#[tokio::test]
async fn a_killed_user_is_counted_out_and_postgres_stops_cleanly() {
    let folder = folder();
    let holder = Holder::start(folder.path());
    holder.kill();
    eventually("the end of PostgreSQL", || postmaster(folder.path()).is_none());
    eventually("the end of the keeper", || keepers(folder.path()).is_empty());
    assert!(has_stopped_cleanly(folder.path()));
}

#[tokio::test]
async fn the_server_of_a_killed_keeper_is_adopted_by_the_next_user() {
    let folder = folder();
    let first = join(folder.path()).await;
    let pid = postmaster(folder.path());
    kill_keeper(folder.path());
    let second = join(folder.path()).await;
    assert_eq!(postmaster(folder.path()), pid);
    assert_eq!(keepers(folder.path()).len(), 1);
    first.leave().await.unwrap();
    assert_eq!(postmaster(folder.path()), pid);
    second.leave().await.unwrap();
    assert_eq!(postmaster(folder.path()), None);
    assert!(has_stopped_cleanly(folder.path()));
}

#[tokio::test]
async fn the_server_of_a_killed_keeper_is_stopped_by_the_last_user() {
    let folder = folder();
    let cluster = join(folder.path()).await;
    // Also in the moment in which its locks are still held: whoever leaves then takes it for alive.
    keepers(folder.path()).into_iter().for_each(kill);
    cluster.leave().await.unwrap();
    // A keeper that was started again in between stops it a moment later.
    eventually("the end of PostgreSQL", || postmaster(folder.path()).is_none());
}

#[tokio::test]
async fn signals_meant_for_a_whole_service_do_not_end_the_keeper() {
    let folder = folder();
    let cluster = join(folder.path()).await;
    let keeper = keepers(folder.path());
    for kind in [Signal::TERM, Signal::INT, Signal::HUP] {
        keeper.iter().for_each(|&pid| signal(pid, kind));
    }
    let mut connection = connect(&cluster).await.unwrap();
    assert_eq!(number(&mut connection, "SELECT 1::bigint").await, 1);
    assert_eq!(keepers(folder.path()), keeper);
    cluster.leave().await.unwrap();
    assert!(has_stopped_cleanly(folder.path()));
}

#[tokio::test]
async fn a_killed_postmaster_is_started_again_even_under_a_busy_session() {
    let folder = folder();
    let cluster = join(folder.path()).await;
    let mut busy = connect(&cluster).await.unwrap();
    let busy = tokio::spawn(async move {
        sqlx::query("DO $$ BEGIN LOOP END LOOP; END $$").execute(&mut busy).await
    });
    let pid = postmaster(folder.path()).unwrap();
    let mut watcher = connect(&cluster).await.unwrap();
    let active = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DO %'";
    while number(&mut watcher, active).await == 0 {}
    kill(pid);
    assert!(busy.await.unwrap().is_err());
    let mut again = connect(&cluster).await;
    while again.is_err() {
        again = connect(&cluster).await;
    }
    assert_eq!(number(&mut again.unwrap(), "SELECT 1::bigint").await, 1);
    assert_ne!(postmaster(folder.path()), Some(pid));
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_server_that_dies_after_its_keeper_is_started_again_for_those_who_use_it() {
    let folder = folder();
    let cluster = join(folder.path()).await;
    let pid = postmaster(folder.path()).unwrap();
    kill_keeper(folder.path());
    kill(pid);
    eventually("another PostgreSQL", || postmaster(folder.path()).is_some_and(|now| now != pid));
    let mut again = connect(&cluster).await;
    while again.is_err() {
        again = connect(&cluster).await;
    }
    cluster.leave().await.unwrap();
    assert_eq!(postmaster(folder.path()), None);
}

#[tokio::test]
async fn acknowledged_rows_outlive_the_death_of_all_three() {
    let folder = folder();
    let mut rows = 0;
    for round in 0..3 {
        let holder = Holder::start(folder.path());
        assert_eq!(holder.said, "joined");
        let secret = fs::read_to_string(folder.path().join("secret")).unwrap();
        let options = sqlx::postgres::PgConnectOptions::new_without_pgpass()
            .socket(folder.path().join("run"))
            .username("annals")
            .database("postgres")
            .password(secret.trim());
        // The holder of the round before may have had the server started again, only to be killed:
        // who joins in that moment is refused until the next one stands.
        let mut connected = options.connect().await;
        while connected.is_err() {
            connected = options.connect().await;
        }
        let mut connection = connected.unwrap();
        run(&mut connection, "CREATE TABLE IF NOT EXISTS kept (n bigint)").await;
        assert_eq!(number(&mut connection, "SELECT count(*) FROM kept").await, rows);
        for n in 0..10 {
            run(&mut connection, &format!("INSERT INTO kept VALUES ({round} * 10 + {n})")).await;
            rows += 1;
        }
        let server = postmaster(folder.path()).unwrap();
        kill_keeper(folder.path());
        kill(server);
        holder.kill();
    }
    let cluster = join(folder.path()).await;
    let mut connection = connect(&cluster).await.unwrap();
    assert_eq!(number(&mut connection, "SELECT count(DISTINCT n) FROM kept").await, rows);
    cluster.leave().await.unwrap();
}

#[tokio::test]
async fn a_killed_initdb_leaves_nothing_in_the_way() {
    let folder = folder();
    let mut child = Holder::spawn(folder.path(), "ANNALS_HOLDER_NOTHING", "");
    let data = folder.path().join("data");
    eventually("the beginning of initdb", || data.join("PG_VERSION").exists());
    let owner = Owner::of_existing(&data).unwrap();
    let initdb = working_in(&data, &owner);
    assert!(!initdb.is_empty() && !folder.path().join("ANNALS_CLUSTER").exists());
    // Not `initdb` itself: it goes on without anybody who waits for it.
    keepers(folder.path()).into_iter().for_each(kill);
    child.kill().unwrap();
    child.wait().unwrap();
    let cluster = join(folder.path()).await;
    assert_eq!(number(&mut connect(&cluster).await.unwrap(), "SELECT 1::bigint").await, 1);
    assert!(initdb.into_iter().all(has_ended));
    cluster.leave().await.unwrap();
}
