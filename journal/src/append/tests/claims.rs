use domain::kernel::{ClaimChange, ClaimKey};

use crate::append::{Append, AppendError, ClaimOf};
use crate::journal::Journal;
use crate::testing::{World, all, id, stopped, ticket};

const SCOPE: &str = "ticket.number";

fn plain(key: &str) -> ClaimKey {
    ClaimKey::Plain(key.to_owned())
}

fn hold(key: ClaimKey) -> ClaimChange {
    ClaimChange::Hold { scope: SCOPE, key }
}

fn release(key: ClaimKey) -> ClaimChange {
    ClaimChange::Release { scope: SCOPE, key }
}

fn with(stream: u128, expected: i64, changes: impl IntoIterator<Item = ClaimChange>) -> Append {
    let of = |change| ClaimOf { aggregate_type: "ticket", aggregate_id: id(stream), change };
    Append {
        streams: vec![ticket(stream, expected, vec![stopped(1)])],
        claims: changes.into_iter().map(of).collect(),
        ..Append::default()
    }
}

async fn holder(journal: &Journal, key: &str) -> Option<uuid::Uuid> {
    journal.holders(SCOPE, &[plain(key)]).await.unwrap()[0]
}

#[tokio::test]
async fn a_taken_claim_names_its_scope_and_holder_and_nothing_is_appended() {
    let world = World::new().await;
    world.journal.append(&with(1, 0, [hold(plain("INC-1"))])).await.unwrap();
    let taken = world.journal.append(&with(2, 0, [hold(plain("INC-1"))])).await.unwrap_err();
    let AppendError::ClaimTaken { scope, holder } = &taken else { panic!("{taken}") };
    assert_eq!((scope.as_str(), holder), (SCOPE, &id(1).to_string()));
    assert!(world.journal.stream("ticket", id(2), 0).await.unwrap().is_empty());
    let keys = [plain("INC-2"), plain("INC-1")];
    assert_eq!(world.journal.holders(SCOPE, &keys).await.unwrap(), [None, Some(id(1))]);
    assert_eq!(world.journal.holders("other", &keys).await.unwrap(), [None, None]);
}

#[tokio::test]
async fn a_released_claim_is_free_for_others() {
    let world = World::new().await;
    world.journal.append(&with(1, 0, [hold(plain("INC-1"))])).await.unwrap();
    world.journal.append(&with(1, 1, [release(plain("INC-1"))])).await.unwrap();
    assert_eq!(holder(&world.journal, "INC-1").await, None);
    world.journal.append(&with(2, 0, [hold(plain("INC-1"))])).await.unwrap();
    assert_eq!(holder(&world.journal, "INC-1").await, Some(id(2)));
}

#[tokio::test]
async fn a_stale_append_moves_no_claim() {
    let world = World::new().await;
    world.journal.append(&with(1, 0, [hold(plain("INC-1"))])).await.unwrap();
    let changes = [release(plain("INC-1")), hold(plain("INC-2"))];
    let stale = world.journal.append(&with(1, 0, changes)).await;
    assert!(matches!(stale, Err(AppendError::Stale { .. })), "{stale:?}");
    assert_eq!(holder(&world.journal, "INC-1").await, Some(id(1)));
    assert_eq!(holder(&world.journal, "INC-2").await, None);
}

async fn take(journal: Journal, stream: u128) -> Result<(), AppendError> {
    let keys = if stream.is_multiple_of(2) { ["a", "b"] } else { ["b", "a"] };
    journal.append(&with(stream, 0, keys.map(|key| hold(plain(key))))).await.map(|_| ())
}

#[tokio::test]
async fn of_many_that_want_the_same_keys_in_any_order_one_gets_them_all() {
    let world = World::new().await;
    let handles = [world.another().await, world.another().await];
    let takers =
        (0..16usize).map(|n| tokio::spawn(take(handles[n % 2].clone(), n as u128))).collect();
    let (won, lost): (Vec<_>, Vec<_>) = all(takers).await.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    for lost in lost {
        assert!(matches!(lost, Err(AppendError::ClaimTaken { .. })), "{lost:?}");
    }
    assert_eq!(holder(&world.journal, "a").await, holder(&world.journal, "b").await);
    assert_eq!(world.number("select count(*) from journal.events").await, 1);
}

#[tokio::test]
async fn a_personal_key_is_stored_as_a_hash_that_every_process_finds_again() {
    let world = World::new().await;
    let key = ClaimKey::Personal("anna@example.org".to_owned());
    world.journal.append(&with(1, 0, [hold(key.clone())])).await.unwrap();
    let query = "select count(*) from journal.claims where key ~ '^[0-9a-f]{64}$'";
    assert_eq!(world.number(query).await, 1);
    let query = "select count(*) from journal.claims c where strpos(c::text, 'anna') > 0";
    assert_eq!(world.number(query).await, 0);
    let other = world.another().await;
    let held = other.holders(SCOPE, std::slice::from_ref(&key)).await.unwrap();
    assert_eq!(held, [Some(id(1))]);
    assert_eq!(other.holders("person.email", std::slice::from_ref(&key)).await.unwrap(), [None]);
    let taken = other.append(&with(2, 0, [hold(key)])).await;
    assert!(matches!(taken, Err(AppendError::ClaimTaken { .. })), "{taken:?}");
}

#[tokio::test]
async fn a_key_changes_hands_within_one_append() {
    let world = World::new().await;
    world.journal.append(&with(1, 0, [hold(plain("INC-1"))])).await.unwrap();
    let mut change = with(1, 1, [release(plain("INC-1"))]);
    let other = with(2, 0, [hold(plain("INC-1"))]);
    change.streams.extend(other.streams);
    change.claims.extend(other.claims);
    world.journal.append(&change).await.unwrap();
    assert_eq!(holder(&world.journal, "INC-1").await, Some(id(2)));
}
