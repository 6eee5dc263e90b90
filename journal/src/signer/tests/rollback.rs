//! T4, T6 as far as the signer goes: a log that shrank or is another one is not signed.

use super::Desk;
use crate::signer::error::SignError;
use crate::signer::{self, check};
use crate::testing::{UNLOCK, run, soon};

/// Takes the database back to its first three events, as a backup of then would.
const BACK: &str = "
    alter table journal.checkpoints disable trigger checkpoints_append_only;
    delete from journal.events e using journal.log l where l.global_seq > 3
        and (e.aggregate_type, e.aggregate_id, e.sequence) =
            (l.aggregate_type, l.aggregate_id, l.sequence);
    delete from journal.log where global_seq > 3;
    delete from journal.checkpoints where size > 3;
    update journal.sequencer s set tree_size = 3, frontier = f.frontier, cursor_xid = f.cursor_xid,
        cursor_position = f.cursor_position from kept f;";

/// Three events signed, five signed; then the database as it was at three.
async fn put_back() -> Desk {
    let desk = Desk::new().await;
    desk.happen(1, 3).await;
    desk.sign().await.unwrap();
    run(&mut desk.world.superuser().await, "create table kept as select * from journal.sequencer")
        .await
        .unwrap();
    desk.happen(2, 2).await;
    desk.sign().await.unwrap();
    desk.world.tamper(BACK).await;
    desk
}

async fn assert_stopped(desk: &Desk, is: impl Fn(&SignError) -> bool) {
    let before = std::fs::read(desk.folder().checkpoints()).unwrap();
    let error = desk.sign().await.unwrap_err();
    assert!(error.is_alarm() && is(&error), "{error}");
    assert_eq!(std::fs::read(desk.folder().checkpoints()).unwrap(), before, "nothing was signed");
    let guard = check(&desk.folder(), &mut desk.conn().await).await;
    assert!(guard.is_err_and(|error| error.is_alarm()), "whoever starts is told");
}

#[tokio::test]
async fn t4_a_restored_backup_is_not_signed_however_it_grows() {
    let desk = put_back().await;
    assert!(desk.world.check().await.tampering.is_none(), "in itself it is sound");
    assert_stopped(&desk, |error| matches!(error, SignError::Rollback { from: 5, to: 3 })).await;
    // The same size by other events, then a larger one.
    desk.happen(3, 2).await;
    assert_stopped(&desk, |error| matches!(error, SignError::Inconsistent(5))).await;
    desk.happen(4, 2).await;
    let error = desk.sign().await.unwrap_err();
    assert!(matches!(error, SignError::Inconsistent(7)), "{error}");
}

#[tokio::test]
async fn t4_a_running_signer_tells_why_it_signs_no_more_and_ends() {
    let desk = put_back().await;
    let (beside, told) = super::growing::beside(&desk);
    let (_stop, stopped) = tokio::sync::watch::channel(false);
    let signing = signer::run(desk.world.journal.clone(), desk.world.options(), beside, stopped);
    soon("it ends by itself", signing).await;
    let why = told.borrow().clone().unwrap();
    assert!(why.starts_with("ROLLBACK from 5 to 3"), "{why}");
}

#[tokio::test]
async fn a_signer_that_runs_while_the_log_shrinks_stops() {
    let desk = Desk::new().await;
    desk.happen(1, 3).await;
    desk.sign().await.unwrap();
    let mut conn = desk.conn().await;
    let mut signing =
        crate::signer::signing::Signing::open(&desk.folder(), &mut conn).await.unwrap();
    let cut = format!(
        "{UNLOCK} delete from journal.log where global_seq = 3;
         update journal.sequencer set tree_size = 2;"
    );
    run(&mut desk.world.superuser().await, &cut).await.unwrap();
    let error = signing.step(&mut conn).await.unwrap_err();
    assert!(matches!(error, SignError::Rollback { from: 3, to: 2 }), "{error}");
}

#[tokio::test]
async fn a_checkpoint_in_the_database_that_nobody_signed_is_not_taken_over() {
    let desk = Desk::new().await;
    desk.happen(1, 3).await;
    desk.sign().await.unwrap();
    desk.happen(2, 3).await;
    let forge = "insert into journal.checkpoints (size, root, note)
         select 6, root, replace(note, E'\\n3\\n', E'\\n6\\n') from journal.checkpoints";
    run(&mut desk.world.superuser().await, forge).await.unwrap();
    let error = desk.sign().await.unwrap_err();
    assert!(matches!(error, SignError::NotOurs(_)), "{error}");
}

#[tokio::test]
async fn a_spoiled_checkpoint_file_and_one_of_another_log_are_told() {
    let (desk, other) = (Desk::new().await, Desk::new().await);
    // Databases of tests are copies of one that has its origin already.
    let origin = "update journal.sequencer set origin = 'annals/another'";
    run(&mut other.world.superuser().await, origin).await.unwrap();
    for desk in [&desk, &other] {
        desk.happen(1, 3).await;
        desk.sign().await.unwrap();
    }
    let path = desk.folder().checkpoints();
    let whole = std::fs::read_to_string(&path).unwrap();
    for spoiled in [whole.replace("\n3\n", "\n2\n"), whole.replace('=', "-"), format!("x{whole}")] {
        std::fs::write(&path, &spoiled).unwrap();
        let error = desk.sign().await.unwrap_err();
        assert!(error.is_alarm(), "{error}: {spoiled}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), spoiled, "it is left as it is");
    }
    for name in ["log.key", "log/policy", "log/checkpoints"] {
        std::fs::copy(other.data.path().join(name), desk.data.path().join(name)).unwrap();
    }
    let error = desk.sign().await.unwrap_err();
    assert!(matches!(error, SignError::OtherLog { .. }), "{error}");
}
