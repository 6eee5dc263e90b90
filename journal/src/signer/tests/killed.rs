//! Killed at any point: nothing is lost, nothing is signed twice, the root is the same.

use super::Desk;
use crate::signer::signing::Signing;
use crate::testing::{asked, cases};

/// Moments of a signer's life at which it is killed.
const POINTS: usize = 50;

#[tokio::test]
async fn t10_a_signer_killed_at_any_of_its_waits_leaves_what_the_next_one_finishes() {
    for _ in 0..(cases(POINTS) / POINTS).max(1) {
        let desk = Desk::new().await;
        let mut done = 0;
        for point in 1..=POINTS {
            desk.happen(u32::try_from(point).unwrap(), 37).await;
            let folder = desk.folder();
            let mut conn = desk.conn().await;
            let life = async {
                let mut signing = Signing::open(&folder, &mut conn).await.unwrap();
                signing.step(&mut conn).await.unwrap()
            };
            done += usize::from(asked(point, life).await);
            // Every third time the next one is killed as well, before anybody finishes.
            if point % 3 > 0 {
                desk.sign().await.unwrap();
            }
            if point % 7 == 0 {
                desk.assert_sound().await;
            }
        }
        desk.sign().await.unwrap();
        desk.assert_sound().await;
        assert!((1..POINTS).contains(&done), "some were killed and some were not: {done}");
    }
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
