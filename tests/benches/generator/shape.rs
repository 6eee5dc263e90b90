//! The shape of the real sample (`tests/data`: 2,000 incidents, 14,041 updates), counted once.
//!
//! Taken from it: how often a ticket is reassigned, waits, is reopened; its priority; how long it
//! takes; how unevenly units and callers share the tickets. Not taken: its texts, which it has none.

use domain::ticket::{PendingReason, Priority};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

/// Of 1,000 tickets, how many are reassigned so often: 0, 1, 2, … times.
const REASSIGNED: [u32; 8] = [505, 239, 104, 57, 33, 21, 13, 28];
/// Of 1,000 tickets: critical, high, normal, low.
const PRIORITIES: [(Priority, u32); 4] =
    [(Priority::Critical, 12), (Priority::High, 29), (Priority::Normal, 867), (Priority::Low, 92)];
/// Of 1,000 tickets, how many each unit has: the sample's first dozen, and the rest in eight.
pub(super) const UNITS: [u32; 20] =
    [232, 76, 65, 50, 47, 41, 36, 31, 29, 28, 26, 26, 45, 45, 45, 45, 44, 44, 44, 1];
/// Hours until a ticket is resolved, at these shares of all tickets.
const RESOLVED: [(f64, f64); 8] = [
    (0.0, 0.1),
    (0.10, 0.9),
    (0.25, 19.3),
    (0.50, 90.8),
    (0.75, 312.7),
    (0.90, 645.4),
    (0.99, 3719.3),
    (1.0, 5000.0),
];
/// What a ticket waits for, of 100 that wait.
const WAITS: [(PendingReason, u32); 4] = [
    (PendingReason::Caller, 92),
    (PendingReason::Problem, 6),
    (PendingReason::Vendor, 1),
    (PendingReason::Evidence, 1),
];
/// Of 1,000 tickets: those that wait for somebody, are reopened, name no unit at first.
pub(super) const WAITING: u32 = 330;
pub(super) const REOPENED: u32 = 13;
pub(super) const UNPLACED: u32 = 57;
/// The skew of callers: of so many, the busiest has 0.6 % of all tickets (the sample: 1 %).
const CALLERS: f64 = 1.5;

/// What texts are made of.
pub(super) const WORDS: [&str; 32] = [
    "printer",
    "mail",
    "network",
    "password",
    "account",
    "screen",
    "scanner",
    "slow",
    "broken",
    "since",
    "yesterday",
    "morning",
    "office",
    "branch",
    "till",
    "order",
    "invoice",
    "login",
    "error",
    "again",
    "restart",
    "does",
    "not",
    "start",
    "cable",
    "update",
    "colleague",
    "needs",
    "access",
    "please",
    "help",
    "urgent",
];

/// One of these, by its weight.
pub(super) fn weighted(
    chance: &mut ChaCha8Rng,
    weights: impl Iterator<Item = u32> + Clone,
) -> usize {
    let mut left = chance.random_range(0..weights.clone().sum::<u32>().max(1));
    for (index, weight) in weights.enumerate() {
        if left < weight {
            return index;
        }
        left -= weight;
    }
    0
}

/// Whether it is one of so many in a thousand.
pub(super) fn among(chance: &mut ChaCha8Rng, per_mille: u32) -> bool {
    chance.random_range(0..1000) < per_mille
}

pub(super) fn reassignments(chance: &mut ChaCha8Rng) -> usize {
    weighted(chance, REASSIGNED.into_iter())
}

pub(super) fn priority(chance: &mut ChaCha8Rng) -> Priority {
    PRIORITIES[weighted(chance, PRIORITIES.iter().map(|(_, weight)| *weight))].0
}

pub(super) fn wait(chance: &mut ChaCha8Rng) -> PendingReason {
    WAITS[weighted(chance, WAITS.iter().map(|(_, weight)| *weight))].0
}

/// Seconds until it is resolved.
pub(super) fn seconds_to_resolve(chance: &mut ChaCha8Rng) -> i64 {
    let share: f64 = chance.random();
    let between = RESOLVED.windows(2).find(|two| share <= two[1].0);
    let [(from, low), (to, high)] =
        between.map_or([RESOLVED[6], RESOLVED[7]], |two| [two[0], two[1]]);
    ((low + (high - low) * (share - from) / (to - from)) * 3600.0) as i64
}

/// A place among so many callers; the first have the most.
pub(super) fn caller(chance: &mut ChaCha8Rng, callers: usize) -> usize {
    let share: f64 = chance.random();
    ((share.powf(CALLERS) * callers as f64) as usize).min(callers.saturating_sub(1))
}
