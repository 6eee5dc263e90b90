//! Facts to rows, and pages of rows.

use super::{by_ids, count, page};
use crate::testing::World;
use crate::testing::desk::TEMPLATE;

#[tokio::test]
async fn a_row_says_what_tickets_start_with() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let found = by_ids(pool, &[TEMPLATE]).await.unwrap();
    assert_eq!((found[0].name.as_str(), found[0].version), ("Chair", 3));
    assert_eq!(found[0].content.title, "A new chair");
    assert!(found[0].retired);
    assert_eq!(page(pool, true, true, 10, None).await.unwrap(), found);
    assert!(page(pool, false, false, 10, None).await.unwrap().is_empty());
    assert!(page(pool, true, false, 10, Some(TEMPLATE)).await.unwrap().is_empty());
    assert_eq!(count(pool, true, false).await.unwrap(), 1);
    assert_eq!(count(pool, false, true).await.unwrap(), 0);
}
