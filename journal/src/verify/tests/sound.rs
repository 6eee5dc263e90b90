use std::thread;

use super::seven;
use crate::merkle::Frontier;
use crate::postgres::connect::ActingAs;
use crate::testing::{World, kill_backend, number, stopped, ticket};
use crate::verify::check;

#[tokio::test]
async fn an_untouched_log_is_sound_and_its_progress_is_told() {
    let world = seven().await;
    let mut told = Vec::new();
    let mut conn = world.acting_as(ActingAs::App).await;
    let report = check(&mut conn, |done, of| told.push((done, of))).await.unwrap();
    assert_eq!((report.size, report.unsettled, &report.tampering), (7, 0, &None));
    assert_eq!(told.last(), Some(&(7, 7)));
    let mut frontier = Frontier::default();
    let leaves: Vec<Vec<u8>> =
        sqlx::query_scalar("select leaf from journal.log order by global_seq")
            .fetch_all(&mut conn)
            .await
            .unwrap();
    leaves.into_iter().for_each(|leaf| frontier.push(leaf.try_into().unwrap()));
    assert_eq!(report.root, frontier.root());
}

#[tokio::test]
async fn an_empty_log_is_sound() {
    let report = World::new().await.check().await;
    assert_eq!((report.size, report.unsettled, report.tampering), (0, 0, None));
    assert_eq!(report.root, Frontier::default().root());
}

#[tokio::test]
async fn what_is_not_settled_yet_is_counted_and_not_covered() {
    let world = seven().await;
    world.append(ticket(2, 3, vec![stopped(1), stopped(2)])).await.unwrap();
    let report = world.check().await;
    assert_eq!((report.size, report.unsettled, report.tampering), (7, 2, None));
    world.settle().await;
    let report = world.check().await;
    assert_eq!((report.size, report.unsettled, report.tampering), (9, 0, None));
}

#[tokio::test]
async fn t16_a_connection_cut_in_mid_check_is_an_error_and_never_sound() {
    let world = seven().await;
    let mut conn = world.acting_as(ActingAs::App).await;
    let pid = number(&mut conn, "select pg_backend_pid()::bigint").await;
    let pid = i32::try_from(pid).unwrap();
    let options = world.options();
    // The first page is done when progress is told; the callback cannot wait, so a thread does.
    let outcome = check(&mut conn, |done, _| {
        let kill = || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(kill_backend(&options, pid));
        };
        assert_eq!(done, 7);
        thread::scope(|scope| scope.spawn(kill).join().unwrap());
    })
    .await;
    assert!(outcome.unwrap_err().is_transient());
}
