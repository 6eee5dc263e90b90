//! The auditor's tools on a real deployment: sound, tampered with, cut off.

use std::process::Stdio;
use std::time::Duration;

use sqlx::Row;
use testbed::World;

/// Lets a superuser do what nobody may.
const DISARM: &str = "alter table journal.events disable trigger all";

#[tokio::test]
async fn a_sound_history_verifies_and_rebuilds_to_equal_digests() {
    let world = World::demo().await;
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
    let rebuilt = world.run_replay(&["rebuild", "all"]);
    assert_eq!(rebuilt.code, 0, "{}\n{}", rebuilt.stdout, rebuilt.stderr);
    let unknown = world.run_replay(&["rebuild", "nothing"]);
    assert_eq!(unknown.code, 2);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
}

#[tokio::test]
async fn t1_one_changed_byte_is_named() {
    let world = World::demo().await;
    let mut database = world.superuser().await;
    sqlx::query(DISARM).execute(&mut database).await.unwrap();
    let victim = sqlx::query(
        "update journal.events e set payload = overlay(e.payload::text placing
             case substr(e.payload::text, 3, 1) when 'x' then 'y' else 'x' end from 3 for 1)::json
         from journal.log l
         where (l.aggregate_type, l.aggregate_id, l.sequence)
             = (e.aggregate_type, e.aggregate_id, e.sequence) and l.global_seq = 57
         returning l.global_seq",
    )
    .fetch_one(&mut database)
    .await
    .unwrap();
    let number: i64 = victim.get(0);
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 1, "{}\n{}", verified.stdout, verified.stderr);
    assert!(verified.stdout.contains(&number.to_string()), "{}", verified.stdout);
}

#[tokio::test]
async fn t9_a_changed_view_is_named_and_rebuilt() {
    let world = World::demo().await;
    let mut database = world.superuser().await;
    sqlx::query("update view_tickets.tickets set state = 'CLOSED' where state = 'NEW'")
        .execute(&mut database)
        .await
        .unwrap();
    let verified = world.run_replay(&["verify"]);
    assert_eq!(verified.code, 1, "{}\n{}", verified.stdout, verified.stderr);
    assert!(verified.stdout.contains("tickets"), "{}", verified.stdout);
    assert_eq!(world.run_replay(&["rebuild", "tickets"]).code, 0);
    assert_eq!(world.run_replay(&["verify"]).code, 0);
}

#[tokio::test]
async fn t16_a_connection_cut_in_mid_verify_is_never_a_short_ok() {
    let world = World::demo().await;
    let mut database = world.superuser().await;
    let mut cut = 0;
    for delay in (0..60).map(|n| Duration::from_millis(20 + n * 15)) {
        let mut command = world.replay(&["verify"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        tokio::time::sleep(delay).await;
        let killed = sqlx::query(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
               and backend_xmin is not null",
        )
        .fetch_all(&mut database)
        .await
        .unwrap();
        let output = child.wait_with_output().unwrap();
        let code = output.status.code().unwrap();
        // Sound, or incomplete: a cut that came too late harms nothing; any other answer lies.
        assert!(code == 0 || code == 3, "{code} {}", String::from_utf8_lossy(&output.stderr));
        if code == 3 {
            assert!(!killed.is_empty());
            cut += 1;
        }
        if cut >= 3 {
            return;
        }
    }
    panic!("no connection was cut in time: the test proves nothing");
}

#[tokio::test]
async fn the_application_role_cannot_change_history() {
    let world = World::demo().await;
    let mut database = world.superuser().await;
    sqlx::query("set role annals_app").execute(&mut database).await.unwrap();
    for statement in [
        "update journal.events set event_type = 'x'",
        "delete from journal.events",
        "truncate journal.events",
        "alter table journal.events disable trigger all",
        "insert into journal.log values (1, 'a', 'b', 1, 'c', now(), '')",
        "update journal.sequencer set tree_size = 0",
        "select * from vault.subject_keys",
    ] {
        let done = sqlx::query(statement).execute(&mut database).await;
        let code = done.unwrap_err().as_database_error().unwrap().code().unwrap().into_owned();
        assert_eq!(code, "42501", "{statement}");
    }
    sqlx::query("reset role").execute(&mut database).await.unwrap();
    sqlx::query("set session_replication_role = replica").execute(&mut database).await.unwrap();
    let done = sqlx::query("delete from journal.log").execute(&mut database).await;
    assert!(done.is_err(), "the triggers fire for everybody");
}
