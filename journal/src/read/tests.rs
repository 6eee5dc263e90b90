//! Reading the log: dense pages, loud gaps, foreign writers, old versions.

use std::collections::BTreeSet;

use domain::kernel::Meta;
use domain::ticket::Ticket;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{LogReader, Recorded, StreamsError, head_of, number_at, recorded_at, whole};
use crate::error::{EventFault, JournalError};
use crate::journal::Loaded;
use crate::postgres::connect::ActingAs;
use crate::testing::{UNLOCK, World, id, kill_backend, number, run, stock_event, stopped, ticket};
use crate::upcast::Upcasters;

/// A settled log of this many events in three streams.
async fn world_of(events: i64) -> World {
    let world = World::new().await;
    for n in 0..events {
        let stream = ticket(u128::try_from(n % 3).unwrap(), n / 3, vec![stopped(1)]);
        world.append(stream).await.unwrap();
    }
    world.settle().await;
    world
}

/// The whole log in pages of ten.
async fn read_all(world: &World, conn: &mut PgConnection) -> Result<Vec<Recorded>, JournalError> {
    let journal = &world.journal;
    let mut reader = LogReader::after(journal.keyring(), journal.upcasters(), 0);
    let mut read = Vec::new();
    loop {
        let page = reader.page(conn, i64::MAX, 10).await?;
        if page.is_empty() {
            return Ok(read);
        }
        read.extend(page);
    }
}

async fn read(world: &World) -> Result<Vec<Recorded>, JournalError> {
    read_all(world, &mut world.acting_as(ActingAs::App).await).await
}

fn numbers(page: &[Recorded]) -> Vec<i64> {
    page.iter().map(|recorded| recorded.global_seq).collect()
}

#[tokio::test]
async fn pages_follow_one_another_without_gaps_to_the_end_or_the_bound() {
    let world = world_of(25).await;
    let mut conn = world.acting_as(ActingAs::App).await;
    assert_eq!(head_of(&mut conn).await.unwrap(), 25);
    let journal = &world.journal;
    let mut reader = LogReader::after(journal.keyring(), journal.upcasters(), 3);
    for (up_to, expected) in [(99, 4..=13), (20, 14..=20), (99, 21..=25)] {
        let page = reader.page(&mut conn, up_to, 10).await.unwrap();
        assert_eq!(numbers(&page), expected.collect::<Vec<_>>());
    }
    assert_eq!(reader.position(), 25);
    assert!(reader.page(&mut conn, i64::MAX, 10).await.unwrap().is_empty());
    assert_eq!(numbers(&read(&world).await.unwrap()), (1..=25).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_is_not_settled_is_not_read() {
    let world = world_of(2).await;
    world.append(ticket(7, 0, vec![stopped(1)])).await.unwrap();
    assert_eq!(read(&world).await.unwrap().len(), 2);
    world.settle().await;
    assert_eq!(read(&world).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_deleted_log_row_is_a_gap_wherever_it_stood() {
    let world = world_of(12).await;
    let mut conn = world.superuser().await;
    for (gone, expected, found) in [("1", 1, 2), ("5", 5, 6), ("12", 12, 11), ("10, 11, 12", 10, 9)]
    {
        let unlock = crate::testing::UNLOCK;
        let delete = format!("delete from journal.log where global_seq in ({gone})");
        run(&mut conn, &format!("begin; {unlock} {delete}")).await.unwrap();
        let error = read_all(&world, &mut conn).await.unwrap_err();
        let JournalError::Gap { expected: at, found: instead } = error else { panic!("{error}") };
        assert_eq!((at, instead), (expected, found), "{gone}");
        assert!(!error.is_transient());
        run(&mut conn, "rollback").await.unwrap();
    }
}

#[tokio::test]
async fn a_deleted_event_is_an_error_and_never_skipped() {
    let world = world_of(4).await;
    let stream = id(1);
    world.tamper(&format!("delete from journal.events where aggregate_id = '{stream}'")).await;
    let error = read(&world).await.unwrap_err();
    assert!(!error.is_transient(), "{error}");
}

#[tokio::test]
async fn an_event_of_a_stock_store_is_read_with_what_it_does_not_say() {
    let world = World::new().await;
    stock_event(&mut world.acting_as(ActingAs::App).await, id(1), 1).await;
    world.settle().await;
    let log = read(&world).await.unwrap();
    let event = &log[0].event;
    assert_eq!(event.meta, Meta::unsaid(event.recorded_at));
    let loaded: Loaded<Ticket> = world.journal.load(id(1)).await.unwrap();
    assert_eq!(loaded.version, 1);
}

#[tokio::test]
async fn an_aggregate_catches_up_with_the_events_it_has_not_seen() {
    let world = world_of(6).await;
    let mut loaded: Loaded<Ticket> = world.journal.load(id(1)).await.unwrap();
    assert_eq!(loaded.version, 2);
    world.append(ticket(1, 2, vec![stopped(2)])).await.unwrap();
    world.journal.catch_up(id(1), &mut loaded).await.unwrap();
    assert_eq!(loaded, world.journal.load(id(1)).await.unwrap());
    assert_eq!(loaded.version, 3);
}

/// Inserts an event of this version and shape, as an older or newer program would have.
async fn foreign(world: &World, version: &str, payload: &str) {
    sqlx::query(
        "insert into journal.events \
         (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata) \
         values ('ticket', $1, 1, 'ticket.work_stopped', $2, $3::json, '{}')",
    )
    .bind(id(1).to_string())
    .bind(version)
    .bind(payload)
    .execute(&mut world.acting_as(ActingAs::App).await)
    .await
    .unwrap();
    world.settle().await;
}

#[tokio::test]
async fn an_old_version_is_lifted_step_by_step_to_the_shape_of_today() {
    let world = World::new().await;
    foreign(&world, "0.1", r#"{"stopped":"00000000-0000-0000-0000-000000000005"}"#).await;
    let name = |payload: Value| json!({"stopped": {"who": payload["stopped"]}});
    let nest = |payload: Value| json!({"work_stopped": {"holder": payload["stopped"]["who"]}});
    let upcasters = Upcasters::default()
        .with("ticket.work_stopped", "0.1", "0.2", name)
        .with("ticket.work_stopped", "0.2", "1", nest)
        .with("ticket.closed", "0.1", "1", |_| panic!("another event's"));
    let mut conn = world.acting_as(ActingAs::App).await;
    let mut reader = LogReader::after(world.journal.keyring(), &upcasters, 0);
    let page = reader.page(&mut conn, i64::MAX, 10).await.unwrap();
    assert_eq!(
        (page[0].event.event_version.as_str(), &page[0].event.payload),
        ("1", &stopped(5).payload)
    );
}

#[tokio::test]
async fn a_version_that_leads_nowhere_is_an_error_even_if_it_looks_like_ours() {
    let world = World::new().await;
    foreign(&world, "2", &stopped(1).payload.to_string()).await;
    let loaded = world.journal.load::<Ticket>(id(1)).await.map(|_| ());
    for outcome in [read(&world).await.map(|_| ()), loaded] {
        let Err(JournalError::Undecodable { fault: EventFault::Version(version), .. }) = outcome
        else {
            panic!("{outcome:?}");
        };
        assert_eq!(version, "2");
    }
}

#[tokio::test]
async fn an_event_that_is_not_strict_json_is_an_error_that_names_it() {
    let world = World::new().await;
    foreign(&world, "1", r#"{"work_stopped":{"holder":null,"holder":1.0}}"#).await;
    let error = read(&world).await.unwrap_err();
    let JournalError::Undecodable { sequence, fault: EventFault::Strict(_), .. } = error else {
        panic!("{error}");
    };
    assert_eq!(sequence, 1);
}

#[tokio::test]
async fn t16_a_cut_connection_is_an_error_and_not_the_end_of_the_log() {
    let world = world_of(12).await;
    let mut conn = world.acting_as(ActingAs::App).await;
    let mut reader = LogReader::after(world.journal.keyring(), world.journal.upcasters(), 0);
    assert_eq!(reader.page(&mut conn, i64::MAX, 10).await.unwrap().len(), 10);
    let pid = number(&mut conn, "select pg_backend_pid()::bigint").await;
    kill_backend(&world.options(), i32::try_from(pid).unwrap()).await;
    let error = reader.page(&mut conn, i64::MAX, 10).await.unwrap_err();
    assert!(error.is_transient(), "{error}");
    assert_eq!(reader.position(), 10);
}

/// All streams of tickets, in ranges of about `size` events.
async fn ranges(world: &World, size: i64, through: i64) -> Result<Vec<Recorded>, StreamsError> {
    let mut conn = world.acting_as(ActingAs::App).await;
    let journal = &world.journal;
    let types = whole::types(&mut conn).await?;
    assert_eq!(types, ["ticket"]);
    let (mut after, mut read, except) = (String::new(), Vec::new(), BTreeSet::new());
    while after != whole::LAST {
        for up_to in whole::edges(&mut conn, &types, &after, (size, 2)).await? {
            let range =
                whole::Range { types: &types, after: &after, up_to: &up_to, except: &except };
            let keys = (journal.keyring(), journal.upcasters());
            read.extend(whole::whole(&mut conn, keys, range, through).await?.events);
            after = up_to;
        }
    }
    assert_eq!(whole::size(&mut conn, &types, through).await?, read.len() as i64);
    Ok(read)
}

#[tokio::test]
async fn ranges_of_whole_streams_come_to_the_log_up_to_a_number() {
    let world = world_of(25).await;
    let log = read(&world).await.unwrap();
    for (size, through) in [(1, 25), (4, 25), (9, 17), (100, 25), (100, 0)] {
        let mut streams = ranges(&world, size, through).await.unwrap();
        let in_order = |one: &Recorded, next: &Recorded| {
            let key =
                |recorded: &Recorded| (recorded.event.aggregate_id.clone(), recorded.global_seq);
            key(one) < key(next)
        };
        assert!(streams.is_sorted_by(in_order), "{size} {through}");
        streams.sort_by_key(|recorded| recorded.global_seq);
        assert_eq!(streams, log[..usize::try_from(through).unwrap()]);
    }
}

#[tokio::test]
async fn a_stream_that_is_not_whole_is_an_error_and_never_a_shorter_one() {
    let world = world_of(12).await;
    let stream = id(1);
    for table in ["events", "log"] {
        world
            .tamper(&format!(
                "delete from journal.{table} where aggregate_id = '{stream}' and sequence = 2"
            ))
            .await;
        let error = ranges(&world, 4, 12).await.unwrap_err();
        let StreamsError::Cut { sequence: 2, .. } = error else { panic!("{error}") };
    }
}

#[tokio::test]
async fn the_last_number_by_an_instant_is_that_of_a_look_at_every_row() {
    let world = world_of(60).await;
    let mut conn = world.superuser().await;
    // In order, but for what a long transaction recorded early and two that stood side by side.
    let shuffled = "update journal.log set recorded_at = timestamptz '2030-01-01' + case global_seq
        when 41 then interval '3 seconds' when 20 then interval '22 seconds'
        else global_seq * interval '1 second' end";
    run(&mut conn, &format!("begin; {UNLOCK}; {shuffled}; commit")).await.unwrap();
    let start: chrono::DateTime<chrono::Utc> = "2030-01-01T00:00:00Z".parse().unwrap();
    for second in -1..=61 {
        for offset in [0, 500] {
            let instant = start + chrono::TimeDelta::milliseconds(second * 1_000 + offset);
            let seen =
                "select coalesce(max(global_seq), 0) from journal.log where recorded_at <= $1";
            let seen: i64 =
                sqlx::query_scalar(seen).bind(instant).fetch_one(&mut conn).await.unwrap();
            assert_eq!(number_at(&mut conn, instant).await.unwrap(), seen, "{instant}");
        }
    }
    let least = chrono::DateTime::<chrono::Utc>::MIN_UTC;
    assert_eq!(number_at(&mut conn, least).await.unwrap(), 0);
    let last = chrono::DateTime::<chrono::Utc>::MAX_UTC;
    assert_eq!(number_at(&mut conn, last).await.unwrap(), 60);
    assert_eq!(
        recorded_at(&mut conn, 41).await.unwrap(),
        Some(start + chrono::TimeDelta::seconds(3))
    );
    assert_eq!(recorded_at(&mut conn, 61).await.unwrap(), None);
}
