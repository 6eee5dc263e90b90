use sqlx::PgConnection;

use super::seven;
use crate::postgres::connect::ActingAs;
use crate::testing::{UNLOCK, World, id, run};
use crate::verify::{Tampering, check};

/// What is found after this change, which is undone again.
async fn found(conn: &mut PgConnection, change: &str) -> Option<Tampering> {
    run(conn, &format!("begin; {UNLOCK} {change}")).await.unwrap();
    let report = check(conn, |_, _| {}).await.unwrap();
    run(conn, "rollback").await.unwrap();
    report.tampering
}

/// Changes the event of this number.
fn event(number: i64, change: &str) -> String {
    format!(
        "update journal.events e set {change} from journal.log l
         where l.global_seq = {number} and l.aggregate_type = e.aggregate_type
           and l.aggregate_id = e.aggregate_id and l.sequence = e.sequence;"
    )
}

fn changed(found: &Option<Tampering>, at: i64, as_said: &str) -> bool {
    matches!(found, Some(Tampering::Changed { number, what, .. })
        if *number == at && what.contains(as_said))
}

#[tokio::test]
async fn a_changed_column_of_an_event_is_found_at_its_number() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    let changes = [
        "payload = replace(e.payload::text, ':', ': ')::json",
        "metadata = replace(e.metadata::text, 'graphql', 'graphqm')::json",
        "recorded_at = e.recorded_at + interval '1 microsecond'",
        "salt = set_byte(e.salt, 15, get_byte(e.salt, 15) # 1)",
        "event_type = e.event_type || 'x'",
        "event_version = '2'",
    ];
    for change in changes {
        for number in [1, 4, 7] {
            let found = found(&mut conn, &event(number, change)).await;
            assert!(changed(&found, number, "leaf"), "{change} at {number}: {found:?}");
            assert_eq!(found.and_then(|found| found.number()), Some(number));
        }
    }
}

#[tokio::test]
async fn a_changed_row_of_the_log_is_found_at_its_number() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    for (change, said) in [
        ("leaf = set_byte(leaf, 0, get_byte(leaf, 0) # 1)", "leaf"),
        ("event_type = 'ticket.closed'", "log row"),
        ("recorded_at = recorded_at - interval '1 day'", "log row"),
    ] {
        let change = format!("update journal.log set {change} where global_seq = 3");
        let found = found(&mut conn, &change).await;
        assert!(changed(&found, 3, said), "{change}: {found:?}");
    }
}

#[tokio::test]
async fn a_deleted_event_is_gone_at_its_number() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    for number in [1, 5, 7] {
        let delete = format!(
            "delete from journal.events e using journal.log l
             where l.global_seq = {number} and l.aggregate_type = e.aggregate_type
               and l.aggregate_id = e.aggregate_id and l.sequence = e.sequence"
        );
        let found = found(&mut conn, &delete).await;
        assert!(matches!(found, Some(Tampering::Gone { number: at, .. }) if at == number));
    }
}

#[tokio::test]
async fn a_deleted_row_of_the_log_is_missing_wherever_it_stood() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    for (gone, number) in [("= 1", 1), ("= 4", 4), ("= 7", 7), (">= 5", 5), (">= 1", 1)] {
        let delete = format!("delete from journal.log where global_seq {gone}");
        let missing = Some(Tampering::Missing { number });
        assert_eq!(found(&mut conn, &delete).await, missing, "{gone}");
    }
}

#[tokio::test]
async fn the_end_cut_off_from_log_and_events_is_missing() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    let cut = "delete from journal.events e using journal.log l
             where l.global_seq >= 6 and l.aggregate_type = e.aggregate_type
               and l.aggregate_id = e.aggregate_id and l.sequence = e.sequence;
         delete from journal.log where global_seq >= 6;";
    assert_eq!(found(&mut conn, cut).await, Some(Tampering::Missing { number: 6 }));
    // Whoever lowers the size as well does not have the roots of the smaller tree.
    let cut = format!("{cut} update journal.sequencer set tree_size = 5");
    assert_eq!(found(&mut conn, &cut).await, Some(Tampering::Root { size: 5 }));
}

#[tokio::test]
async fn t5_two_swapped_events_are_found_at_the_first() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    let stream = id(2);
    let swap = |from: i64, to: i64| {
        format!(
            "update journal.events set sequence = {to}
             where aggregate_id = '{stream}' and sequence = {from};"
        )
    };
    let swap = [swap(1, 99), swap(3, 1), swap(99, 3)].concat();
    let found_at = found(&mut conn, &swap).await;
    assert!(changed(&found_at, 3, "leaf"), "{found_at:?}");
    // Swapped in the log alone, every leaf is right, but the tree is another.
    let swap = "update journal.log set global_seq = 99 where global_seq = 3;
                update journal.log set global_seq = 3 where global_seq = 5;
                update journal.log set global_seq = 5 where global_seq = 99;";
    assert_eq!(found(&mut conn, swap).await, Some(Tampering::Root { size: 7 }));
}

#[tokio::test]
async fn a_changed_origin_breaks_the_first_leaf_and_a_changed_frontier_the_root() {
    let world = seven().await;
    let mut conn = world.superuser().await;
    let origin = "update journal.sequencer set origin = origin || 'x'";
    let found_at = found(&mut conn, origin).await;
    assert!(changed(&found_at, 1, "leaf"), "{found_at:?}");
    let frontier = "update journal.sequencer set frontier = set_byte(frontier, 40, 1 # get_byte(frontier, 40))";
    assert_eq!(found(&mut conn, frontier).await, Some(Tampering::Root { size: 7 }));
}

#[tokio::test]
async fn an_event_brought_in_before_the_sealed_end_is_smuggled() {
    let world = seven().await;
    // The application's role may insert, so it could try.
    let smuggle = format!(
        "insert into journal.events (aggregate_type, aggregate_id, sequence, event_type,
             event_version, payload, metadata, xid)
         values ('ticket', '{}', 1, 'ticket.cancelled', '1', '{{\"cancelled\":{{}}}}', '{{}}', '3')",
        id(8)
    );
    run(&mut world.acting_as(ActingAs::App).await, &smuggle).await.unwrap();
    world.settle().await;
    let report = world.check().await;
    let stream = format!("ticket/{}/1", id(8));
    assert_eq!(report.tampering, Some(Tampering::Smuggled { stream }));
    assert_eq!(report.size, 7);
}

#[tokio::test]
async fn a_stream_that_does_not_count_from_one_is_named() {
    let world = World::new().await;
    let hole = format!(
        "insert into journal.events (aggregate_type, aggregate_id, sequence, event_type,
             event_version, payload, metadata)
         values ('ticket', '{}', 2, 'ticket.cancelled', '1', '{{\"cancelled\":{{}}}}', '{{}}')",
        id(8)
    );
    run(&mut world.acting_as(ActingAs::App).await, &hole).await.unwrap();
    world.settle().await;
    let stream = format!("ticket/{}", id(8));
    assert_eq!(world.check().await.tampering, Some(Tampering::Stream { stream }));
}

#[tokio::test]
async fn an_event_that_was_sealed_ambiguous_is_named_though_its_leaf_is_right() {
    let world = World::new().await;
    for (number, payload) in ["1", "1.0", "{\"a\":1,\"a\":1}"].into_iter().enumerate() {
        let insert = format!(
            "insert into journal.events (aggregate_type, aggregate_id, sequence, event_type,
                 event_version, payload, metadata)
             values ('ticket', '{}', {}, 'ticket.cancelled', '1', '{payload}', '{{}}')",
            id(8),
            number + 1
        );
        run(&mut world.superuser().await, &insert).await.unwrap();
    }
    world.settle().await;
    let found = world.check().await.tampering;
    assert!(changed(&found, 2, "strict"), "{found:?}");
}
