//! A clock's tally: span by span, what it counts and why not (S1–S3, S10).

use chrono::{DateTime, SubsecRound, Utc};

use super::account::{Account, Stretch};
use super::calendars::{Calendars, Open, UnknownCalendar, WorkingTime};
use super::course::phases;
use super::intervals::Excluded;
use super::mark::{Mark, Phase};
use crate::sla::terms::{ClockKind, PauseState};

/// The time from one mark to the next, as one clock sees it.
#[derive(Debug)]
pub(super) struct Span<'a, H> {
    /// The mark that began it.
    pub(super) mark: &'a Mark,
    /// The second it ends with; none: nothing has ended it.
    pub(super) to: Option<DateTime<Utc>>,
    /// When it counts, or why it does not.
    pub(super) rule: Result<Open<'a, H>, Excluded>,
    /// Seconds counted before it.
    before: i64,
    /// From when on it counts: a gap does from the reopening on (S3).
    known_from: DateTime<Utc>,
}

/// The spans of one clock from the opening to its end, as it is judged after some marks.
#[derive(Debug)]
pub(super) struct Tally<'a, H> {
    /// Under which terms it counts.
    pub(super) account: Account<'a>,
    /// They tile.
    pub(super) spans: Vec<Span<'a, H>>,
    /// The mark that ended the clock, and the phase it led to.
    pub(super) end: Option<(&'a Mark, Phase)>,
    /// The phase after the last mark.
    pub(super) phase: Phase,
    /// Since when it is judged like this.
    pub(super) since: DateTime<Utc>,
}

impl<'a, H: WorkingTime> Tally<'a, H> {
    /// That of a clock after these marks; none before the opening.
    pub(super) fn of<C: Calendars<Hours = H>>(
        clock: ClockKind,
        marks: &'a [Mark],
        calendars: &'a C,
    ) -> Result<Option<Self>, UnknownCalendar> {
        let phases: Vec<Phase> = phases(marks).collect();
        let Some(&phase) = phases.last() else { return Ok(None) };
        let account = Account::of(clock, marks);
        let end = end_of(clock, &phases);
        let mut spans = Vec::new();
        let mut before = 0;
        for index in 0..end.unwrap_or(marks.len()) {
            let mark = &marks[index];
            let to = marks.get(index + 1).map(Mark::second);
            let rule = match excluded(clock, phases[index], account.stretch(index)) {
                Some(why) => Err(why),
                None => {
                    let terms = account.stretch(index).and_then(|stretch| stretch.terms);
                    let calendar = terms.and_then(|terms| terms.of(clock).calendar);
                    Ok(Open::of(calendar, calendars)?)
                }
            };
            let known_from = known_from(index, marks, &phases);
            let span = Span { mark, to, rule, before, known_from };
            before += to.map_or(0, |to| span.seconds(to));
            spans.push(span);
        }
        let end = end.map(|index| (&marks[index], phases[index]));
        let since = marks[account.since].at;
        Ok(Some(Self { account, spans, end, phase, since }))
    }

    /// What is counted up to an instant.
    pub(super) fn used(&self, at: DateTime<Utc>) -> i64 {
        let at = at.trunc_subsecs(0);
        let last = self.spans.iter().rev().find(|span| span.mark.second() <= at);
        last.map_or(0, |span| span.before + span.seconds(span.to.map_or(at, |to| to.min(at))))
    }

    /// The first second with so many counted, if nothing else happens; and when that is true: not
    /// before what made it so.
    pub(super) fn reached(&self, seconds: i64) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let enough = |span: &&Span<'a, H>| match span.to {
            Some(to) => span.before + span.seconds(to) >= seconds,
            None => true,
        };
        let span = self.spans.iter().find(enough)?;
        let Ok(open) = &span.rule else { return None };
        let second = open.after(span.mark.second(), seconds - span.before)?;
        Some((second, second.max(span.known_from).max(self.since)))
    }

    /// Whether it counts now, in some hours at least.
    pub(super) fn is_running(&self) -> bool {
        self.end.is_none() && self.spans.last().is_some_and(|span| span.rule.is_ok())
    }
}

impl<H: WorkingTime> Span<'_, H> {
    fn seconds(&self, to: DateTime<Utc>) -> i64 {
        self.rule.as_ref().map_or(0, |open| open.seconds(self.mark.second(), to))
    }
}

/// S1–S3: the index of the mark that ended a clock.
fn end_of(clock: ClockKind, phases: &[Phase]) -> Option<usize> {
    match clock {
        ClockKind::Reaction => phases.iter().position(|phase| phase.is_reacted_to()),
        ClockKind::Work | ClockKind::Deadline => {
            let done = phases.iter().rev().take_while(|phase| phase.is_done()).count();
            (done > 0).then(|| phases.len() - done)
        }
    }
}

/// Why a clock does not count in a phase, whatever the hour.
fn excluded(clock: ClockKind, phase: Phase, stretch: Option<&Stretch<'_>>) -> Option<Excluded> {
    let terms = stretch.and_then(|stretch| stretch.terms).map(|terms| terms.of(clock));
    let Some(terms) = terms else { return Some(Excluded::NoPlan) };
    if stretch.is_some_and(|stretch| stretch.forgotten) {
        return Some(Excluded::BeforeRestart);
    }
    let pauses = |state| clock == ClockKind::Work || terms.pause_states.contains(&state);
    match phase {
        Phase::Waiting if clock == ClockKind::Work => Some(Excluded::NotHeld),
        Phase::Pending if pauses(PauseState::Pending) => Some(Excluded::Pending),
        Phase::Resolved | Phase::Dropped if pauses(PauseState::Resolved) => {
            Some(Excluded::Resolved)
        }
        Phase::Waiting | Phase::Held | Phase::Pending | Phase::Resolved | Phase::Dropped => None,
    }
}

/// What was counted while nothing was left to do is known when it turns out that something was.
fn known_from(index: usize, marks: &[Mark], phases: &[Phase]) -> DateTime<Utc> {
    let undone = phases[index..].iter().position(|phase| !phase.is_done()).unwrap_or_default();
    marks[index + undone].at
}
