//! Definitions to rows, and the classes of any day.

use super::{Classes, catalogue_at};
use crate::testing::World;
use crate::testing::items::{ITEM, SERVER};

#[tokio::test]
async fn classes_are_known_as_they_are_and_as_they_were() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let classes = Classes::default();
    let now = classes.now(pool).await.unwrap();
    let server = now.by_id(SERVER).unwrap();
    assert_eq!((server.version, server.lineage.as_slice()), (2, [SERVER, ITEM].as_slice()));
    assert!(server.attribute("ram").is_some() && server.relation("depends_on").is_some());
    assert!(std::sync::Arc::ptr_eq(&now, &classes.now(pool).await.unwrap()));
    let row: (i64,) =
        sqlx::query_as("select min(until_seq) from ci_classes").fetch_one(pool).await.unwrap();
    let before = catalogue_at(pool, row.0 - 1).await.unwrap();
    assert_eq!(before.by_id(SERVER).unwrap().version, 1);
    assert!(before.by_id(SERVER).unwrap().attribute("ram").is_none());
    assert_eq!(*classes.at(pool, Some(row.0)).await.unwrap(), *now);
    assert_eq!(catalogue_at(pool, 0).await.unwrap().classes().count(), 0);
}
