//! Callers that go away, connections that break, journals that are closed.

use std::time::Duration;

use sqlx::{PgConnection, Row};
use tokio::time::sleep;

use super::group::of;
use crate::append::AppendError;
use crate::testing::{World, command, id, kill_backend, run, soon, stock_event};

/// Somebody outside who holds up appends to stream 1.
async fn in_the_way(world: &World) -> PgConnection {
    let mut outside = world.superuser().await;
    run(&mut outside, "begin").await.unwrap();
    stock_event(&mut outside, id(1), 1).await;
    outside
}

/// The process number of the connection that waits for a lock.
async fn held_up(world: &World) -> i32 {
    let waiting = "select pid from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'";
    let mut conn = world.superuser().await;
    soon("somebody waits", async {
        loop {
            if let Some(row) = sqlx::query(waiting).fetch_optional(&mut conn).await.unwrap() {
                return row.get("pid");
            }
            sleep(Duration::from_millis(1)).await;
        }
    })
    .await
}

#[tokio::test]
async fn what_a_caller_left_behind_is_written_all_the_same() {
    let world = World::new().await;
    let mut outside = in_the_way(&world).await;
    let mut callers = Vec::new();
    // The first is being written, the others wait for their turn on the same stream.
    for n in 1..=3u128 {
        let journal = world.journal.clone();
        let append = of(1, 2 * i64::try_from(n).unwrap() - 2, Some(command(n, 1)));
        callers.push(tokio::spawn(async move { journal.append(&append).await }));
        held_up(&world).await;
    }
    callers.iter().for_each(tokio::task::JoinHandle::abort);
    run(&mut outside, "rollback").await.unwrap();
    soon("everything is written", world.journal.close()).await;
    let other = world.another().await;
    for n in 1..=3 {
        let receipt = other.answered(&command(n, 1)).await.unwrap().unwrap();
        assert_eq!(u128::try_from(receipt.streams[0].version).unwrap(), 2 * n);
        let again = other.append(&of(1, 0, Some(command(n, 1)))).await;
        assert!(matches!(again, Err(AppendError::Repeated(same)) if same == receipt));
    }
    assert_eq!(other.stream("ticket", id(1), 0).await.unwrap().len(), 6);
}

#[tokio::test]
async fn one_that_is_held_up_from_outside_does_not_hold_up_the_others() {
    let world = World::new().await;
    let mut outside = in_the_way(&world).await;
    let journal = world.journal.clone();
    let first = tokio::spawn(async move { journal.append(&of(1, 0, None)).await });
    held_up(&world).await;
    for n in 2..5 {
        soon("others go on", world.journal.append(&of(n, 0, None))).await.unwrap();
    }
    run(&mut outside, "commit").await.unwrap();
    let first = soon("it ends", first).await.unwrap();
    assert!(matches!(first, Err(AppendError::Stale { actual: 1, .. })), "{first:?}");
}

#[tokio::test]
async fn a_broken_connection_is_an_error_that_may_pass_and_the_next_append_finds_another() {
    let world = World::new().await;
    let mut outside = in_the_way(&world).await;
    let journal = world.journal.clone();
    let broken = tokio::spawn(async move { journal.append(&of(1, 0, Some(command(1, 1)))).await });
    kill_backend(&world.options(), held_up(&world).await).await;
    let broken = soon("it is told", broken).await.unwrap();
    let Err(AppendError::Journal(error)) = broken else { panic!("{broken:?}") };
    assert!(error.is_transient());
    run(&mut outside, "rollback").await.unwrap();
    assert_eq!(world.journal.answered(&command(1, 1)).await.unwrap(), None);
    world.journal.append(&of(1, 0, Some(command(1, 1)))).await.unwrap();
    assert_eq!(world.number("select count(*) from journal.events").await, 2);
}

#[tokio::test]
async fn a_closed_journal_has_written_everything_and_refuses_what_comes_later() {
    let world = World::new().await;
    let journal = world.another().await;
    journal.append(&of(1, 0, None)).await.unwrap();
    journal.stream("ticket", id(1), 0).await.unwrap();
    journal.close().await;
    let refused = journal.append(&of(2, 0, None)).await;
    assert!(matches!(refused, Err(AppendError::Journal(_))), "{refused:?}");
    assert!(journal.stream("ticket", id(1), 0).await.is_err());
    journal.pool().close().await;
    assert_eq!(world.number("select count(*) from journal.events").await, 2);
}

#[tokio::test]
async fn a_journal_ends_with_its_pool_and_with_its_last_handle() {
    let world = World::new().await;
    let hot = "select count(*) from pg_stat_activity where datname = current_database()
               and query like '%journal.events%' and pid <> pg_backend_pid()";
    let (first, second) = (world.another().await, world.another().await);
    first.append(&of(1, 0, None)).await.unwrap();
    second.append(&of(2, 0, None)).await.unwrap();
    assert_eq!(world.number(hot).await, 2);
    first.pool().close().await;
    drop(second);
    soon("their connections end", async {
        while world.number(hot).await > 0 {
            sleep(Duration::from_millis(1)).await;
        }
    })
    .await;
    assert!(first.append(&of(3, 0, None)).await.is_err());
}
