//! A sample that anybody can draw again: a seed, and the lowest hashes.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How many are drawn: what auditors ask for.
pub const SAMPLE_SIZES: [u8; 2] = [25, 40];

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Whatever the auditor chose; 1 to 100 characters.
    pub seed: String,
    /// How many of each population; one of [`SAMPLE_SIZES`].
    pub size: u8,
}

impl Draw {
    /// Whether it is within its bounds.
    pub fn fits(&self) -> bool {
        let visible = !self.seed.chars().any(char::is_control);
        (1..=100).contains(&self.seed.chars().count())
            && visible
            && SAMPLE_SIZES.contains(&self.size)
    }
}

/// Of these positions those whose SHA-256 of `seed LF population LF position` is lowest, in the
/// order of the log; all of them if there are no more.
pub fn drawn(draw: &Draw, population: &str, of: impl IntoIterator<Item = i64>) -> Vec<i64> {
    let rank = |position: i64| {
        let text = format!("{}\n{population}\n{position}", draw.seed);
        (<[u8; 32]>::from(Sha256::digest(text)), position)
    };
    let mut ranked: Vec<_> = of.into_iter().map(rank).collect();
    ranked.sort_unstable();
    ranked.dedup();
    let mut drawn: Vec<i64> =
        ranked.into_iter().take(draw.size.into()).map(|(_, position)| position).collect();
    drawn.sort_unstable();
    drawn
}
