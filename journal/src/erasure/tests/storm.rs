use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{ANNA, CLEO, is_refused, ledger, of};
use crate::append::AppendError;
use crate::erasure::{Fence, NOTICED_WITHIN, search};
use crate::error::JournalError;
use crate::seal::SealError;
use crate::testing::{World, all, append, id, opened, solved, soon, ticket};
use tokio::time::sleep;

/// Writers in three processes.
const WRITERS: u128 = 12;

#[tokio::test]
async fn whoever_appends_meanwhile_leaves_nothing_that_can_be_read() {
    let world = World::new().await;
    let processes =
        [world.journal.clone(), world.another().await, world.another().await].map(Arc::new);
    let stop = Arc::new(AtomicBool::new(false));
    let writers = (0..WRITERS).map(|writer| {
        let (stop, journal) = (Arc::clone(&stop), Arc::clone(&processes[writer as usize % 3]));
        tokio::spawn(async move {
            let (mut stored, mut refused) = (0_i64, 0_i64);
            while !stop.load(Ordering::Relaxed) {
                let words = vec![solved(of(ANNA), "mine"), solved(of(CLEO), "hers")];
                match append(&journal, ticket(writer + 1, stored * 2, words)).await {
                    Ok(_) => stored += 1,
                    Err(AppendError::Journal(JournalError::Seal(SealError::Erased))) => {
                        refused += 1;
                        sleep(NOTICED_WITHIN / 50).await;
                    }
                    Err(error) => panic!("{error}"),
                }
            }
            (stored, refused)
        })
    });
    let writers: Vec<_> = writers.collect();
    soon("something is stored", async {
        while world.number("select count(*) from journal.events").await < 100 {
            sleep(NOTICED_WITHIN / 50).await;
        }
    })
    .await;
    let (ledger, _folder) = ledger();
    let keys = world.journal.keyring().destroy(ANNA, &ledger).await.unwrap();
    sleep(NOTICED_WITHIN).await;
    for (nr, journal) in processes.iter().enumerate() {
        assert!(is_refused(journal, 100 + nr as u128).await, "everybody has noticed");
    }
    let fence = Fence::now(&world.journal).await.unwrap();
    stop.store(true, Ordering::Relaxed);
    let told = all(writers).await;
    assert!(told.iter().all(|(stored, refused)| *stored > 0 && *refused > 0), "{told:?}");
    soon("what was being written is there", async {
        while !fence.has_passed(&world.journal).await.unwrap() {
            sleep(NOTICED_WITHIN / 50).await;
        }
    })
    .await;
    world.settle().await;
    let stored: i64 = told.iter().map(|(stored, _)| stored).sum();
    let found = search(world.journal.pool(), &keys, 0, stored * 2).await.unwrap();
    assert_eq!((found.events, found.streams.len()), (stored.unsigned_abs(), WRITERS as usize));
    for writer in 0..WRITERS {
        for event in processes[1].stream("ticket", id(writer + 1), 0).await.unwrap() {
            let solution = &event.payload["resolved"]["solution"];
            match event.sequence % 2 {
                1 => assert_eq!(solution["$erased"], true),
                _ => assert_eq!(solution["$personal"]["value"], "hers"),
            }
        }
    }
    // What others say goes on.
    append(&world.journal, ticket(200, 0, vec![opened(CLEO, "a", "b")])).await.unwrap();
}
