//! The sections, each a function of what is known.

mod duties;
mod erasures;
mod grants;
mod integrity;
mod leavers;
mod population;
mod privileged;
mod programs;
mod rules;
mod samples;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::access::model::Human;
use domain::access::sod::Breach;
use domain::compliance_report::Question;

use super::document::Section;
use super::known::Known;
use super::read::{Sealing, Span};

/// What all sections look at.
pub(super) struct View<'a> {
    pub(super) question: &'a Question,
    pub(super) span: &'a Span,
    pub(super) known: &'a Known,
    pub(super) sealing: &'a Sealing,
    /// What of the static rules of duties is broken at the end of the period.
    pub(super) breaches: &'a [(Human, Breach)],
}

impl View<'_> {
    /// Behind the one, through the other.
    fn period(&self) -> (i64, i64) {
        (self.span.after, self.span.through)
    }

    /// The beginning of the period: what is known then, and when that is.
    fn start(&self) -> (i64, DateTime<Utc>) {
        (self.span.after, self.question.from)
    }

    /// Its end.
    fn end(&self) -> (i64, DateTime<Utc>) {
        (self.span.through, self.question.to)
    }
}

/// All of them, in order. Those that rest on campaigns (5), scans (9) and violation cases (10) are not
/// there.
pub(super) fn all(view: &View<'_>) -> Vec<Section> {
    let mut sections = vec![
        population::section(view),
        grants::section(view),
        leavers::section(view),
        duties::section(view),
        privileged::section(view),
        programs::section(view),
        rules::section(view),
        integrity::section(view),
        erasures::section(view),
    ];
    if let Some(draw) = &view.question.sample {
        sections.push(samples::section(draw, &sections));
    }
    sections.sort_by_key(|section| section.number);
    sections.insert(0, integrity::scope(view, &sections));
    sections
}

pub(super) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
