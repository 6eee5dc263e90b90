//! Lines as rows of a Markdown table.

use std::fmt::Write as _;
use std::time::Duration;

use super::{Bar, Line, Section};

const COLUMNS: [&str; 9] =
    ["what", "Annals", "p50 ms", "p99 ms", "max ms", "reference", "ratio", "bar", ""];

impl Line {
    pub(super) fn cells(&self) -> [String; 9] {
        let time = |pick: fn(&crate::load::Latency) -> Duration| {
            self.latency.as_ref().map(|latency| millis(pick(latency))).unwrap_or_default()
        };
        let bars =
            |say: fn(&Bar) -> String| self.bars.iter().map(say).collect::<Vec<_>>().join(", ");
        [
            self.what.clone(),
            self.figure.clone().unwrap_or_default(),
            time(|latency| latency.p50),
            time(|latency| latency.p99),
            time(|latency| latency.max),
            [self.reference.as_deref(), self.remark.as_deref()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join("; "),
            self.ratio.map(|ratio| format!("{ratio:.2} ×")).unwrap_or_default(),
            bars(|bar| bar.text.clone()),
            bars(|bar| if bar.met { "met".to_owned() } else { "**not met**".to_owned() }),
        ]
    }
}

impl Section {
    /// Heading, table, notes.
    pub(super) fn markdown(&self) -> String {
        let load = |at: Option<f64>| at.map_or("?".to_owned(), |load| format!("{load:.1}"));
        let (before, after) = (load(self.load[0]), load(self.load[1]));
        let mut text = format!("### {}\n\n", self.name);
        let _ = writeln!(text, "Figures are {}; load average {before} → {after}.\n", self.unit);
        let _ = writeln!(text, "| {} |", COLUMNS.join(" | "));
        let _ = writeln!(text, "|{}", "---|".repeat(COLUMNS.len()));
        for line in &self.lines {
            let _ = writeln!(text, "| {} |", line.cells().join(" | "));
        }
        for note in &self.notes {
            let _ = write!(text, "\n{note}\n");
        }
        text
    }
}

/// With as many digits as mean something.
pub(crate) fn number(value: f64) -> String {
    if value < 100.0 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1e3;
    match millis {
        // What takes microseconds.
        ..0.1 => format!("{millis:.4}"),
        ..10.0 => format!("{millis:.2}"),
        _ => format!("{millis:.0}"),
    }
}
