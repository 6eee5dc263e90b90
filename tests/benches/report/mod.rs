//! The report: what was measured, beside what, and whether the bar was met.

mod page;
mod table;

pub(crate) use page::{Conditions, write};

use std::time::Duration;

use crate::load::{Latency, Sample};

/// A benchmark's lines.
#[derive(Debug, Clone, Default)]
pub(crate) struct Section {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// What its figures are.
    pub(crate) unit: &'static str,
    pub(crate) lines: Vec<Line>,
    /// Sentences under the table.
    pub(crate) notes: Vec<String>,
    /// Load average before and after.
    pub(crate) load: [Option<f64>; 2],
}

/// A figure beside its reference.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    what: String,
    figure: Option<String>,
    latency: Option<Latency>,
    reference: Option<String>,
    ratio: Option<f64>,
    remark: Option<String>,
    bars: Vec<Bar>,
}

/// What was promised.
#[derive(Debug, Clone)]
struct Bar {
    text: String,
    met: bool,
}

impl Section {
    pub(crate) fn new(name: &'static str, unit: &'static str) -> Self {
        Self { name, unit, ..Self::default() }
    }

    pub(crate) fn push(&mut self, line: Line) {
        // Whoever waits sees how far it is.
        eprintln!("  {}", line.plain());
        self.lines.push(line);
    }

    pub(crate) fn note(&mut self, text: impl Into<String>) {
        let text = text.into();
        eprintln!("  {text}");
        self.notes.push(text);
    }
}

impl Line {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), ..Self::default() }
    }

    /// How many a second.
    pub(crate) fn rate(mut self, rate: f64) -> Self {
        self.figure = Some(table::number(rate));
        self
    }

    pub(crate) fn latency(mut self, latency: Latency) -> Self {
        self.latency = Some(latency);
        self
    }

    pub(crate) fn sample(self, sample: &Sample) -> Self {
        self.rate(sample.rate).latency(sample.latency)
    }

    /// Beside what, and how many times that it is.
    pub(crate) fn against(mut self, name: &str, reference: f64, ours: f64) -> Self {
        self.reference = Some(format!("{name}: {}", table::number(reference)));
        self.ratio = (reference > 0.0).then(|| ours / reference);
        self
    }

    /// How many times its reference it is, where that is measured otherwise.
    pub(crate) fn ratio(mut self, ratio: f64) -> Self {
        self.ratio = Some(ratio);
        self
    }

    /// The ratio has to be this much.
    pub(crate) fn ratio_at_least(self, least: f64) -> Self {
        let met = self.ratio.is_some_and(|ratio| ratio >= least);
        self.bar(format!("≥ {least} ×"), met)
    }

    pub(crate) fn at_least(self, least: f64, found: f64) -> Self {
        self.bar(format!("≥ {}/s", table::number(least)), found >= least)
    }

    pub(crate) fn p99_at_most(self, most: Duration) -> Self {
        let met = self.latency.is_some_and(|latency| latency.p99 <= most);
        self.bar(format!("p99 ≤ {} ms", most.as_millis()), met)
    }

    /// Something else that was measured.
    pub(crate) fn remark(mut self, remark: String) -> Self {
        self.remark = Some(remark);
        self
    }

    /// Any other promise.
    pub(crate) fn bar(mut self, text: String, met: bool) -> Self {
        self.bars.push(Bar { text, met });
        self
    }

    fn plain(&self) -> String {
        self.cells().into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" | ")
    }
}
