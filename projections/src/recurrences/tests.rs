//! Facts to rows, and pages of rows.

use super::{by_ids, count, page, running};
use crate::testing::recurrences::{RECURRENCE, STOPPED};
use crate::testing::{TICKET, World, at};

#[tokio::test]
async fn a_row_says_what_is_opened_when_and_how_far_it_is_seen_to() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let found = by_ids(pool, &[RECURRENCE]).await.unwrap();
    assert_eq!((found[0].name.as_str(), found[0].version), ("Restore test", 4));
    assert_eq!(found[0].definition.rule.rrule, "FREQ=DAILY");
    assert_eq!((found[0].seen_to, found[0].last_ticket_id), (at(9_000), Some(TICKET)));
    assert_eq!(running(pool).await.unwrap(), found);
    let all = page(pool, 10, None).await.unwrap();
    let names: Vec<&str> = all.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Backup check", "Restore test"]);
    assert!(all[0].stopped && all[0].recurrence_id == STOPPED);
    assert_eq!(page(pool, 10, Some(STOPPED)).await.unwrap(), found);
    assert_eq!(count(pool).await.unwrap(), 2);
}
