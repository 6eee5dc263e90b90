//! The appends that wait for a statement, first come first served.
//!
//! Bounded by weight: who finds it full waits for a place. Whoever takes appends from here never gets
//! two that touch the same thing, nor one that touches what is being written by another lane: that one
//! stays in front until the other is done. What moves premises goes alone. An append that was put here is written even if its caller
//! is gone.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, oneshot};

use super::bind::Bound;
use super::types::{AppendError, Receipt};

/// Writers at work at once. While one waits for the disk, another binds the next group; more of them
/// only make the groups smaller.
pub(super) const LANES: usize = 3;
/// Each further lane helps when so many more wait.
const FEW: usize = 2;
/// Appends a statement takes along.
const GROUP: usize = 128;
/// What they may weigh together; a single one may be heavier.
const GROUP_WEIGHT: usize = 2 * 1024 * 1024;
/// How far into the queue one looks for appends that get along with each other.
const LOOK: usize = 512;
/// What may wait.
const QUEUE_WEIGHT: usize = 32 * 1024 * 1024;

pub(super) type Answer = Result<Receipt, AppendError>;

/// An append on its way.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) bound: Bound,
    pub(super) since: Instant,
    answer: oneshot::Sender<Answer>,
    _place: OwnedSemaphorePermit,
}

/// See the module.
#[derive(Debug)]
pub(super) struct Queue {
    state: Mutex<State>,
    places: Arc<Semaphore>,
    wake: [Notify; LANES],
}

#[derive(Debug, Default)]
struct State {
    waiting: VecDeque<Waiting>,
    /// What appends touch that are being written.
    busy: HashSet<u64>,
    closed: bool,
    /// Lanes that wait for somebody else: as many others help, however few wait.
    held_up: usize,
}

/// The journal was closed.
#[derive(Debug)]
pub(super) struct Closed;

/// A lane that is held up.
#[derive(Debug)]
pub(super) struct HeldUp<'a>(&'a Queue);

impl Drop for HeldUp<'_> {
    fn drop(&mut self) {
        self.0.state().held_up -= 1;
    }
}

impl Default for Queue {
    fn default() -> Self {
        let places = Arc::new(Semaphore::new(QUEUE_WEIGHT));
        Self { state: Mutex::default(), places, wake: Default::default() }
    }
}

impl Queue {
    /// Waits for a place and takes it; the answer comes by the receiver.
    pub(super) async fn push(&self, bound: Bound) -> Result<oneshot::Receiver<Answer>, Closed> {
        let since = Instant::now();
        let weight = u32::try_from(bound.weight.min(QUEUE_WEIGHT)).unwrap_or(u32::MAX);
        let places = Arc::clone(&self.places);
        let place = places.acquire_many_owned(weight).await.map_err(|_| Closed)?;
        let (answer, answered) = oneshot::channel();
        let mut state = self.state();
        if state.closed {
            return Err(Closed);
        }
        state.waiting.push_back(Waiting { bound, since, answer, _place: place });
        self.rouse(&state);
        Ok(answered)
    }

    /// What this lane writes next, in one statement; none when the journal was closed and everything
    /// is written.
    pub(super) async fn take(&self, lane: usize) -> Option<Vec<Waiting>> {
        loop {
            {
                let mut state = self.state();
                let group = if state.calls(lane) { state.take() } else { Vec::new() };
                if !group.is_empty() {
                    let left = u32::try_from(state.waiting.len()).unwrap_or(u32::MAX);
                    metrics::gauge!("journal_append_queue").set(left);
                    self.rouse(&state);
                    return Some(group);
                }
                if state.closed && state.waiting.is_empty() {
                    return None;
                }
            }
            self.wake[lane].notified().await;
        }
    }

    /// Ends the way of some appends: what they touched is free again, their callers hear of it.
    pub(super) fn answer(&self, answered: impl IntoIterator<Item = (Waiting, Answer)>) {
        let answered: Vec<_> = answered.into_iter().collect();
        {
            let mut state = self.state();
            for key in answered.iter().flat_map(|(one, _)| &one.bound.keys) {
                state.busy.remove(key);
            }
            self.rouse(&state);
        }
        for (one, answer) in answered {
            metrics::histogram!("journal_append_seconds").record(one.since.elapsed());
            // Whoever is gone asks again, and then hears it.
            let _ = one.answer.send(answer);
        }
    }

    /// A lane waits for somebody else, until this is dropped.
    pub(super) fn held_up(&self) -> HeldUp<'_> {
        let mut state = self.state();
        state.held_up += 1;
        self.rouse(&state);
        HeldUp(self)
    }

    /// No append comes any more; those that wait are still written.
    pub(super) fn close(&self) {
        self.places.close();
        let mut state = self.state();
        state.closed = true;
        self.wake.iter().for_each(Notify::notify_one);
    }

    /// Nobody writes any more: whoever waits hears so.
    pub(super) fn abandon(&self) {
        self.close();
        self.state().waiting.clear();
    }

    fn rouse(&self, state: &State) {
        for (lane, wake) in self.wake.iter().enumerate() {
            if state.closed || state.calls(lane) {
                wake.notify_one();
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Every change is made whole under the lock, and nothing in it panics.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Whether there is something to do for this lane.
    fn calls(&self, lane: usize) -> bool {
        let waiting = self.waiting.len();
        waiting > FEW * lane || waiting > 0 && self.held_up >= lane
    }

    fn take(&mut self) -> Vec<Waiting> {
        let (mut group, mut weight) = (Vec::new(), 0);
        let mut passed = VecDeque::new();
        // What those who were passed over touch: nobody overtakes them.
        let mut before: HashSet<u64> = HashSet::new();
        while group.len() < GROUP && group.len() + passed.len() < LOOK {
            let Some(one) = self.waiting.pop_front() else { break };
            let alone = !one.bound.moved.is_empty();
            let heavy = alone || weight + one.bound.weight > GROUP_WEIGHT;
            let last = heavy && !group.is_empty();
            let taken = |key| self.busy.contains(key) || before.contains(key);
            if last || one.bound.keys.iter().any(taken) {
                before.extend(&one.bound.keys);
                passed.push_back(one);
                if last {
                    break;
                }
                continue;
            }
            weight += one.bound.weight;
            self.busy.extend(&one.bound.keys);
            group.push(one);
            if alone {
                break;
            }
        }
        while let Some(one) = passed.pop_back() {
            self.waiting.push_front(one);
        }
        group
    }
}
