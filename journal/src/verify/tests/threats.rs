//! T2, T3, T16: what a canonical form would not see, a stream that was closed up again, and a line that
//! is cut.

use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::PgConnection;

use super::seven;
use crate::testing::{UNLOCK, World, cases, id, number, run, stopped, ticket};
use crate::verify::{Tampering, check};

/// Texts that a canonical form takes for the same, all but the last two of them strict.
const ALIKE: [(&str, &str); 9] = [
    (r#"{"a":1,"b":"x"}"#, r#"{"b":"x","a":1}"#),
    (r#"{"a":1}"#, r#"{ "a":1}"#),
    (r#"{"a":1}"#, r#"{"a":1.0}"#),
    (r#"{"a":1}"#, r#"{"a":1e0}"#),
    (r#"{"a":0}"#, r#"{"a":-0}"#),
    (r#"{"a":2}"#, r#"{"a":1,"a":2}"#),
    (r#"{"a":"x"}"#, r#"{"a":"\u0078"}"#),
    (r#"{"a":9007199254740993}"#, r#"{"a":9007199254740992}"#),
    (r#"{"a":9223372036854775807}"#, r#"{"a":9223372036854775806}"#),
];

#[tokio::test]
async fn t2_an_edit_that_a_canonical_form_would_not_see_is_found_at_its_number() {
    let world = World::new().await;
    let mut conn = world.superuser().await;
    for (place, (sealed, _)) in ALIKE.iter().enumerate() {
        let insert = format!(
            "insert into journal.events (aggregate_type, aggregate_id, sequence, event_type,
                 event_version, payload, metadata)
             values ('ticket', '{}', {}, 'ticket.cancelled', '1', '{sealed}', '{{}}')",
            id(8),
            place + 1
        );
        run(&mut conn, &insert).await.unwrap();
    }
    world.settle().await;
    for (place, (sealed, edited)) in ALIKE.iter().enumerate() {
        let edit = format!(
            "begin; {UNLOCK} update journal.events set payload = '{edited}'
             where aggregate_id = '{}' and sequence = {}",
            id(8),
            place + 1
        );
        run(&mut conn, &edit).await.unwrap();
        // The last two are none that we would have written: the first of them is named anyway.
        let number = i64::try_from(place + 1).unwrap().min(8);
        let found = check(&mut conn, |_, _| {}).await.unwrap().tampering;
        run(&mut conn, "rollback").await.unwrap();
        assert_eq!(found.as_ref().and_then(Tampering::number), Some(number), "{sealed} {edited}");
        let by_leaf =
            matches!(&found, Some(Tampering::Changed { what, .. }) if what.contains("leaf"));
        assert!(by_leaf || place == 8, "{sealed} {edited}: {found:?}");
    }
}

/// Takes event 4 out of the middle of ticket 2, and closes its stream and the log up again.
fn closed_up() -> String {
    let stream = id(2);
    format!(
        "delete from journal.events where aggregate_id = '{stream}' and sequence = 2;
         delete from journal.log where global_seq = 4;
         update journal.events set sequence = 2 where aggregate_id = '{stream}' and sequence = 3;
         update journal.log set global_seq = 4, sequence = 2 where global_seq = 5;
         update journal.log set global_seq = 5 where global_seq = 6;
         update journal.log set global_seq = 6 where global_seq = 7;
         update journal.sequencer set tree_size = 6;"
    )
}

#[tokio::test]
async fn t3_a_stream_closed_up_over_a_deleted_event_is_found_where_it_was() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    run(&mut conn, &format!("begin; {UNLOCK} {}", closed_up())).await.unwrap();
    let found = check(&mut conn, |_, _| {}).await.unwrap().tampering;
    assert!(matches!(found, Some(Tampering::Changed { number: 4, .. })), "{found:?}");
    run(&mut conn, "rollback").await.unwrap();
    // Deleted at the end of its stream nothing has to be closed up but the log.
    let last = format!(
        "begin; {UNLOCK} delete from journal.events where aggregate_id = '{}' and sequence = 3;
         delete from journal.log where global_seq = 5;
         update journal.log set global_seq = 5 where global_seq = 6;
         update journal.log set global_seq = 6 where global_seq = 7;
         update journal.sequencer set tree_size = 6;",
        id(2)
    );
    run(&mut conn, &last).await.unwrap();
    let found = check(&mut conn, |_, _| {}).await.unwrap().tampering;
    assert_eq!(found, Some(Tampering::Root { size: 6 }));
}

/// Ends this connection's server side after a while; in a thread of its own, since a check computes.
fn cut(
    mut killer: PgConnection,
    pid: i64,
    after: Duration,
) -> tokio::task::JoinHandle<PgConnection> {
    tokio::spawn(async move {
        tokio::time::sleep(after).await;
        let kill = format!("select pg_terminate_backend({pid})");
        run(&mut killer, &kill).await.unwrap();
        killer
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t16_a_check_that_is_cut_at_any_moment_is_an_error_and_never_a_shorter_log() {
    let world = World::new().await;
    for stream in 0..50 {
        world.append(ticket(stream, 0, (0..100).map(stopped).collect())).await.unwrap();
    }
    world.settle().await;
    let begun = Instant::now();
    let whole = world.check().await;
    let took = begun.elapsed();
    assert_eq!((whole.size, &whole.tampering), (5_000, &None));
    let mut random = StdRng::seed_from_u64(16);
    let (mut cuts, mut tried, mut killer) = (0, 0, world.superuser().await);
    while cuts < cases(10).min(100) {
        let mut conn = world.superuser().await;
        let pid = number(&mut conn, "select pg_backend_pid()::bigint").await;
        let killing = cut(killer, pid, took.mul_f64(random.random_range(0.0..1.0)));
        match check(&mut conn, |_, _| {}).await {
            Ok(report) => assert_eq!(report, whole, "it was done before it was cut"),
            Err(error) => {
                assert!(error.is_transient(), "{error}");
                cuts += 1;
            }
        }
        killer = killing.await.unwrap();
        tried += 1;
        assert!(tried < 20 * cases(10).max(10), "{cuts} of {tried} were cut");
    }
}
