//! What sealing costs those who append meanwhile: commands on a fixed schedule with and without it, in
//! turns. Nothing else runs, no view either, so it is the one difference.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::{Mutex, mpsc};
use tokio::time::sleep;

use super::Log;
use super::sealing::Sealing;
use crate::Fault;
use crate::generator::{Commands, Organisation};
use crate::load::{Latency, median_of};
use crate::report::{Line, Section};
use crate::schedule::{send, senders};

/// Commands a second: the first of these that the machine can do, sealing or not.
const RATES: [u32; 4] = [5_000, 2_000, 1_000, 500];
/// Of what was due, how much is acknowledged within the time by who keeps up.
const KEPT_UP: f64 = 0.98;
/// For finding that out.
const TRIED: Duration = Duration::from_secs(3);
/// One side of a pair, and pairs: a p99 differs by more than the bar from round to round.
const SIDE: Duration = Duration::from_secs(5);
const PAIRS: u64 = 9;
/// Between two sides: what the one before left is done then.
const REST: Duration = Duration::from_millis(500);
/// What the p99 may be with sealing, of what it is without.
const BAR: f64 = 1.05;

/// Runs it.
pub(super) async fn run(log: &mut Log<'_>, section: &mut Section) -> Result<(), Fault> {
    let organisation = Arc::new(Organisation::strangers(log.run.seed));
    let mut pairs = Pairs { senders: senders(&organisation, (log.run, 31_000)), log };
    let rate = pairs.rate(section).await?;
    let mut sides = [Vec::new(), Vec::new()];
    for pair in 0..PAIRS {
        // The log grows, so neither is always the second one.
        for on in if pair % 2 == 0 { [false, true] } else { [true, false] } {
            let (times, _) = pairs.side(on, (rate, SIDE)).await?;
            sides[usize::from(on)].push(Latency::of(times));
        }
    }
    let both = sides[0].iter().zip(&sides[1]);
    let ratios: Vec<f64> = both.map(|(without, with)| ratio_of(with.p99, without.p99)).collect();
    let [without, with] = sides.map(middle);
    let ratio = median_of(ratios.clone());
    let line = |what| Line::new(format!("due → acknowledged, {what}")).rate(f64::from(rate));
    section.push(line("nothing is sealed").latency(without));
    let between = format!("p99 with / p99 without, the median of {PAIRS} pairs: {}", span(&ratios));
    let line = line("everything is sealed and signed").latency(with).remark(between).ratio(ratio);
    section.push(line.bar(format!("≤ {BAR} ×"), ratio <= BAR));
    Ok(())
}

struct Pairs<'p, 'l> {
    senders: Vec<Arc<Mutex<Commands>>>,
    log: &'p mut Log<'l>,
}

impl Pairs<'_, '_> {
    /// The first rate that is kept up with, sealing or not.
    async fn rate(&mut self, section: &mut Section) -> Result<u32, Fault> {
        for rate in RATES {
            let mut kept = 1.0_f64;
            for on in [false, true] {
                let (_, share) = self.side(on, (rate, TRIED)).await?;
                kept = kept.min(share);
            }
            if kept >= KEPT_UP {
                return Ok(rate);
            }
            section.note(format!(
                "**{rate} commands a second are more than this machine can do**: {:.0} % of them \
                 were acknowledged within the time.",
                kept * 100.0
            ));
        }
        Err("no rate is low enough".into())
    }

    /// How long each command took since it was due, and how much was acknowledged within the time.
    async fn side(
        &mut self,
        on: bool,
        (rate, span): (u32, Duration),
    ) -> Result<(Vec<Duration>, f64), Fault> {
        let before = self.log.count().await?;
        let sealing = if on { Some(Sealing::begin(self.log)?) } else { None };
        if let Some(sealing) = &sealing {
            sealing.signed(before).await?;
        }
        sleep(REST).await;
        let (said, mut heard) = mpsc::unbounded_channel();
        let end = Instant::now() + span;
        send(&self.log.alone.journal, &self.senders, (rate, span), said).await?;
        let (mut times, mut within) = (Vec::new(), 0.0);
        while let Some(committed) = heard.recv().await {
            times.push(committed.took);
            within += f64::from(u8::from(committed.at <= end));
        }
        if let Some(sealing) = sealing {
            sealing.end().await;
        }
        let share = within / times.len() as f64;
        Ok((times, share))
    }
}

/// The round in the middle.
fn middle(mut rounds: Vec<Latency>) -> Latency {
    rounds.sort_by_key(|round| round.p99);
    rounds.get(rounds.len() / 2).copied().unwrap_or_default()
}

fn ratio_of(ours: Duration, reference: Duration) -> f64 {
    ours.as_secs_f64() / reference.as_secs_f64()
}

fn span(ratios: &[f64]) -> String {
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let most = ratios.iter().copied().fold(0.0, f64::max);
    format!("{least:.2} to {most:.2}")
}
