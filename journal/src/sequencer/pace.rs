//! How long the leader waits before it looks for events of other processes.

use std::time::{Duration, Instant};

const SHORTEST: Duration = Duration::from_millis(1);
const LONGEST: Duration = Duration::from_millis(50);
/// It waits this part of the time for which nothing has come.
const PART: u32 = 8;

/// Under load the next event is near, so a look is cheap; an idle server is left alone.
#[derive(Debug)]
pub(super) struct Pace {
    busy: Instant,
}

impl Default for Pace {
    fn default() -> Self {
        Self { busy: Instant::now() }
    }
}

impl Pace {
    /// Something came.
    pub(super) fn busy(&mut self) {
        self.busy = Instant::now();
    }

    pub(super) fn wait(&self) -> Duration {
        after(self.busy.elapsed())
    }
}

fn after(quiet: Duration) -> Duration {
    (quiet / PART).clamp(SHORTEST, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_nothing_comes_the_longer_is_the_wait_within_bounds() {
        let wait = |quiet| after(Duration::from_millis(quiet)).as_millis();
        assert_eq!([0, 8, 80, 400, 60_000].map(wait), [1, 1, 10, 50, 50]);
    }
}
