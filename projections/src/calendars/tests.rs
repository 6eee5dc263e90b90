//! Facts to rows, and pages of rows.

use super::{by_ids, count, page};
use crate::testing::World;
use crate::testing::levels::CALENDAR;

#[tokio::test]
async fn a_row_says_how_a_calendar_was_last_defined() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let found = by_ids(pool, &[CALENDAR]).await.unwrap();
    assert_eq!((found[0].name.as_str(), found[0].version), ("Office", 2));
    assert_eq!(found[0].hours.holidays.len(), 2);
    assert_eq!(found[0].hours.weekly[0].closes.to_string(), "24:00");
    assert_eq!(page(pool, 10, None).await.unwrap(), found);
    assert!(page(pool, 10, Some(CALENDAR)).await.unwrap().is_empty());
    assert_eq!(count(pool).await.unwrap(), 1);
}
