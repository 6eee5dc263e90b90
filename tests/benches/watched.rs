//! A program of ours that runs to its end, and what it took of the machine, as the kernel counts it.

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::Fault;

/// How often the memory is looked at; the kernel keeps the highest.
const LOOK: Duration = Duration::from_millis(20);
/// Of the kernel's accounts, in a second: the same on all that we run on.
const TICKS: f64 = 100.0;

/// What it took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Watched {
    /// From its start to its end.
    pub(crate) seconds: f64,
    /// Of all cores together, its own and the kernel's for it.
    pub(crate) core_seconds: f64,
    /// The most memory it had at once, in MiB.
    pub(crate) peak: f64,
}

type Seen = Result<Watched, Fault>;

/// Runs it; what it says is let go, unless it fails. Nothing else of ours may end meanwhile.
pub(crate) async fn watched(program: &mut Command) -> Seen {
    let (before, began) = (of_children()?, Instant::now());
    let mut child = program.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
    let mut peak = 0.0_f64;
    while child.try_wait()?.is_none() {
        // One that has just ended has none.
        peak = peak.max(kilobytes(child.id(), "status", "VmHWM:").unwrap_or_default() / 1_024.0);
        tokio::time::sleep(LOOK).await;
    }
    let seconds = began.elapsed().as_secs_f64();
    let ended = child.wait_with_output()?;
    if !ended.status.success() {
        let said = String::from_utf8_lossy(&ended.stderr);
        return Err(format!("{program:?}: {}: {said}", ended.status).into());
    }
    Ok(Watched { seconds, core_seconds: of_children()? - before, peak })
}

/// Seconds that children of ours that ended have computed.
fn of_children() -> Result<f64, Fault> {
    let text = fs::read_to_string("/proc/self/stat")?;
    // The name of the program, in brackets, may hold anything.
    let fields = text.rsplit_once(')').map(|(_, fields)| fields).unwrap_or_default();
    let mut fields = fields.split_whitespace().skip(13);
    let mut next = || -> Result<f64, Fault> {
        Ok(fields.next().ok_or("the system does not say how long children computed")?.parse()?)
    };
    Ok((next()? + next()?) / TICKS)
}

/// What a process has of something, by a file of its own.
pub(crate) fn kilobytes(pid: u32, file: &str, field: &str) -> Result<f64, Fault> {
    let text = fs::read_to_string(format!("/proc/{pid}/{file}"))?;
    let line = text.lines().find_map(|line| line.strip_prefix(field));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(number.ok_or("the system does not say how much memory is used")?.parse()?)
}
