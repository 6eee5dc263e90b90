use chrono::{DateTime, TimeDelta, Utc};
use domain::evidence_hold::HeldObject;
use domain::kernel::{EvidenceHoldId, TicketId};

use super::{ANNA, CLEO};
use crate::append::StreamAppend;
use crate::erasure::Standing;
use crate::testing::{World, held, id, lifted};

#[tokio::test]
async fn holds_count_that_are_in_force_on_the_person_or_on_any_ticket() {
    let world = World::new().await;
    let noon: DateTime<Utc> = DateTime::from_timestamp(1_772_452_800, 0).unwrap();
    let (anna, cleo) = (HeldObject::Person(ANNA), HeldObject::Person(CLEO));
    let ticket = HeldObject::Ticket(TicketId(id(1)));
    let (past, now, soon) = (noon - TimeDelta::hours(1), noon, noon + TimeDelta::microseconds(1));
    let placed = [
        vec![held(anna, None)],
        vec![held(anna, Some(soon))],
        vec![held(anna, Some(now))],
        vec![held(anna, None), lifted()],
        vec![held(cleo, None)],
        vec![held(ticket, None)],
        vec![held(ticket, Some(past))],
        vec![held(ticket, Some(soon)), lifted()],
    ];
    for (nr, events) in (0_u128..).zip(placed) {
        let aggregate_id = id(0xe0 + nr);
        let stream =
            StreamAppend { aggregate_type: "evidence_hold", aggregate_id, expected: 0, events };
        world.append(stream).await.unwrap();
    }
    let standing = Standing::of(&world.journal, ANNA, noon).await.unwrap();
    let hold = |nr: u128| EvidenceHoldId(id(0xe0 + nr));
    assert_eq!(standing.holds, [(hold(0), anna), (hold(1), anna), (hold(5), ticket)].into());
    assert_eq!((standing.moved, standing.erasure), (8, None));
}
