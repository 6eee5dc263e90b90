//! What a figure depends on: the machine, its other work, and the versions.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;

/// How many there are.
pub(crate) fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Runnable processes, averaged over the last minute; none where the system does not say.
pub(crate) fn load() -> Option<f64> {
    let said = fs::read_to_string("/proc/loadavg").ok()?;
    said.split_whitespace().next()?.parse().ok()
}

/// The processor's name.
pub(crate) fn processor() -> String {
    let said = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = said.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    name.unwrap_or("unknown processor").trim().to_owned()
}

/// Memory in GiB.
pub(crate) fn memory() -> Option<u64> {
    let said = fs::read_to_string("/proc/meminfo").ok()?;
    let total = said.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kib: u64 = total.split_whitespace().next()?.parse().ok()?;
    Some(kib.div_ceil(1024 * 1024))
}

/// The first line of what a program says of its version.
pub(crate) fn version_of(program: &str) -> String {
    let said = Command::new(program).arg("--version").output();
    let said = said.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    said.unwrap_or_default().lines().next().unwrap_or("unknown").to_owned()
}
