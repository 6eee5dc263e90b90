//! How far a long run has come: a bar with rate and time left on a terminal, else a line every few
//! seconds. Always on standard error, never part of the answer.

use std::fmt;
use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// How often a line is written where there is no terminal.
const LINE: Duration = Duration::from_secs(5);
const BAR: &str = "{msg:<20} {wide_bar} {human_pos}/{human_len} {rate:>11} {eta:>5}";

/// A run's progress, in events.
#[derive(Debug)]
pub(crate) struct Progress {
    label: String,
    bar: Option<ProgressBar>,
    begun: Instant,
    lines: u32,
}

impl Progress {
    /// Begins; nothing is shown before the first step.
    pub(crate) fn new(label: impl Into<String>) -> Self {
        let label = label.into();
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template(BAR);
            let style =
                style.unwrap_or_else(|_| ProgressStyle::default_bar()).with_key("rate", rate);
            ProgressBar::new(0).with_style(style).with_message(label.clone())
        });
        Self { label, bar, begun: Instant::now(), lines: 0 }
    }

    /// So many of so many events are done.
    pub(crate) fn step(&mut self, done: i64, total: i64) {
        let spent = self.begun.elapsed();
        if let Some(bar) = &self.bar {
            bar.set_length(total.unsigned_abs());
            bar.set_position(done.unsigned_abs());
        } else if spent >= LINE * (self.lines + 1) {
            self.lines = u32::try_from(spent.as_secs() / LINE.as_secs()).unwrap_or(u32::MAX - 1);
            // Nobody may be reading.
            let _ = writeln!(stderr(), "{}", line(&self.label, done, total, spent));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// Events a second, without the decimals that the bar's own has.
fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    // A bar that cannot be drawn is no reason to stop.
    let _ = write!(out, "{:.0}/s", state.per_sec());
}

fn line(label: &str, done: i64, total: i64, spent: Duration) -> String {
    let rate = done.unsigned_abs() / spent.as_secs().max(1);
    let left = total.saturating_sub(done).unsigned_abs().checked_div(rate);
    let left = left.map_or_else(String::new, |seconds| format!(", {seconds} s left"));
    format!("{label}: {done} of {total} events, {rate}/s{left}")
}

#[cfg(test)]
mod tests;
