//! The log as evidence: the proof of one event, and a bundle that is checked without any database. What
//! a bundle is checked for, and views are not, is the hash part of a verification.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use journal::bundle::{EVENTS, prove};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use super::sealing::Sealing;
use super::{Log, made};
use crate::Fault;
use crate::load::{Latency, median_of};
use crate::report::{Line, Section};
use crate::server::program;
use crate::watched::{Watched, watched};

/// Proofs of single events.
const PROOFS: usize = 500;
/// Within which most of them are to be answered.
const P95: Duration = Duration::from_millis(10);
/// Events a second that one core checks.
const CHECKED: f64 = 250_000.0;
/// So many events are to be checked within so many seconds, by all cores.
const MANY: (i64, f64) = (10_000_000, 120.0);
/// The most memory, in MiB.
const MEMORY: f64 = 512.0;

/// Runs it.
pub(super) async fn run(log: &mut Log<'_>, section: &mut Section) -> Result<(), Fault> {
    let all = log.count().await?;
    let sealing = Sealing::begin(log).signing()?;
    sealing.signed(all).await?;
    sealing.end().await;
    let latency = proven(log).await?;
    let line = Line::new(format!("proof of one event of {all}")).latency(latency);
    section.push(line.bar(format!("p95 ≤ {} ms", P95.as_millis()), latency.p95 <= P95));

    let folder = log.database.folder.join("everything");
    let path = folder.to_str().ok_or("the folder's path is no text")?;
    let exported = &mut program("replay", log.database, &["export", path, "--all"]);
    let exported = watched(exported).await?;
    let rate = all as f64 / exported.seconds;
    let line = Line::new(format!("replay export --all of {all} events, checked on the way"));
    section.push(line.rate(rate).remark(took(&exported)));
    let mut runs = Vec::new();
    for _ in 0..log.run.rounds {
        runs.push(watched(&mut verify(log, &folder)).await?);
    }
    section.push(line_of("as exported", (all, &runs)));

    let many = log.database.folder.join("many");
    made::bundle(&folder, &many, log.run.events)?;
    let bytes = std::fs::metadata(many.join(EVENTS))?.len();
    std::fs::remove_dir_all(&folder)?;
    let run = watched(&mut verify(log, &many)).await?;
    std::fs::remove_dir_all(&many)?;
    section.push(line_of("made of the same ones", (log.run.events, &[run])));
    let rate = log.run.events as f64 / run.seconds;
    let (events, seconds) = MANY;
    let line = Line::new(format!("the same {} events, by all cores", log.run.events)).rate(rate);
    let line = line.remark(took(&run));
    section.push(match log.run.events >= events {
        true => line.bar(format!("≤ {seconds} s"), run.seconds <= seconds),
        false => line.at_least(events as f64 / seconds, rate),
    });
    section.note(format!(
        "The bundle that was made has {} events, {:.1} GB without its tree: those of the exported \
         one, over and over, each time of other tickets. `ANNALS_BENCH_EVENTS` says how many; the \
         bar is of {events} within {seconds} s, which is {:.0} a second.",
        log.run.events,
        bytes as f64 / 1e9,
        events as f64 / seconds
    ));
    Ok(())
}

/// Proofs of events anywhere in the log, as a server answers them: what was signed is looked up anew for
/// each.
async fn proven(log: &Log<'_>) -> Result<Latency, Fault> {
    let size = log.anchor()?.size();
    let (mut dice, mut times) = (StdRng::seed_from_u64(log.run.seed), Vec::new());
    for _ in 0..PROOFS {
        let number = dice.random_range(1..=size);
        let began = Instant::now();
        let anchor = log.anchor()?;
        let mut conn = log.alone.journal.pool().acquire().await?;
        let proven = prove(&mut conn, &anchor, number).await?;
        times.push(began.elapsed());
        std::hint::black_box(proven);
    }
    Ok(Latency::of(times))
}

/// Whoever checks a bundle has no database; the policy is the bundle's own.
fn verify(log: &Log<'_>, bundle: &Path) -> Command {
    let mut command = Command::new(testbed::binary("replay"));
    command.args(["verify", "--bundle"]).arg(bundle).current_dir(&log.database.folder);
    command.env_remove("DATABASE_URL");
    command
}

/// What one core does, in the round in the middle, and the most memory of all.
fn line_of(which: &str, (events, runs): (i64, &[Watched])) -> Line {
    let rates = runs.iter().map(|run| events as f64 / run.core_seconds).collect();
    let (rate, peak) = (median_of(rates), runs.iter().map(|run| run.peak).fold(0.0, f64::max));
    Line::new(format!("replay verify --bundle of {events} events {which}, by one core"))
        .rate(rate)
        .remark(format!("{peak:.0} MiB at most"))
        .bar("≥ 250,000/s/core".to_owned(), rate >= CHECKED)
        .bar(format!("≤ {MEMORY} MiB"), peak <= MEMORY)
}

fn took(run: &Watched) -> String {
    let cores = run.core_seconds / run.seconds;
    format!("{:.1} s, {cores:.1} cores at work, {:.0} MiB at most", run.seconds, run.peak)
}
