//! When which threshold is crossed, cycle by cycle, so that each is recorded once (S11).

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::calendars::{Calendars, UnknownCalendar};
use super::course::{Course, phases};
use super::mark::{Mark, Phase, What};
use super::reading::needed;
use super::tally::Tally;
use crate::kernel::{SlaPlanId, TicketId};
use crate::sla::terms::{ChangePolicy, ClockKind};

/// The namespace of the commands that record a crossing.
const COMMANDS: Uuid = Uuid::from_u128(0x0f4d_6f2c_8f0a_5a53_9d0e_6a52_5b1c_7e41);
/// The threshold beyond which the limit is breached, whatever thresholds there are.
pub const BREACH: u16 = 100;

/// A threshold, and when it is crossed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timer {
    /// Which clock.
    pub clock: ClockKind,
    /// In percent of the limit; 100 is the breach.
    pub percent: u16,
    /// In which cycle, from 1.
    pub cycle: u32,
    /// The first instant of the cycle with more used, not before what made it so.
    pub at: DateTime<Utc>,
    /// The first second with more used as the cycle's terms judge it; earlier than `at` when
    /// something made it true afterwards.
    pub since: DateTime<Utc>,
    /// How much is used at `at`.
    pub used_seconds: i64,
    /// The limit then.
    pub limit_seconds: u32,
    /// Whose terms these are.
    pub plan: SlaPlanId,
    /// Which version of it.
    pub plan_version: i64,
}

impl Timer {
    /// The identity of the command that records it: the same whoever asks, as often as they ask.
    pub fn command_id(&self, ticket: TicketId) -> Uuid {
        let Self { clock, percent, cycle, .. } = self;
        Uuid::new_v5(&COMMANDS, format!("{ticket} {clock} {percent} {cycle}").as_bytes())
    }
}

impl Course {
    /// The crossings of the cycles from this one on, in the order of cycles: in those that are
    /// over, what was crossed; in the present one, also what will be if nothing else happens.
    pub fn timers<C: Calendars>(
        &self,
        from_cycle: u32,
        calendars: &C,
    ) -> Result<Vec<Timer>, UnknownCalendar> {
        let marks = self.marks();
        let begins = |(index, mark): (usize, &Mark)| mark.what.begins_a_cycle().then_some(index);
        let starts: Vec<usize> = marks.iter().enumerate().filter_map(begins).collect();
        let mut timers = Vec::new();
        for (cycle, (&start, number)) in starts.iter().zip(1_u32..).enumerate() {
            let next = starts.get(cycle + 1).copied();
            if number >= from_cycle {
                let cycle = Cycle { number, start, marks: &marks[..next.unwrap_or(marks.len())] };
                let over = next.map(|next| marks[next].at);
                let held = |timer: &Timer| over.is_none_or(|over| timer.at < over);
                timers.extend(cycle.timers(calendars)?.into_iter().filter(held));
            }
        }
        Ok(timers)
    }
}

/// The marks up to the end of a cycle.
struct Cycle<'a> {
    number: u32,
    start: usize,
    marks: &'a [Mark],
}

impl Cycle<'_> {
    fn timers<C: Calendars>(&self, calendars: &C) -> Result<Vec<Timer>, UnknownCalendar> {
        let mut timers = Vec::new();
        for clock in [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline] {
            if self.judges(clock) {
                self.add_timers_of(clock, calendars, &mut timers)?;
            }
        }
        Ok(timers)
    }

    /// Whether the start of the cycle judges a clock anew: what is finished and keeps its verdict
    /// is not told of again.
    fn judges(&self, clock: ClockKind) -> bool {
        let (earlier, start) = (&self.marks[..self.start], &self.marks[self.start]);
        let finished = || clock == ClockKind::Reaction && phases(earlier).any(Phase::is_reacted_to);
        let done = || phases(earlier).last().is_some_and(Phase::is_done);
        match &start.what {
            What::TermsRestated(Some(terms), _) if terms.policy != ChangePolicy::Restate => {
                !finished() && !done()
            }
            What::Reopened(_) => !finished(),
            _ => true,
        }
    }

    fn add_timers_of<C: Calendars>(
        &self,
        clock: ClockKind,
        calendars: &C,
        timers: &mut Vec<Timer>,
    ) -> Result<(), UnknownCalendar> {
        let Some(tally) = Tally::of(clock, self.marks, calendars)? else { return Ok(()) };
        let (Some(terms), Some(own)) = (tally.account.terms(), tally.account.own()) else {
            return Ok(());
        };
        let percents = BTreeSet::from([BREACH]);
        for percent in percents.union(&own.thresholds).copied() {
            let reached = needed(own.limit_seconds, percent).and_then(|over| tally.reached(over));
            let Some((since, known)) = reached else { continue };
            let at = known.max(self.marks[self.start].at);
            timers.push(Timer {
                clock,
                percent,
                cycle: self.number,
                at,
                since,
                used_seconds: tally.used(at),
                limit_seconds: own.limit_seconds,
                plan: terms.plan,
                plan_version: terms.plan_version,
            });
        }
        Ok(())
    }
}
