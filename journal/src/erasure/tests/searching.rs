use std::collections::BTreeSet;

use super::{ANNA, CLEO, ledger, of, told};
use crate::erasure::{Fence, Found, among, search};
use crate::error::JournalError;
use crate::testing::{World, because, id, opened, run, solved, stopped, ticket};
use uuid::Uuid;

fn streams(numbers: &[u128]) -> BTreeSet<(String, String)> {
    numbers.iter().map(|nr| ("ticket".to_owned(), id(*nr).to_string())).collect()
}

#[tokio::test]
async fn every_stream_with_a_word_or_a_reason_of_theirs_is_found_and_no_other() {
    let world = World::new().await;
    told(&world).await;
    let reason = because(stopped(1), of(ANNA), "why");
    world.append(ticket(2, 0, vec![stopped(1), reason.clone()])).await.unwrap();
    world.append(ticket(3, 0, vec![solved(of(CLEO), "x"), stopped(1)])).await.unwrap();
    world.append(ticket(4, 0, vec![opened(CLEO, "a", "b"), solved(of(ANNA), "y")])).await.unwrap();
    world.settle().await;
    let (ledger, _folder) = ledger();
    let keys = world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    let pool = world.journal.pool();
    let all = search(pool, &keys, 0, 8).await.unwrap();
    assert_eq!(all, Found { streams: streams(&[1, 2, 4]), events: 3, through: 8 });
    // Each event by itself.
    let mut events = 0;
    for after in 0..8 {
        events += search(pool, &keys, after, after + 1).await.unwrap().events;
    }
    assert_eq!(events, 3);
    let nobody = search(pool, &[Uuid::from_u128(1)].into(), 0, 8).await.unwrap();
    assert_eq!(nobody, Found { through: 8, ..Found::default() });
    assert_eq!(search(pool, &keys, 8, 8).await.unwrap(), Found { through: 8, ..Found::default() });
}

#[tokio::test]
async fn an_end_that_is_not_there_is_an_error_and_so_is_an_event_that_is_gone() {
    let world = World::new().await;
    told(&world).await;
    let (pool, keys) = (world.journal.pool(), BTreeSet::from([Uuid::from_u128(1)]));
    let beyond = search(pool, &keys, 0, 3).await;
    assert!(matches!(beyond, Err(JournalError::Gap { .. })), "{beyond:?}");
    world.tamper("delete from journal.events where sequence = 1").await;
    let gone = search(pool, &keys, 0, 2).await;
    assert!(matches!(gone, Err(JournalError::Gap { .. })), "{gone:?}");
}

#[tokio::test]
async fn of_some_streams_those_with_words_of_theirs_are_told() {
    let world = World::new().await;
    told(&world).await;
    world.append(ticket(2, 0, vec![because(stopped(1), of(ANNA), "why")])).await.unwrap();
    world.append(ticket(3, 0, vec![opened(CLEO, "a", "b")])).await.unwrap();
    let all = [1, 2, 3, 4].map(|nr| ("ticket", id(nr)));
    let journal = &world.journal;
    let told = async |person, streams: &[_]| among(journal, person, streams).await.unwrap();
    assert_eq!(told(ANNA, &all).await, [id(1), id(2)].into());
    assert_eq!(told(CLEO, &all).await, [id(1), id(3)].into());
    let others = [("conversation", id(1)), ("ticket", id(3))];
    assert_eq!(told(ANNA, &others).await, [].into());
    assert_eq!(told(domain::kernel::PersonId(id(0xee)), &all).await, [].into());
    // Who is erased already is asked about no less.
    let (ledger, _folder) = ledger();
    journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    assert_eq!(told(ANNA, &all).await, [id(1), id(2)].into());
}

#[tokio::test]
async fn pages_follow_each_other() {
    let world = World::new().await;
    let many = "insert into journal.events
            (aggregate_type, aggregate_id, sequence, event_type, event_version, payload, metadata)
        select 'ticket', '00000000-0000-0000-0000-000000000001', n, 'ticket.cancelled', '1',
            '{\"cancelled\":{}}', case n when 12000 then '{\"reason\":\"v1.00000000-0000-0000-0000-000000000009.x\"}' else '{}' end::json
        from generate_series(1, 12000) n";
    run(&mut world.superuser().await, many).await.unwrap();
    world.settle().await;
    let (pool, keys) = (world.journal.pool(), BTreeSet::from([Uuid::from_u128(9)]));
    let first = search(pool, &keys, 0, 12_000).await.unwrap();
    assert_eq!(first, Found { through: 10_000, ..Found::default() });
    let second = search(pool, &keys, first.through, 12_000).await.unwrap();
    assert_eq!(second, Found { streams: streams(&[1]), events: 1, through: 12_000 });
}

#[tokio::test]
async fn a_fence_has_passed_when_all_that_was_being_written_has_ended() {
    let world = World::new().await;
    let mut writing = world.superuser().await;
    run(&mut writing, "begin; select pg_current_xact_id()").await.unwrap();
    let fence = Fence::now(&world.journal).await.unwrap();
    // Whoever begins later is not waited for.
    let mut later = world.superuser().await;
    run(&mut later, "begin; select pg_current_xact_id()").await.unwrap();
    assert!(!fence.has_passed(&world.journal).await.unwrap());
    run(&mut writing, "rollback").await.unwrap();
    crate::testing::soon("it has passed", async {
        // Other databases of this server may still have older ones.
        while !fence.has_passed(&world.journal).await.unwrap() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await;
    assert!(!Fence::now(&world.journal).await.unwrap().has_passed(&world.journal).await.unwrap());
    run(&mut later, "rollback").await.unwrap();
}
