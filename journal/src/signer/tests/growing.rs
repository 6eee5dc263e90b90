//! Signing what is new.

use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::watch;

use super::{Desk, names};
use crate::signer::error::SignError;
use crate::signer::signing::Signing;
use crate::signer::{Answer, Beside, Carrier, run};

/// The policy names no witnesses: nobody is asked.
#[derive(Debug)]
struct Nobody;

impl Carrier for Nobody {
    fn carry(&self, url: String, _: String) -> BoxFuture<'_, Result<Answer, String>> {
        async move { panic!("{url} was asked") }.boxed()
    }
}

#[tokio::test]
async fn each_step_signs_what_is_new_and_nothing_twice() {
    let desk = Desk::new().await;
    let mut conn = desk.conn().await;
    let mut signing = Signing::open(&desk.folder(), &mut conn).await.unwrap();
    assert_eq!(signing.step(&mut conn).await.unwrap(), None, "nothing has happened");
    let mut expected = Vec::new();
    let mut size = 0;
    for (stream, events) in (1..).zip([1, 254, 1, 1, 300]) {
        desk.happen(stream, events).await;
        size += events;
        assert_eq!(signing.step(&mut conn).await.unwrap(), Some(size));
        assert_eq!(signing.step(&mut conn).await.unwrap(), None);
        expected.push(size);
    }
    let sizes: Vec<u64> = desk.checkpoints().iter().map(|signed| signed.size).collect();
    assert_eq!(sizes, expected);
    desk.assert_sound().await;
    let log = desk.folder().log().to_owned();
    assert_eq!(names(&log), ["checkpoint", "checkpoints", "policy", "tile"]);
    // Beginnings of tiles that are whole are gone; that of the last one is there.
    assert_eq!(names(&log.join("tile/0")), ["000", "001", "002.p"]);
}

#[tokio::test]
async fn who_starts_again_goes_on_with_and_without_the_tiles() {
    let desk = Desk::new().await;
    for (stream, lost) in [(1, ""), (2, ""), (3, "tile"), (4, "tile/1"), (5, "checkpoint")] {
        desk.happen(stream, 200).await;
        assert_eq!(desk.sign().await.unwrap(), Some(200 * u64::from(stream)));
        desk.assert_sound().await;
        if !lost.is_empty() {
            let lost = desk.folder().log().join(lost);
            let gone = if lost.is_dir() {
                std::fs::remove_dir_all(lost)
            } else {
                std::fs::remove_file(lost)
            };
            gone.unwrap();
            assert_eq!(desk.sign().await.unwrap(), None);
        }
    }
}

#[tokio::test]
async fn one_of_two_signers_works_and_the_other_takes_over() {
    let desk = Desk::new().await;
    desk.happen(1, 3).await;
    let mut conn = desk.conn().await;
    let mut first = Signing::open(&desk.folder(), &mut conn).await.unwrap();
    let second = desk.sign().await;
    assert!(matches!(second, Err(SignError::Locked(_))));
    assert_eq!(first.step(&mut conn).await.unwrap(), Some(3));
    drop(first);
    desk.happen(2, 3).await;
    assert_eq!(desk.sign().await.unwrap(), Some(6));
    desk.assert_sound().await;
}

#[tokio::test]
async fn another_machine_takes_over_what_was_signed_if_it_has_the_key() {
    let desk = Desk::new().await;
    desk.happen(1, 300).await;
    desk.sign().await.unwrap();
    let other = Desk { world: desk.world, data: tempfile::TempDir::new().unwrap() };
    assert!(matches!(other.sign().await, Err(SignError::NotOurs(_))), "another key");
    std::fs::remove_dir_all(other.folder().log()).unwrap();
    std::fs::copy(desk.data.path().join("log.key"), other.data.path().join("log.key")).unwrap();
    other.happen(2, 3).await;
    assert_eq!(other.sign().await.unwrap(), Some(303));
    other.assert_sound().await;
}

/// What a running signer has, and who hears why it stops.
pub(super) fn beside(desk: &Desk) -> (Beside, watch::Receiver<Option<String>>) {
    let (alarm, told) = watch::channel(None);
    (Beside { folder: desk.folder(), carrier: Arc::new(Nobody), alarm }, told)
}

#[tokio::test]
async fn a_running_signer_follows_the_sequencer() {
    let desk = Desk::new().await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let journal = desk.world.journal.clone();
    let (beside, _) = beside(&desk);
    let running = tokio::spawn(run(journal, desk.world.options(), beside, stopped));
    desk.happen(1, 5).await;
    desk.happen(2, 5).await;
    crate::testing::soon("all of it is signed", async {
        let path = desk.folder().checkpoints();
        while !path.exists() || desk.checkpoints().last().is_none_or(|last| last.size < 10) {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    })
    .await;
    stop.send(true).unwrap();
    crate::testing::soon("it ends", running).await.unwrap();
    // It may have been stopped between two of its writes.
    assert_eq!(desk.sign().await.unwrap(), None);
    desk.assert_sound().await;
}
