//! Killed at any point: nothing is lost, nothing is signed twice, the root is the same.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;

use super::Desk;
use crate::signer::signing::Signing;

/// Lets a future be asked so many times, then drops it; whether it was done before.
async fn asked<T>(times: u32, future: impl Future<Output = T>) -> bool {
    let mut future = pin!(future);
    let mut asked = 0;
    std::future::poll_fn(|context| {
        asked += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if asked >= times => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

#[tokio::test]
async fn t10_a_signer_killed_at_any_of_its_waits_leaves_what_the_next_one_finishes() {
    let desk = Desk::new().await;
    let (mut stream, mut done) = (0, 0);
    for times in 1..31 {
        stream += 1;
        desk.happen(stream, 37).await;
        let folder = desk.folder();
        let mut conn = desk.conn().await;
        let life = async {
            let mut signing = Signing::open(&folder, &mut conn).await.unwrap();
            signing.step(&mut conn).await.unwrap()
        };
        done += u32::from(asked(times, life).await);
        // Every third time the next one is killed as well, before anybody finishes.
        if times % 3 > 0 {
            desk.sign().await.unwrap();
        }
        if times % 7 == 0 {
            desk.assert_sound().await;
        }
    }
    desk.sign().await.unwrap();
    desk.assert_sound().await;
    assert!((1..30).contains(&done), "some were killed and some were not: {done}");
}

#[tokio::test]
async fn a_checkpoint_that_was_half_written_is_written_again() {
    let desk = Desk::new().await;
    desk.happen(1, 3).await;
    desk.sign().await.unwrap();
    let path = desk.folder().checkpoints();
    let whole = std::fs::read(&path).unwrap();
    desk.happen(2, 3).await;
    desk.sign().await.unwrap();
    let both = std::fs::read(&path).unwrap();
    for end in whole.len()..both.len() {
        std::fs::write(&path, &both[..end]).unwrap();
        desk.sign().await.unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), both, "cut at {end}");
    }
    desk.assert_sound().await;
}

#[tokio::test]
async fn the_end_of_a_long_file_is_found() {
    let desk = Desk::new().await;
    let mut conn = desk.conn().await;
    let mut signing = Signing::open(&desk.folder(), &mut conn).await.unwrap();
    for stream in 1..=80 {
        desk.happen(stream, 1).await;
        signing.step(&mut conn).await.unwrap();
    }
    drop(signing);
    assert!(std::fs::metadata(desk.folder().checkpoints()).unwrap().len() > 3 * 4_096);
    desk.happen(81, 1).await;
    assert_eq!(desk.sign().await.unwrap(), Some(81));
    assert_eq!(desk.checkpoints().len(), 81);
}
