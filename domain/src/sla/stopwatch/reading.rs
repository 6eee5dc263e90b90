//! What the clocks of a ticket show at an instant (S12).

use chrono::{DateTime, Utc};

use super::calendars::{Calendars, UnknownCalendar, WorkingTime};
use super::course::Course;
use super::mark::{Cause, Mark, Phase};
use super::tally::Tally;
use crate::kernel::words::words;
use crate::sla::terms::ClockKind;

words! {
    /// What a clock does.
    ClockState {
        /// Nobody has started to work yet.
        NotStarted,
        /// It counts, in its hours.
        Running,
        /// It counts again when something happens.
        Paused,
        /// It is over.
        Stopped,
        /// There is none: no plan.
        None,
    }
}

/// The three clocks of a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// Until somebody starts to work.
    pub reaction: ClockReading,
    /// While somebody works.
    pub work: ClockReading,
    /// Until it is solved.
    pub deadline: ClockReading,
}

/// What a clock shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockReading {
    /// How long at most; 0: no target.
    pub limit_seconds: u32,
    /// How long it took so far.
    pub used_seconds: i64,
    /// The share of the limit that is used, rounded down; none without a limit.
    pub used_percent: Option<i64>,
    /// The share that is left, 0 at the limit and beyond; none without a limit.
    pub remaining_percent: Option<u8>,
    /// The earliest instant with the limit used, past or to come; none while nothing counts.
    pub due_at: Option<DateTime<Utc>>,
    /// What it does.
    pub state: ClockState,
    /// The first second with more used than the limit, but not before what made it so.
    pub breached_at: Option<DateTime<Utc>>,
    /// The first second with more used than the limit, as it is judged now.
    pub breached_since: Option<DateTime<Utc>>,
    /// Whether it kept its limit; none while that is open, without a limit or an outcome.
    pub met: Option<bool>,
    /// Its thresholds, the lowest first.
    pub thresholds: Vec<ThresholdReading>,
    /// The event that ended it.
    pub ended_by: Option<Cause>,
}

/// How it stands with a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThresholdReading {
    /// In percent of the limit.
    pub percent: u16,
    /// The first second with more used, but not before what made it so.
    pub crossed_at: Option<DateTime<Utc>>,
}

impl Readings {
    /// That of one clock.
    pub fn of(&self, clock: ClockKind) -> &ClockReading {
        match clock {
            ClockKind::Reaction => &self.reaction,
            ClockKind::Work => &self.work,
            ClockKind::Deadline => &self.deadline,
        }
    }
}

impl Course {
    /// What the clocks show at an instant.
    pub fn at<C: Calendars>(
        &self,
        at: DateTime<Utc>,
        calendars: &C,
    ) -> Result<Readings, UnknownCalendar> {
        let marks = self.until(at);
        let read = |clock| read(clock, marks, at, calendars);
        Ok(Readings {
            reaction: read(ClockKind::Reaction)?,
            work: read(ClockKind::Work)?,
            deadline: read(ClockKind::Deadline)?,
        })
    }
}

fn read<C: Calendars>(
    clock: ClockKind,
    marks: &[Mark],
    at: DateTime<Utc>,
    calendars: &C,
) -> Result<ClockReading, UnknownCalendar> {
    let Some(tally) = Tally::of(clock, marks, calendars)? else { return Ok(ClockReading::NONE) };
    let Some(terms) = tally.account.own() else { return Ok(ClockReading::NONE) };
    let used = tally.used(at);
    let limit = i64::from(terms.limit_seconds);
    let crossed = |percent: u16| {
        let over = needed(terms.limit_seconds, percent);
        over.filter(|over| *over <= used).and_then(|over| tally.reached(over))
    };
    let breach = crossed(100);
    let thresholds = terms.thresholds.iter().map(|percent| ThresholdReading {
        percent: *percent,
        crossed_at: crossed(*percent).map(|(_, known)| known),
    });
    let counts = limit > 0 && tally.is_running();
    Ok(ClockReading {
        limit_seconds: terms.limit_seconds,
        used_seconds: used,
        used_percent: used.saturating_mul(100).checked_div(limit),
        remaining_percent: remaining_percent(used, limit),
        due_at: counts.then(|| tally.reached(limit)).flatten().map(|(second, _)| second),
        state: state(&tally, marks),
        breached_at: breach.map(|(_, known)| known),
        breached_since: breach.map(|(second, _)| second),
        met: met(&tally, limit, used),
        thresholds: thresholds.collect(),
        ended_by: tally.end.map(|(mark, _)| mark.cause()),
    })
}

/// How many used seconds are the first ones beyond a share of a limit (S4); none without a limit.
pub(super) fn needed(limit: u32, percent: u16) -> Option<i64> {
    (limit > 0).then(|| i64::from(limit) * i64::from(percent) / 100 + 1)
}

fn remaining_percent(used: i64, limit: i64) -> Option<u8> {
    let used = used.saturating_mul(100).checked_div(limit)?.clamp(0, 100);
    u8::try_from(100 - used).ok()
}

fn state<H: WorkingTime>(tally: &Tally<'_, H>, marks: &[Mark]) -> ClockState {
    let started = || super::course::phases(marks).any(|phase| phase == Phase::Held);
    match tally.account.clock() {
        _ if tally.end.is_some() => ClockState::Stopped,
        _ if tally.is_running() => ClockState::Running,
        ClockKind::Work if !started() => ClockState::NotStarted,
        ClockKind::Reaction | ClockKind::Work | ClockKind::Deadline => ClockState::Paused,
    }
}

/// S4; S1, S3: a reaction has its outcome when it ends, the others have the ticket's.
fn met<H: WorkingTime>(tally: &Tally<'_, H>, limit: i64, used: i64) -> Option<bool> {
    let dropped = match tally.account.clock() {
        ClockKind::Reaction => tally.end.is_some_and(|(_, phase)| phase == Phase::Dropped),
        ClockKind::Work | ClockKind::Deadline => tally.phase == Phase::Dropped,
    };
    if limit == 0 || dropped {
        return None;
    }
    let kept = used <= limit;
    (!kept || tally.end.is_some()).then_some(kept)
}

impl ClockReading {
    /// That of a ticket without a plan, or before its opening.
    pub const NONE: Self = Self {
        limit_seconds: 0,
        used_seconds: 0,
        used_percent: None,
        remaining_percent: None,
        due_at: None,
        state: ClockState::None,
        breached_at: None,
        breached_since: None,
        met: None,
        thresholds: Vec::new(),
        ended_by: None,
    };
}
