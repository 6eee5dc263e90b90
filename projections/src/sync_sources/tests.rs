//! Facts to rows, and pages of rows.

use super::{all, by_ids, count, page};
use crate::testing::World;
use crate::testing::items::SCAN;

#[tokio::test]
async fn a_row_says_how_a_source_was_last_defined_and_when_it_ran() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let found = by_ids(pool, &[SCAN]).await.unwrap();
    assert_eq!((found[0].name.as_str(), found[0].rank, found[0].version), ("scan", 30, 4));
    assert_eq!((found[0].runs, found[0].definition.rank), (2, 30));
    assert!(found[0].last_run_at > found[0].earlier_run_at);
    assert_eq!(found[0].complete_at, found[0].earlier_run_at);
    assert_eq!(found[0].last_run.map(|run| (run.complete, run.new)), Some((false, 2)));
    assert_eq!(page(pool, 10, None).await.unwrap(), found);
    assert_eq!(all(pool).await.unwrap(), found);
    assert!(page(pool, 10, Some(SCAN)).await.unwrap().is_empty());
    assert_eq!(count(pool).await.unwrap(), 1);
}
