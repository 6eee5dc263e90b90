//! What sealing costs those who append meanwhile: commands on a fixed schedule without it, with it, and
//! with signing too, in turns. Nothing else runs, no view either, so that is the one difference.

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

/// Commands a second: the first of these that the machine can do, whatever goes on.
const RATES: [u32; 4] = [5_000, 2_000, 1_000, 500];
/// Of what was due, how much is acknowledged within the time by who keeps up.
const KEPT_UP: f64 = 0.98;
/// For finding that out.
const TRIED: Duration = Duration::from_secs(3);
/// A side's turn, and how many it has: a p99 differs by more than the bar from one to the next.
const SPAN: Duration = Duration::from_secs(5);
const ROUNDS: usize = 9;
/// Between two sides: what the one before left is done then.
const REST: Duration = Duration::from_millis(500);
/// What the p99 may be with sealing, of what it is without in the same round.
const BAR: f64 = 1.05;

/// Runs it.
pub(super) async fn run(log: &mut Log<'_>, section: &mut Section) -> Result<(), Fault> {
    let organisation = Arc::new(Organisation::strangers(log.run.seed));
    let mut pairs = Pairs { senders: senders(&organisation, (log.run, 31_000)), log };
    let rate = pairs.rate(section).await?;
    let mut rounds = [Vec::new(), Vec::new(), Vec::new()];
    for round in 0..ROUNDS {
        // The log grows, so none is always the last one.
        let mut turns = SIDES;
        turns.rotate_left(round % SIDES.len());
        for side in turns {
            let (times, _) = pairs.side(side, (rate, SPAN)).await?;
            rounds[side as usize].push(Latency::of(times));
        }
    }
    for side in SIDES {
        let latency = middle(rounds[side as usize].clone());
        let line = Line::new(format!("due → acknowledged, {}", side.name()));
        let line = line.rate(f64::from(rate)).latency(latency);
        if matches!(side, Side::Off) {
            section.push(line);
            continue;
        }
        let both = rounds[side as usize].iter().zip(&rounds[Side::Off as usize]);
        let ratios: Vec<f64> = both.map(|(on, off)| ratio(on.p99, off.p99)).collect();
        let ratio = median_of(ratios.clone());
        let line = line.ratio(ratio).remark(format!("p99: {}", span(&ratios)));
        section.push(line.bar(format!("p99 ≤ {BAR} × off"), ratio <= BAR));
    }
    Ok(())
}

/// What goes on beside the commands.
#[derive(Debug, Clone, Copy)]
enum Side {
    Off,
    Sealing,
    Signing,
}

const SIDES: [Side; 3] = [Side::Off, Side::Sealing, Side::Signing];

impl Side {
    fn name(self) -> &'static str {
        match self {
            Self::Off => "sealing off",
            Self::Sealing => "sealing on, nothing is signed",
            Self::Signing => "sealing and signing on",
        }
    }
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
            for side in SIDES {
                let (_, share) = self.side(side, (rate, TRIED)).await?;
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
        side: Side,
        (rate, span): (u32, Duration),
    ) -> Result<(Vec<Duration>, f64), Fault> {
        let before = self.log.count().await?;
        // What the others left is done first.
        let sealing = match side {
            Side::Off => None,
            Side::Sealing => Some(Sealing::begin(self.log)),
            Side::Signing => Some(Sealing::begin(self.log).signing()?),
        };
        match (side, &sealing) {
            (Side::Signing, Some(sealing)) => sealing.signed(before).await?,
            (_, Some(sealing)) => sealing.sealed(before).await?,
            (_, None) => {}
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

fn ratio(ours: Duration, reference: Duration) -> f64 {
    ours.as_secs_f64() / reference.as_secs_f64()
}

fn span(ratios: &[f64]) -> String {
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let most = ratios.iter().copied().fold(0.0, f64::max);
    format!("{least:.2} to {most:.2} × off, the median of {} rounds", ratios.len())
}
