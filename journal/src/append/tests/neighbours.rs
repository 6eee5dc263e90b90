//! Nobody fails for a neighbour: each member of a group hears its own answer.

use super::group::{claiming, hold, of, release};
use super::written_together;
use crate::append::{Append, AppendError, Receipt};
use crate::testing::{World, command, id, ticket};

/// Streams 1 and 2 have two events each; 2 holds `taken`, and its command was number 2.
async fn prepared() -> (World, Receipt) {
    let world = World::new().await;
    world.journal.append(&of(1, 0, None)).await.unwrap();
    let holding = claiming(of(2, 0, Some(command(2, 1))), hold("taken"));
    let receipt = world.journal.append(&holding).await.unwrap();
    (world, receipt)
}

#[tokio::test]
async fn each_member_of_a_group_gets_its_own_answer_and_the_good_are_stored() {
    let (world, first) = prepared().await;
    let good = |n| of(n, 0, Some(command(n, 1)));
    let mut appends: Vec<Append> = (10..40).map(good).collect();
    appends.extend([
        of(1, 0, None),
        of(2, 2, Some(command(2, 1))),
        of(3, 0, Some(command(2, 9))),
        claiming(of(4, 0, None), hold("taken")),
        claiming(of(5, 0, None), hold("free")),
    ]);
    appends.extend((50..60).map(good));
    let (groups, outcomes) = written_together(&world.journal, &appends).await;
    assert_eq!(groups, [44, 1]);
    for (append, outcome) in appends.iter().zip(outcomes) {
        let stream = append.streams[0].aggregate_id.as_u128();
        match (stream, outcome) {
            (1, Err(AppendError::Stale { aggregate_id, expected: 0, actual: 2 })) => {
                assert_eq!(aggregate_id, id(1));
            }
            (2, Err(AppendError::Repeated(receipt))) => {
                assert_eq!(receipt, Receipt { replayed: true, ..first.clone() });
            }
            (3, Err(AppendError::KeyReused)) => {}
            (4, Err(AppendError::ClaimTaken { scope, holder })) => {
                assert_eq!((scope.as_str(), holder), ("x", id(2).to_string()));
            }
            (5.., Ok(receipt)) => assert_eq!(receipt.streams, append.versions()),
            (stream, outcome) => panic!("{stream}: {outcome:?}"),
        }
    }
    assert_eq!(world.number("select count(*) from journal.events").await, 4 + 2 * 41);
}

#[tokio::test]
async fn what_the_server_refuses_fails_alone() {
    let (world, _) = prepared().await;
    // Before the first event there is no event, and no text holds a zero byte.
    let before = |n| of(n, -1, None);
    let mut appends: Vec<Append> = (10..30).map(|n| of(n, 0, None)).collect();
    appends.insert(3, before(100));
    appends.insert(9, claiming(of(101, 0, None), hold("\0")));
    appends.insert(17, of(1, 0, None));
    let (groups, outcomes) = written_together(&world.journal, &appends).await;
    assert_eq!(groups, [23]);
    for (append, outcome) in appends.iter().zip(outcomes) {
        match (append.streams[0].aggregate_id.as_u128(), outcome) {
            (100 | 101, Err(AppendError::Journal(error))) => assert!(!error.is_transient()),
            (1, Err(AppendError::Stale { actual: 2, .. })) | (10..30, Ok(_)) => {}
            (stream, outcome) => panic!("{stream}: {outcome:?}"),
        }
    }
    assert_eq!(world.number("select count(*) from journal.events").await, 4 + 2 * 20);
}

#[tokio::test]
async fn a_key_that_an_append_itself_releases_is_not_taken_when_a_neighbour_is_stale() {
    let (world, _) = prepared().await;
    let mut handing_over = claiming(of(2, 2, None), release("taken"));
    handing_over.streams.push(ticket(6, 0, Vec::new()));
    let handing_over = claiming(handing_over, hold("taken"));
    let (groups, outcomes) =
        written_together(&world.journal, &[of(1, 0, None), handing_over]).await;
    assert_eq!(groups, [2]);
    assert!(matches!(outcomes[0], Err(AppendError::Stale { .. })), "{outcomes:?}");
    assert!(outcomes[1].is_ok(), "{outcomes:?}");
}
