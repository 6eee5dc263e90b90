//! The switches of a run, and its chance: the same seed makes the same choices.

use rand::SeedableRng;
use rand::rngs::StdRng;

/// A number from the environment.
#[expect(clippy::disallowed_methods, reason = "the switches of the test run")]
pub(crate) fn switch(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// The seed of this run, said aloud: `ANNALS_SEED` repeats it.
#[expect(clippy::disallowed_methods, reason = "a run without a seed is a new one")]
pub(crate) fn seed() -> u64 {
    let seed = switch("ANNALS_SEED").unwrap_or_else(rand::random);
    eprintln!("ANNALS_SEED={seed}");
    seed
}

/// Choices from a seed; parts of a run have their own, so that they do not hang on each other.
pub(crate) fn chance(seed: u64, part: u64) -> StdRng {
    StdRng::seed_from_u64(seed.wrapping_add(part.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
}
