//! Position tokens outlive a restore into a cluster whose transaction numbers are lower.

use journal::PositionToken;
use journal::sequencer::status;

use super::{LONG, Running};
use crate::testing::{World, story};

/// As if all had been written a million transactions later in another cluster, where the sequencer
/// that runs has never been.
const OTHER_LIFE: &str = "alter table journal.events disable trigger events_append_only;
     update journal.events set xid = (xid::text::bigint + 1000000)::text::xid8;
     alter table journal.events enable always trigger events_append_only;
     update journal.sequencer set cluster = 1, epoch = epoch + 1,
         cursor_xid = (cursor_xid::text::bigint + 1000000)::text::xid8;";

#[tokio::test]
async fn tokens_of_before_a_restore_are_answered() {
    let world = World::new().await;
    let before = world.say(&story()).await;
    world.settled().await;
    world.tamper(OTHER_LIFE).await;
    let leader = status(world.pool()).await.unwrap().leader_pid.unwrap();
    world.tamper(&format!("select pg_terminate_backend({leader}, 20000)")).await;
    let running = Running::start(world.runner());
    let waiter = running.runner.waiter();
    let before = PositionToken { xid: before.xid + 1_000_000, ..before };
    assert_eq!(waiter.passed("tickets", before, LONG).await, Ok(()));
    // Of an event that came after the dump was made.
    let lost = PositionToken { xid: before.xid, position: before.position + 1 };
    assert_eq!(waiter.passed("tickets", lost, LONG).await, Ok(()));
    running.stop().await;
}
