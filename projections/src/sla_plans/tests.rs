//! Facts to rows, and pages of rows.

use super::{by_ids, count, page};
use crate::testing::World;
use crate::testing::levels::{PLAN, plan};

#[tokio::test]
async fn a_row_says_how_a_plan_was_last_defined() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let found = by_ids(pool, &[PLAN]).await.unwrap();
    assert_eq!((found[0].name.as_str(), found[0].version), ("Platinum", 2));
    assert_eq!(found[0].definition, plan("Platinum"));
    assert_eq!(page(pool, 10, None).await.unwrap(), found);
    assert!(page(pool, 10, Some(PLAN)).await.unwrap().is_empty());
    assert_eq!(count(pool).await.unwrap(), 1);
}
