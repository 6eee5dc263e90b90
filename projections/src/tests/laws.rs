//! Random histories: what the append keeps is what the log folds to, and what a runner keeps that
//! is killed all the time is what a rebuild makes.

use std::collections::BTreeMap;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use domain::Fact;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::Connection;
use tokio::sync::watch;
use tokio::task::{JoinHandle, yield_now};

use crate::testing::desk::desk;
use crate::testing::{World, sla, story, stream_of};
use crate::{Runner, read_models, rebuild, schema};

/// Longer than catching up may take.
const LONG: Duration = Duration::from_secs(60);
/// Facts of an append, at most.
const TOGETHER: usize = 5;

/// How many histories are tried: one for each 32 of `ANNALS_CASES`, else two.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn histories() -> u64 {
    let cases: Option<u64> = std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok());
    (cases.unwrap_or(64) / 32).max(1)
}

/// The seed of the run, said aloud: `ANNALS_SEED` repeats it.
#[expect(clippy::disallowed_methods, reason = "a run without a seed is a new one")]
fn seed() -> u64 {
    let given = std::env::var("ANNALS_SEED").ok().and_then(|text| text.parse().ok());
    let seed = given.unwrap_or_else(rand::random);
    eprintln!("ANNALS_SEED={seed}");
    seed
}

/// Everything that can happen, each stream in its own order and the streams in any; in appends of
/// random sizes, up to a random end. Calendars come first: nothing names one that is not there.
fn history(dice: &mut StdRng) -> Vec<Vec<Fact>> {
    let mut streams: BTreeMap<_, VecDeque<Fact>> = BTreeMap::new();
    for fact in [story(), desk(), sla::tickets()].concat() {
        streams.entry(stream_of(&fact)).or_default().push_back(fact);
    }
    let mut streams: Vec<VecDeque<Fact>> = streams.into_values().collect();
    let all: usize = streams.iter().map(VecDeque::len).sum();
    let mut left = dice.random_range(all / 2..=all);
    let mut appends = vec![sla::calendars()];
    while left > 0 {
        let size = dice.random_range(1..=TOGETHER.min(left));
        let facts = (0..size).map(|_| {
            let index = dice.random_range(0..streams.len());
            let fact = streams[index].pop_front().expect("empty streams are taken out");
            if streams[index].is_empty() {
                streams.swap_remove(index);
            }
            fact
        });
        appends.push(facts.collect());
        left -= size;
    }
    appends
}

#[tokio::test]
async fn what_the_append_keeps_is_what_the_log_folds_to() {
    let seed = seed();
    for case in 0..histories() {
        let mut dice = StdRng::seed_from_u64(seed.wrapping_add(case));
        let world = World::new().await;
        for facts in history(&mut dice) {
            world.say_together(&facts).await;
        }
        world.settled().await;
        for model in read_models().iter().filter(|model| model.is_inline()) {
            let kept = world.digest(model.as_ref(), &schema::live(model.name())).await;
            let folded = format!("folded_{}", model.name());
            let size = dice.random_range(1..100);
            world.filled(model.as_ref(), &folded, size).await.close().await.unwrap();
            assert_eq!(kept, world.digest(model.as_ref(), &folded).await, "{}", model.name());
        }
    }
}

#[tokio::test]
async fn what_a_runner_keeps_that_is_killed_all_the_time_is_what_a_rebuild_makes() {
    let seed = seed();
    for case in 0..histories() {
        let mut dice = StdRng::seed_from_u64(seed.wrapping_add(case));
        let world = World::new().await;
        let mut process = Process::start(world.runner());
        for facts in history(&mut dice) {
            world.say_together(&facts).await;
            if dice.random_ratio(1, 4) {
                process.kill(dice.random_range(0..200)).await;
                process = Process::start(world.elsewhere().await);
            }
        }
        world.settled().await;
        process.runner.waiter().caught_up(LONG).await.unwrap();
        for model in read_models() {
            let report = rebuild(&world.journal, &world.options, &model, |_, _| {}).await.unwrap();
            assert_eq!(report.digest_before, report.digest_after, "{}", report.name);
        }
        process.kill(0).await;
    }
}

/// A runner that ends without a word, whatever it is at.
struct Process {
    runner: Arc<Runner>,
    task: JoinHandle<()>,
    /// Dropped, it would tell the runner to stop.
    _stop: watch::Sender<bool>,
}

impl Process {
    fn start(runner: Arc<Runner>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(Arc::clone(&runner).run(stopped));
        Self { runner, task, _stop: stop }
    }

    /// After it had its turn this often.
    async fn kill(self, turns: u32) {
        for _ in 0..turns {
            yield_now().await;
        }
        self.task.abort();
        // An error is what an aborted task ends with.
        let _ = self.task.await;
    }
}
