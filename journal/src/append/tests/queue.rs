//! The queue alone: order, what gets along, bounds, and its end. Nothing is written here.

use tokio::sync::oneshot;

use crate::append::bind::Bound;
use crate::append::queue::{Answer, Queue, Waiting};
use crate::append::{AppendError, Receipt};
use crate::testing::soon;

/// An append that touches these things.
fn touching(keys: &[u64]) -> Bound {
    Bound { keys: keys.to_vec(), weight: 1, ..Bound::default() }
}

async fn push(queue: &Queue, keys: &[u64]) -> oneshot::Receiver<Answer> {
    queue.push(touching(keys)).await.unwrap()
}

async fn take(queue: &Queue) -> Vec<Waiting> {
    soon("something waits", queue.take(0)).await.unwrap()
}

fn keys(group: &[Waiting]) -> Vec<Vec<u64>> {
    group.iter().map(|one| one.bound.keys.clone()).collect()
}

fn done(queue: &Queue, group: Vec<Waiting>) {
    queue.answer(group.into_iter().map(|one| (one, Err(AppendError::Busy))));
}

#[tokio::test]
async fn whoever_touches_the_same_waits_for_the_next_round_and_keeps_the_place_in_front() {
    let queue = Queue::default();
    let mut answers = Vec::new();
    for one in [&[1][..], &[1, 2], &[2, 3], &[4], &[1], &[3]] {
        answers.push(push(&queue, one).await);
    }
    // 2 and 3 are free, but whoever came first for them waits.
    let first = take(&queue).await;
    assert_eq!(keys(&first), [vec![1], vec![4]]);
    answers.push(push(&queue, &[4]).await);
    done(&queue, first);
    let second = take(&queue).await;
    assert_eq!(keys(&second), [vec![1, 2], vec![4]]);
    done(&queue, second);
    let third = take(&queue).await;
    assert_eq!(keys(&third), [vec![2, 3], vec![1]]);
    done(&queue, third);
    let last = take(&queue).await;
    assert_eq!(keys(&last), [vec![3]]);
    done(&queue, last);
    for answer in answers {
        assert!(matches!(answer.await.unwrap(), Err(AppendError::Busy)));
    }
}

#[tokio::test]
async fn a_lane_takes_nothing_that_another_is_writing() {
    let queue = Queue::default();
    push(&queue, &[1]).await;
    let writing = take(&queue).await;
    push(&queue, &[1]).await;
    let mut next = Box::pin(queue.take(0));
    assert!(is_pending(&mut next).await, "it waits");
    done(&queue, writing);
    assert_eq!(keys(&soon("it is free", next).await.unwrap()), [[1]]);
}

/// Whether this has nothing to say yet.
async fn is_pending<T>(future: &mut (impl Future<Output = T> + Unpin)) -> bool {
    tokio::select! {
        biased;
        _ = future => false,
        () = std::future::ready(()) => true,
    }
}

#[tokio::test]
async fn another_lane_helps_when_some_wait_or_one_is_held_up() {
    let queue = Queue::default();
    let mut second = Box::pin(queue.take(1));
    for key in 0..2 {
        push(&queue, &[key]).await;
        assert!(is_pending(&mut second).await, "few wait");
    }
    push(&queue, &[2]).await;
    assert_eq!(soon("some wait", second).await.unwrap().len(), 3);
    push(&queue, &[100]).await;
    let mut second = Box::pin(queue.take(1));
    assert!(is_pending(&mut second).await, "few wait");
    let held_up = queue.held_up();
    assert_eq!(keys(&soon("the first is held up", second).await.unwrap()), [[100]]);
    drop(held_up);
    push(&queue, &[101]).await;
    assert!(is_pending(&mut Box::pin(queue.take(1))).await, "few wait");
}

#[tokio::test]
async fn a_full_queue_makes_its_callers_wait_for_a_place() {
    let queue = Queue::default();
    let heavy = || Bound { weight: 20 * 1024 * 1024, ..touching(&[1]) };
    let _first = queue.push(heavy()).await.unwrap();
    let mut second = Box::pin(queue.push(heavy()));
    assert!(is_pending(&mut second).await, "there is no place");
    done(&queue, take(&queue).await);
    soon("there is a place", second).await.unwrap();
}

#[tokio::test]
async fn a_group_is_bounded_in_number_and_in_weight() {
    let queue = Queue::default();
    for key in 0..200 {
        push(&queue, &[key]).await;
    }
    let sizes = [take(&queue).await.len(), take(&queue).await.len()];
    assert_eq!(sizes, [128, 72]);
    for key in 0..3 {
        queue.push(Bound { weight: 1_500_000, ..touching(&[1000 + key]) }).await.unwrap();
    }
    assert_eq!(keys(&take(&queue).await), [[1000]]);
}

#[tokio::test]
async fn a_closed_queue_takes_nothing_and_gives_what_it_has() {
    let queue = Queue::default();
    let answer = push(&queue, &[1]).await;
    queue.close();
    assert!(queue.push(touching(&[2])).await.is_err());
    let group = take(&queue).await;
    assert!(queue.take(0).await.is_none() && queue.take(1).await.is_none());
    let receipt = Receipt { token: None, streams: Vec::new(), replayed: false };
    queue.answer(group.into_iter().map(|one| (one, Ok(receipt.clone()))));
    assert_eq!(answer.await.unwrap().unwrap(), receipt);
}

#[tokio::test]
async fn whoever_waits_for_a_writer_that_is_gone_hears_so() {
    let queue = Queue::default();
    let answer = push(&queue, &[1]).await;
    queue.abandon();
    assert!(soon("it is told", answer).await.is_err());
}
