//! Appends that share a statement: one transaction, each with its own receipt.

use std::collections::BTreeSet;

use domain::kernel::{ClaimChange, ClaimKey};

use super::written_together;
use crate::append::{Append, AppendError, ClaimOf, CommandRecord, Receipt};
use crate::testing::{World, command, id, stopped, ticket};

pub(super) fn of(stream: u128, expected: i64, command: Option<CommandRecord>) -> Append {
    let streams = vec![ticket(stream, expected, vec![stopped(stream), stopped(1)])];
    Append { streams, command, ..Append::default() }
}

pub(super) fn claiming(mut append: Append, change: ClaimChange) -> Append {
    let aggregate_id = append.streams[0].aggregate_id;
    append.claims.push(ClaimOf { aggregate_type: "ticket", aggregate_id, change });
    append
}

pub(super) fn hold(key: &str) -> ClaimChange {
    ClaimChange::Hold { scope: "x", key: ClaimKey::Plain(key.to_owned()) }
}

pub(super) fn release(key: &str) -> ClaimChange {
    ClaimChange::Release { scope: "x", key: ClaimKey::Plain(key.to_owned()) }
}

#[tokio::test]
async fn a_group_is_one_transaction_and_each_gets_the_place_of_its_own_last_event() {
    let world = World::new().await;
    let appends: Vec<Append> = (1..=20).map(|n| of(n, 0, Some(command(n, 1)))).rev().collect();
    let (groups, outcomes) = written_together(&world.journal, &appends).await;
    assert_eq!(groups, [20]);
    let receipts: Vec<Receipt> = outcomes.into_iter().map(Result::unwrap).collect();
    let transactions: BTreeSet<i64> = receipts.iter().map(|r| r.token.unwrap().xid).collect();
    assert_eq!(transactions.len(), 1);
    for (append, receipt) in appends.iter().zip(receipts) {
        assert_eq!(receipt.streams, append.versions());
        let stream = append.streams[0].aggregate_id;
        let last = "select max(position) from journal.events where aggregate_id =";
        let last = world.number(&format!("{last} '{stream}'")).await;
        assert_eq!(receipt.token.unwrap().position, last);
        let again = world.journal.answered(append.command.as_ref().unwrap()).await.unwrap();
        assert_eq!(again, Some(Receipt { replayed: true, ..receipt }));
    }
}

#[tokio::test]
async fn twins_make_one_effect_and_the_second_hears_the_first_receipt() {
    let world = World::new().await;
    let twin = || of(1, 0, Some(command(1, 1)));
    let other_input = of(2, 0, Some(command(1, 2)));
    let (groups, outcomes) =
        written_together(&world.journal, &[twin(), of(3, 0, None), twin(), other_input]).await;
    assert_eq!(groups, [2, 1, 1]);
    let Ok(first) = &outcomes[0] else { panic!("{outcomes:?}") };
    let Err(AppendError::Repeated(second)) = &outcomes[2] else { panic!("{outcomes:?}") };
    assert_eq!(*second, Receipt { replayed: true, ..first.clone() });
    assert!(matches!(outcomes[3], Err(AppendError::KeyReused)), "{outcomes:?}");
    assert_eq!(world.number("select count(*) from journal.events").await, 4);
}

#[tokio::test]
async fn a_key_changes_hands_between_two_that_wait() {
    let world = World::new().await;
    let appends = [
        claiming(of(1, 0, None), hold("a")),
        claiming(of(1, 2, None), release("a")),
        claiming(of(2, 0, None), hold("a")),
        claiming(claiming(of(3, 0, None), release("a")), hold("a")),
        of(4, 0, None),
    ];
    let (groups, outcomes) = written_together(&world.journal, &appends).await;
    assert_eq!(groups, [2, 1, 1, 1]);
    assert!(outcomes.iter().all(Result::is_ok), "{outcomes:?}");
    let holder = "select count(*) from journal.claims where aggregate_id =";
    assert_eq!(world.number(&format!("{holder} '{}'", id(3))).await, 1);
}

#[tokio::test]
async fn commands_without_events_share_a_statement_too() {
    let world = World::new().await;
    let nothing = |n| Append {
        streams: vec![ticket(1, 5, Vec::new())],
        command: Some(command(n, 1)),
        ..Append::default()
    };
    let appends = [nothing(1), nothing(2), of(1, 0, Some(command(3, 1)))];
    let (groups, outcomes) = written_together(&world.journal, &appends).await;
    assert_eq!(groups, [3]);
    let tokens: Vec<_> = outcomes.into_iter().map(|outcome| outcome.unwrap().token).collect();
    assert!(tokens[0].is_none() && tokens[1].is_none() && tokens[2].is_some());
    let again = world.journal.answered(&command(1, 1)).await.unwrap().unwrap();
    assert_eq!(again.token, None);
}
