//! Facts to rows, and pages of rows.

use super::{Withdrawn, by_ids, count, page};
use crate::testing::World;
use crate::testing::items::{AGREED, BEFORE};

#[tokio::test]
async fn a_row_says_which_moment_has_which_name() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let before = by_ids(pool, &[BEFORE]).await.unwrap().pop().unwrap();
    assert_eq!((before.name.as_str(), before.position, before.version), ("Before the racks", 3, 2));
    assert_eq!((before.note.as_deref(), before.withdrawn_at), (Some("New racks."), None));
    let agreed = by_ids(pool, &[AGREED]).await.unwrap().pop().unwrap();
    // Where nothing is said, it is the moment of the naming itself.
    assert!(agreed.position > before.position);
    assert!(agreed.withdrawn_at.is_some());

    let all = [agreed, before.clone()];
    assert_eq!(page(pool, Withdrawn::With, 10, None).await.unwrap(), all);
    assert_eq!(page(pool, Withdrawn::With, 1, None).await.unwrap(), all[..1]);
    assert_eq!(page(pool, Withdrawn::With, 1, Some(AGREED)).await.unwrap(), all[1..]);
    assert_eq!(page(pool, Withdrawn::Without, 10, None).await.unwrap(), [before]);
    assert_eq!(count(pool, Withdrawn::With).await.unwrap(), 2);
    assert_eq!(count(pool, Withdrawn::Without).await.unwrap(), 1);
}
