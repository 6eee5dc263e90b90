use domain::kernel::{ClaimChange, ClaimKey};
use domain::ticket::Ticket;

use crate::append::{Append, BulkError, ClaimOf};
use crate::testing::{World, id, soon, stopped, ticket};

const SCOPE: &str = "ticket.number";

fn key(nr: u128) -> ClaimKey {
    ClaimKey::Plain(format!("INC-{nr}"))
}

/// Streams of these numbers, each with a key of its own.
fn of(numbers: std::ops::Range<u128>) -> Append {
    let mut append = Append::default();
    for nr in numbers {
        append.streams.push(ticket(nr, 0, vec![stopped(1), stopped(2)]));
        let change = ClaimChange::Hold { scope: SCOPE, key: key(nr) };
        append.claims.push(ClaimOf { aggregate_type: "ticket", aggregate_id: id(nr), change });
    }
    append
}

async fn stored(world: &World, nr: u128) -> usize {
    world.journal.stream("ticket", id(nr), 0).await.unwrap().len()
}

#[tokio::test]
async fn what_is_appended_is_seen_within_and_by_others_when_it_is_committed() {
    let world = World::new().await;
    let mut bulk = world.journal.bulk().await.unwrap();
    let mut within = bulk.begin().await.unwrap();
    within.append(of(1..40)).await.unwrap();
    within.append(of(40..80)).await.unwrap();
    let keys = [key(100), key(7), key(79)];
    let holders = [None, Some(id(7)), Some(id(79))];
    assert_eq!(within.holders(SCOPE, &keys).await.unwrap(), holders);
    assert_eq!(world.journal.holders(SCOPE, &keys).await.unwrap(), [None; 3]);
    let loaded = within.load::<Ticket>(&[id(99), id(5)]).await.unwrap();
    assert_eq!(loaded.iter().map(|one| one.version).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(stored(&world, 5).await, 0);
    within.commit().await.unwrap();
    assert_eq!((stored(&world, 5).await, stored(&world, 79).await), (2, 2));
    assert_eq!(world.journal.holders(SCOPE, &keys).await.unwrap(), holders);
    soon("all is settled", world.settle()).await;
    assert!(world.check().await.tampering.is_none());
}

#[tokio::test]
async fn what_is_rolled_back_was_never_there() {
    let world = World::new().await;
    let mut bulk = world.journal.bulk().await.unwrap();
    let mut within = bulk.begin().await.unwrap();
    within.append(of(1..10)).await.unwrap();
    within.roll_back().await.unwrap();
    let mut within = bulk.begin().await.unwrap();
    within.append(of(10..20)).await.unwrap();
    drop(within);
    let within = bulk.begin().await.unwrap();
    within.commit().await.unwrap();
    assert_eq!((stored(&world, 5).await, stored(&world, 15).await), (0, 0));
    assert_eq!(world.journal.holders(SCOPE, &[key(5), key(15)]).await.unwrap(), [None, None]);
}

#[tokio::test]
async fn a_conflict_takes_one_append_back_and_leaves_the_others() {
    let world = World::new().await;
    world.journal.append(&of(5..6)).await.unwrap();
    let mut bulk = world.journal.bulk().await.unwrap();
    let mut within = bulk.begin().await.unwrap();
    within.append(of(1..3)).await.unwrap();
    assert!(matches!(within.append(of(3..8)).await, Err(BulkError::Conflict)));
    let mut taken = of(8..9);
    taken.claims[0].change = ClaimChange::Hold { scope: SCOPE, key: key(5) };
    assert!(matches!(within.append(taken).await, Err(BulkError::Conflict)));
    within.append(of(8..10)).await.unwrap();
    within.append(Append::default()).await.unwrap();
    within.commit().await.unwrap();
    let versions = [1, 2, 3, 5, 8, 9];
    let mut all = Vec::new();
    for nr in versions {
        all.push(stored(&world, nr).await);
    }
    assert_eq!(all, [2, 2, 0, 2, 2, 2]);
}
