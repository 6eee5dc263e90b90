//! Facts to rows, and pages of rows.

use domain::service_account::Right;

use super::{by_ids, count, page};
use crate::testing::desk::LEAVER;
use crate::testing::service_accounts::{AGENT_ACCOUNT, FIRST, OLD_ACCOUNT, SECOND};
use crate::testing::{AGENT, World};

#[tokio::test]
async fn a_row_says_what_an_account_may_do_and_which_tokens_it_has() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let found = by_ids(pool, &[AGENT_ACCOUNT]).await.unwrap();
    assert_eq!((found[0].name.as_str(), found[0].version), ("Agent", 5));
    assert_eq!((found[0].owner_id, found[0].retired_at), (LEAVER, None));
    assert_eq!(found[0].rights, [Right::CiRegister, Right::CiCorrect].into());
    let tokens = &found[0].tokens;
    assert_eq!(tokens.iter().map(|it| it.token_id).collect::<Vec<_>>(), [FIRST, SECOND]);
    assert!(tokens[0].revoked_at > Some(tokens[1].issued_at));
    assert!(tokens[1].serves(tokens[1].issued_at) && !tokens[1].serves(tokens[1].ends_at));
    let old = by_ids(pool, &[OLD_ACCOUNT]).await.unwrap();
    assert!(old[0].retired_at.is_some() && old[0].owner_id == AGENT);
    assert_eq!(old[0].tokens[0].revoked_at, old[0].retired_at);
}

#[tokio::test]
async fn pages_go_by_name() {
    let world = World::with_desk().await;
    let pool = world.pool();
    let all = page(pool, 10, None).await.unwrap();
    let names: Vec<&str> = all.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Agent", "Scanner"]);
    assert_eq!(page(pool, 10, Some(AGENT_ACCOUNT)).await.unwrap(), all[1..]);
    assert_eq!(count(pool).await.unwrap(), 2);
}
