//! A sample that anybody can draw again: a seed, and the lowest hashes.

use domain::compliance_report::Draw;
use sha2::{Digest, Sha256};

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
