//! Against what was signed: T1, T4 and T6, as somebody finds them who trusts nobody.

use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tempfile::TempDir;

use crate::signer::{Checkpoints, Folder, SignError, sign_once};
use crate::testing::{UNLOCK, World, cases, run, stopped, ticket};
use crate::tlog::policy::Policy;
use crate::verify::{LogReport, Marks, Tampering, check_signed};

async fn happen(world: &World, stream: u128, events: u128) {
    world.append(ticket(stream, 0, (0..events).map(stopped).collect())).await.unwrap();
    world.settle().await;
}

/// Signed at three events and at five; a sixth is not signed.
async fn signed() -> (World, TempDir) {
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    for (stream, events) in [(1, 3), (2, 2)] {
        happen(&world, stream, events).await;
        sign_once(&world.options(), &Folder::of(data.path())).await.unwrap();
    }
    happen(&world, 3, 1).await;
    (world, data)
}

fn policy(data: &Path) -> Policy {
    Policy::parse(&std::fs::read(Folder::of(data).policy()).unwrap()).unwrap()
}

fn marks(data: &Path, since: Option<&[u8]>) -> Result<Marks, SignError> {
    let file = Checkpoints::open(&Folder::of(data).checkpoints()).unwrap();
    Marks::new(policy(data), Some(file), since)
}

async fn verify(world: &World, marks: &mut Marks) -> LogReport {
    check_signed(&mut world.superuser().await, marks, |_, _| {}).await.unwrap()
}

#[tokio::test]
async fn a_log_that_continues_what_was_signed_is_sound() {
    let (world, data) = signed().await;
    let kept = std::fs::read(data.path().join("log/checkpoint")).unwrap();
    let mut marks = marks(data.path(), Some(&kept)).unwrap();
    let report = verify(&world, &mut marks).await;
    assert_eq!((report.tampering, report.size), (None, 6));
    assert_eq!((marks.signed(), marks.count()), (5, 3), "two of the file, and the one kept");
}

#[tokio::test]
async fn t1_one_byte_of_any_sealed_event_is_named() {
    let (world, data) = (World::new().await, TempDir::new().unwrap());
    for stream in 0..40 {
        happen(&world, stream, 50).await;
    }
    sign_once(&world.options(), &Folder::of(data.path())).await.unwrap();
    let mut conn = world.superuser().await;
    let mut random = StdRng::seed_from_u64(1);
    for _ in 0..cases(60) {
        let number = random.random_range(1..=2_000i64);
        let digit = random.random_range(0..10);
        run(&mut conn, &format!("begin; {UNLOCK}")).await.unwrap();
        // One hex digit of who held it; when it is the one that was there, another.
        let edit = format!(
            "update journal.events e set payload = overlay(
                 payload::text placing case when substr(payload::text, p.at, 1) = '{digit}'
                     then 'a' else '{digit}' end from p.at for 1)::json
             from journal.log l, lateral (
                 select length(e2.payload::text) - 3 as at from journal.events e2
                 where (e2.aggregate_type, e2.aggregate_id, e2.sequence) =
                     (l.aggregate_type, l.aggregate_id, l.sequence)
             ) p
             where l.global_seq = {number} and (e.aggregate_type, e.aggregate_id, e.sequence) =
                 (l.aggregate_type, l.aggregate_id, l.sequence)"
        );
        let done = sqlx::query(&edit).execute(&mut conn).await.unwrap();
        assert_eq!(done.rows_affected(), 1);
        let mut marks = marks(data.path(), None).unwrap();
        let report = check_signed(&mut conn, &mut marks, |_, _| {}).await.unwrap();
        assert_eq!(report.tampering.and_then(|found| found.number()), Some(number));
        run(&mut conn, "rollback").await.unwrap();
    }
}

/// Changes the event and everything in the database that would show it.
async fn rewrite(world: &World, number: i64) {
    world
        .tamper(&format!(
            "update journal.events e set payload = replace(payload::text, 'work', 'Work')::json
             from journal.log l where l.global_seq = {number}
               and (e.aggregate_type, e.aggregate_id, e.sequence) =
                   (l.aggregate_type, l.aggregate_id, l.sequence);"
        ))
        .await;
    reseal(world).await;
}

/// Recomputes the log from the events, as somebody who owns the database can.
async fn reseal(world: &World) {
    let again = "delete from journal.log;
        update journal.sequencer set tree_size = 0, frontier = '', cursor_xid = '0'::xid8,
            cursor_position = 0;";
    world.tamper(again).await;
    world.settle().await;
    assert_eq!(world.check().await.tampering, None, "in itself it is sound");
}

#[tokio::test]
async fn t6_a_history_that_was_rewritten_and_sealed_again_is_not_the_signed_one() {
    for (number, sound) in [(2, 0), (4, 3)] {
        let (world, data) = signed().await;
        rewrite(&world, number).await;
        let report = verify(&world, &mut marks(data.path(), None).unwrap()).await;
        let size = if number == 2 { 3 } else { 5 };
        let tampering = report.tampering.unwrap();
        assert_eq!(tampering, Tampering::Rewritten { sound, size });
        assert_eq!(tampering.number(), Some(sound + 1));
        assert!(tampering.number().unwrap() <= number);
    }
}

#[tokio::test]
async fn t6_with_a_stolen_key_a_checkpoint_kept_elsewhere_tells() {
    let (world, data) = signed().await;
    let kept = std::fs::read(data.path().join("log/checkpoint")).unwrap();
    rewrite(&world, 4).await;
    // Whoever has the key too signs the new history, and throws the old checkpoints away.
    std::fs::remove_file(data.path().join("log/checkpoints")).unwrap();
    std::fs::remove_dir_all(data.path().join("log/tile")).unwrap();
    let forget = "alter table journal.checkpoints disable trigger checkpoints_append_only;
        delete from journal.checkpoints;";
    world.tamper(forget).await;
    sign_once(&world.options(), &Folder::of(data.path())).await.unwrap();
    let report = verify(&world, &mut marks(data.path(), None).unwrap()).await;
    assert_eq!(report.tampering, None, "the files agree with the lie");
    let report = verify(&world, &mut marks(data.path(), Some(&kept)).unwrap()).await;
    assert_eq!(report.tampering, Some(Tampering::Rewritten { sound: 0, size: 5 }));
}

#[tokio::test]
async fn t4_a_log_whose_end_is_gone_was_rolled_back() {
    let (world, data) = signed().await;
    world
        .tamper(
            "delete from journal.events e using journal.log l where l.global_seq > 3
                 and (e.aggregate_type, e.aggregate_id, e.sequence) =
                     (l.aggregate_type, l.aggregate_id, l.sequence);",
        )
        .await;
    reseal(&world).await;
    let report = verify(&world, &mut marks(data.path(), None).unwrap()).await;
    let tampering = report.tampering.unwrap();
    assert_eq!(tampering, Tampering::Rollback { from: 5, to: 3 });
    assert_eq!(
        tampering.to_string(),
        "ROLLBACK from 5 to 3: 5 events were signed, and there are 3"
    );
    // The same by what somebody kept, without the file.
    let kept = std::fs::read(data.path().join("log/checkpoint")).unwrap();
    let mut marks = Marks::new(policy(data.path()), None, Some(&kept)).unwrap();
    let report = verify(&world, &mut marks).await;
    assert_eq!(report.tampering, Some(Tampering::Rollback { from: 5, to: 3 }));
}

#[tokio::test]
async fn what_nobody_signed_is_no_checkpoint() {
    let (world, data) = signed().await;
    let kept = std::fs::read_to_string(data.path().join("log/checkpoint")).unwrap();
    for since in [kept.replace("\n5\n", "\n4\n"), kept.replace('\n', "\r\n"), String::new()] {
        assert!(marks(data.path(), Some(since.as_bytes())).is_err(), "{since}");
    }
    let path = Folder::of(data.path()).checkpoints();
    let whole = std::fs::read_to_string(&path).unwrap();
    let (first, second) = whole.split_at(whole.len() / 2 + 1);
    std::fs::write(&path, format!("{second}{first}")).unwrap();
    let spoiled = match marks(data.path(), None) {
        Ok(mut marks) => {
            check_signed(&mut world.superuser().await, &mut marks, |_, _| {}).await.map(|_| ())
        }
        Err(error) => Err(error),
    };
    assert!(spoiled.is_err_and(|error| error.is_alarm()));
}
