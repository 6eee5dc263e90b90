//! Facts to rows, and pages of rows.

use domain::erasure::{Exemption, Phase};

use super::{by_ids, count, due, page};
use crate::testing::desk::LEAVER;
use crate::testing::erasures::{DONE, KEY, REFUSED, TAKEN_BACK};
use crate::testing::{AGENT, CLIENT, World};

#[tokio::test]
async fn a_row_says_how_far_it_has_come_and_in_the_end_what_was_destroyed() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[DONE]).await.unwrap();
    let row = &found[0];
    assert_eq!(
        (row.person_id, row.requester_id, row.phase),
        (LEAVER, Some(AGENT), Phase::Certified)
    );
    assert_eq!((row.why.as_str(), row.approved_by), ("The contract is over", Some(CLIENT)));
    assert_eq!((row.keys.clone(), row.version), ([KEY].into(), 6));
    let purge = row.purge.as_ref().unwrap();
    assert_eq!((purge.streams, purge.views["people"].rows, purge.besides["sessions"]), (1, 2, 1));
    assert!(row.begun_at < row.keys_destroyed_at && row.purged_at < row.certified_at);
    assert_eq!(row.certified_root.as_ref().map(String::len), Some(64));
}

#[tokio::test]
async fn a_no_says_why_and_what_was_taken_back_when() {
    let world = World::with_desk().await;
    let found = by_ids(world.pool(), &[REFUSED]).await.unwrap();
    assert_eq!((found[0].phase, found[0].refused_by), (Phase::Refused, Some(LEAVER)));
    assert_eq!(found[0].exemption, Some(Exemption::LegalClaims));
    assert_eq!(found[0].refused_why.as_deref(), Some("A claim is fought"));
    let found = by_ids(world.pool(), &[TAKEN_BACK]).await.unwrap();
    assert!(found[0].withdrawn_at > Some(found[0].requested_at));
}

#[tokio::test]
async fn pages_go_from_the_newest_and_what_is_settled_is_not_due() {
    let world = World::with_desk().await;
    let all = page(world.pool(), 10, None).await.unwrap();
    let ids: Vec<_> = all.iter().map(|row| row.erasure_id).collect();
    assert_eq!(ids, [TAKEN_BACK, REFUSED, DONE]);
    assert_eq!(page(world.pool(), 10, Some(REFUSED)).await.unwrap(), all[2..]);
    assert_eq!(count(world.pool()).await.unwrap(), 3);
    assert_eq!(due(world.pool(), 10).await.unwrap(), []);
}
