//! How long to wait after a failure.

use std::time::Duration;

use rand::Rng;

/// After the first failure; doubles with each further one.
const FIRST: Duration = Duration::from_millis(50);
/// Never longer.
const LONGEST: Duration = Duration::from_secs(10);

/// Doubling pauses, each shortened by chance, so that many who lost the same server do not come
/// back at once.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    pub(super) fn reset(&mut self) {
        self.failures = 0;
    }

    pub(super) fn next(&mut self) -> Duration {
        let doubled = FIRST.saturating_mul(1 << self.failures.min(10));
        self.failures = self.failures.saturating_add(1);
        doubled.min(LONGEST).mul_f64(share())
    }
}

/// Between a half and the whole.
#[expect(clippy::disallowed_methods, reason = "when to try again is no matter of a replay")]
fn share() -> f64 {
    rand::rng().random_range(0.5..=1.0)
}
