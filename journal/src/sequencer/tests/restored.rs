//! A dump restored into a younger cluster: its transaction numbers are lower than the events'.

use sqlx::PgConnection;

use super::super::status::status;
use super::{Leader, Running, log};
use crate::postgres::connect::ActingAs;
use crate::testing::{Server, World, append, id, run, stopped, ticket};

/// As if everything had been written a million transactions later in another cluster.
const OTHER_LIFE: &str =
    "update journal.events set xid = (xid::text::bigint + 1000000)::text::xid8;
     update journal.sequencer set cursor_xid = (cursor_xid::text::bigint + 1000000)::text::xid8;";

/// Two events with numbers, two without, all of another life.
async fn restored(and: &str) -> World {
    let world = World::new().await;
    world.append(ticket(1, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    world.settle().await;
    world.append(ticket(1, 2, vec![stopped(3)])).await.unwrap();
    world.append(ticket(2, 0, vec![stopped(3)])).await.unwrap();
    world.tamper(&format!("{OTHER_LIFE} {and}")).await;
    world
}

async fn lead(world: &World) -> (Leader, PgConnection) {
    let mut conn = world.acting_as(ActingAs::Sequencer).await;
    (Leader::take_over(&mut conn).await.unwrap(), conn)
}

const WHOLE: [(i64, u128, i64); 6] =
    [(1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 1), (5, 1, 4), (6, 3, 1)];

#[tokio::test]
async fn what_came_without_a_number_gets_it_first_and_new_events_follow() {
    let another_cluster = "update journal.sequencer set cluster = 1;";
    for and in ["", another_cluster] {
        let world = restored(and).await;
        // Appended before the first leader comes.
        world.append(ticket(1, 3, vec![stopped(4)])).await.unwrap();
        world.settle().await;
        world.append(ticket(3, 0, vec![stopped(4)])).await.unwrap();
        world.settle().await;
        assert_eq!(log(&world).await, WHOLE);
        let report = world.check().await;
        assert_eq!((report.size, report.tampering, report.unsettled), (6, None, 0));
        let told = status(world.journal.pool()).await.unwrap();
        assert_eq!((told.head, told.unsettled), (6, 0));
    }
}

/// The cursor is ahead of the new cluster's first events, and behind its next transaction.
#[tokio::test]
async fn another_cluster_is_known_by_its_identity_when_transaction_numbers_do_not_tell() {
    let world = World::new().await;
    world.append(ticket(1, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    world.settle().await;
    world.append(ticket(1, 2, vec![stopped(3)])).await.unwrap();
    let ahead = "update journal.sequencer set cursor_position = 1000,
         cursor_xid = (select xid from journal.events order by xid desc limit 1)";
    world.tamper(ahead).await;
    world.settle().await;
    // A cursor that was tampered with is not a restore.
    assert_eq!(log(&world).await, WHOLE[..2]);
    world.tamper("update journal.sequencer set cluster = 1").await;
    world.settle().await;
    assert_eq!(log(&world).await, WHOLE[..3]);
    assert_eq!(world.check().await.tampering, None);
}

#[tokio::test]
async fn nothing_is_numbered_twice_when_transaction_numbers_catch_up() {
    let world = restored("").await;
    let (mut leader, mut conn) = lead(&world).await;
    // The numbers that were ahead are now those of transactions of this life.
    world.tamper("update journal.events set xid = pg_current_xact_id()").await;
    world.append(ticket(1, 3, vec![stopped(4)])).await.unwrap();
    assert_eq!(super::step(&mut leader, &mut conn).await, Some(1));
    world.append(ticket(3, 0, vec![stopped(4)])).await.unwrap();
    assert_eq!(super::step(&mut leader, &mut conn).await, Some(1));
    assert_eq!(log(&world).await, WHOLE);
    assert_eq!(world.check().await.tampering, None);
}

#[tokio::test]
async fn a_leader_killed_in_between_leaves_the_rest_to_the_next() {
    let world = restored("").await;
    let (first, _conn) = lead(&world).await;
    // As before the last statement: everything numbered, the cursor where it was.
    world.tamper("update journal.sequencer set cursor_xid = '99999999', former_xid = null").await;
    let (second, _conn) = lead(&world).await;
    assert_eq!((first.head(), second.head()), (4, 4));
    world.append(ticket(1, 3, vec![stopped(4)])).await.unwrap();
    world.settle().await;
    assert_eq!(log(&world).await, WHOLE[..5]);
}

#[tokio::test]
async fn several_batches_come_along() {
    let world = World::new().await;
    let many = "insert into journal.events
            (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
        select 'ticket', '00000000-0000-0000-0000-000000000001', n, 'ticket.cancelled', '1',
            '{\"cancelled\":{}}', '{}' from generate_series(1, 12000) n;";
    world.tamper(&format!("{many} {OTHER_LIFE}")).await;
    let (leader, _conn) = lead(&world).await;
    assert_eq!(leader.head(), 12_000);
    assert_eq!(world.check().await.tampering, None);
}

#[tokio::test]
async fn t12_a_real_dump_goes_on_in_a_younger_cluster() {
    let (old, young) = (Server::start().await, Server::start().await);
    let world = World::on(old.migrated("annals").await).await;
    // The old one has seen many transactions.
    let ages =
        "do $$ begin for n in 1..3000 loop perform pg_current_xact_id(); commit; end loop; end $$";
    run(&mut world.superuser().await, ages).await.unwrap();
    world.append(ticket(1, 0, vec![stopped(1), stopped(2)])).await.unwrap();
    world.settle().await;
    world.append(ticket(1, 2, vec![stopped(3)])).await.unwrap();
    let last = world.append(ticket(2, 0, vec![stopped(3)])).await.unwrap().token.unwrap();
    let dump = tempfile::NamedTempFile::new().unwrap();
    let file = dump.path().to_str().unwrap();
    let dumped = old.program("pg_dump", &["-Fc", "-f", file, "annals"]);
    drop(world);
    old.end().await;
    if dumped.is_none() {
        return young.end().await;
    }
    // The roles belong to the cluster: migrating another database makes them.
    young.migrated("roles").await;
    let options = young.empty("annals").await;
    young.program("pg_restore", &["-d", "annals", file]).unwrap();
    let world = World::on(options).await;
    let next = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
    assert!(world.number(next).await < last.xid);
    append(&world.journal, ticket(1, 3, vec![stopped(4)])).await.unwrap();
    let running = Running::start(&world).await;
    running.reaches(5).await;
    append(&world.journal, ticket(3, 0, vec![stopped(4)])).await.unwrap();
    running.reaches(6).await;
    running.stop().await;
    assert_eq!(log(&world).await, WHOLE);
    assert_eq!(world.check().await.tampering, None);
    assert_eq!(world.journal.stream("ticket", id(1), 0).await.unwrap().len(), 4);
    drop(world);
    young.end().await;
}
