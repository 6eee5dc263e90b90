//! Facts to rows, and pages of rows.

use chrono::TimeDelta;

use super::{by_ids, count, page};
use crate::testing::erasures::{LIFTED, STANDING};
use crate::testing::{CLIENT, TICKET, World, at};

#[tokio::test]
async fn a_row_says_what_it_is_on_and_why() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[STANDING]).await.unwrap();
    assert_eq!((found[0].person_id, found[0].ticket_id), (None, Some(TICKET)));
    assert_eq!((found[0].why.as_str(), found[0].lifted_at), ("Asked for", None));
    let end = at(0) + TimeDelta::days(100);
    assert!(found[0].is_in_force(end - TimeDelta::seconds(1)) && !found[0].is_in_force(end));
    let lifted = by_ids(world.pool(), &[LIFTED]).await.unwrap();
    assert_eq!((lifted[0].person_id, lifted[0].version), (Some(CLIENT), 2));
    assert_eq!(lifted[0].lift_why.as_deref(), Some("Settled"));
    assert!(lifted[0].lifted_at > Some(lifted[0].placed_at));
    assert!(!lifted[0].is_in_force(at(0)));
}

#[tokio::test]
async fn pages_go_from_the_newest() {
    let world = World::with_desk().await;
    let all = page(world.pool(), 10, None).await.unwrap();
    let ids: Vec<_> = all.iter().map(|row| row.hold_id).collect();
    assert_eq!(ids, [STANDING, LIFTED]);
    assert_eq!(page(world.pool(), 10, Some(STANDING)).await.unwrap(), all[1..]);
    assert_eq!(count(world.pool()).await.unwrap(), 2);
}
