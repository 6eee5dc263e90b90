//! The clocks worked out anew from the rules: one clock at a time, one stretch of time at a time,
//! each stretch counted on a table of minutes.

use chrono::{DateTime, Utc};

use super::calendar::Calendar;
use super::story::{Act, Plan, Policy, Story};

/// What a clock shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) limit: i64,
    pub(super) used: i64,
    pub(super) breached: bool,
    pub(super) met: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Waiting,
    Held,
    Pending,
    Resolved,
    Closed,
    Cancelled,
}

/// Which plan at which priority.
#[derive(Debug, Clone, Copy)]
struct Terms {
    plan: usize,
    priority: usize,
}

/// A stretch of time in which nothing happened.
type Stretch = (DateTime<Utc>, DateTime<Utc>, Phase);

struct Clock<'a> {
    which: usize,
    plans: &'a [Plan],
    calendars: &'a [Calendar],
    terms: Option<Terms>,
    /// Seconds of before `from`, and since when the terms count.
    carried: i64,
    from: DateTime<Utc>,
    stretches: Vec<Stretch>,
    started: bool,
    /// Changes that wait for the ticket to be reopened.
    waiting: Vec<Terms>,
}

/// The reaction's, the work's and the deadline's.
pub(super) fn verdicts(
    story: &Story,
    plans: &[Plan],
    calendars: &[Calendar],
    at: DateTime<Utc>,
) -> [Verdict; 3] {
    [0, 1, 2].map(|which| {
        let clock = Clock {
            which,
            plans,
            calendars,
            terms: Some(Terms { plan: story.plan, priority: story.priority }),
            carried: 0,
            from: story.opened(),
            stretches: Vec::new(),
            started: false,
            waiting: Vec::new(),
        };
        clock.verdict(story, at)
    })
}

impl Clock<'_> {
    fn verdict(mut self, story: &Story, at: DateTime<Utc>) -> Verdict {
        let (mut phase, mut since) = (Phase::Waiting, story.opened());
        let (mut plan, mut priority) = (Some(story.plan), story.priority);
        for (when, act) in story.acts.iter().filter(|(when, _)| *when <= at) {
            self.stretches.push((since, *when, phase));
            since = *when;
            match act {
                Act::Prioritize(to) => {
                    priority = *to;
                    if let Some(plan) = plan {
                        self.change(Some(Terms { plan, priority }), *when, phase);
                    }
                }
                Act::Apply(to) => {
                    plan = *to;
                    self.change(plan.map(|plan| Terms { plan, priority }), *when, phase);
                }
                Act::Start | Act::Reopen => phase = Phase::Held,
                Act::Stop | Act::Pass | Act::Resume => phase = Phase::Waiting,
                Act::Pend => phase = Phase::Pending,
                Act::Resolve => phase = Phase::Resolved,
                Act::Close => phase = Phase::Closed,
                Act::Cancel => phase = Phase::Cancelled,
            }
            self.started |= *act == Act::Start;
            if *act == Act::Reopen {
                for terms in std::mem::take(&mut self.waiting) {
                    self.take_over(terms, *when);
                }
            }
        }
        self.stretches.push((since, at, phase));
        self.judged(phase)
    }

    fn judged(&self, phase: Phase) -> Verdict {
        let Some(limit) = self.limit() else {
            return Verdict { limit: 0, used: 0, breached: false, met: None };
        };
        let used = self.used(false);
        let breached = limit > 0 && used > limit;
        let solved = matches!(phase, Phase::Resolved | Phase::Closed);
        let (ended, dropped) = match self.which {
            0 => (self.started, phase == Phase::Cancelled && !self.started),
            _ => (solved, phase == Phase::Cancelled),
        };
        let judged = limit > 0 && !dropped && (breached || ended);
        Verdict { limit, used, breached, met: judged.then_some(!breached) }
    }

    fn limit(&self) -> Option<i64> {
        let Terms { plan, priority } = self.terms?;
        Some(self.plans[plan].limits[priority][self.which])
    }

    fn change(&mut self, to: Option<Terms>, when: DateTime<Utc>, phase: Phase) {
        let Some(terms) = to else {
            (self.terms, self.carried, self.from) = (None, 0, when);
            self.waiting.clear();
            return;
        };
        match self.plans[terms.plan].policy {
            Policy::Restate => {
                let opened = self.stretches[0].0;
                (self.terms, self.carried, self.from) = (Some(terms), 0, opened);
                self.waiting.clear();
            }
            Policy::CarryOver | Policy::Restart if self.which == 0 && self.started => {}
            Policy::CarryOver | Policy::Restart if phase == Phase::Resolved => {
                self.waiting.push(terms);
            }
            Policy::CarryOver | Policy::Restart => self.take_over(terms, when),
        }
    }

    /// From now on by other terms.
    fn take_over(&mut self, terms: Terms, when: DateTime<Utc>) {
        self.carried = match self.plans[terms.plan].policy {
            // What was solved meanwhile is not over any more, so that its time counts.
            Policy::CarryOver => self.used(true),
            Policy::Restate | Policy::Restart => 0,
        };
        (self.terms, self.from) = (Some(terms), when);
    }

    /// `reopened`: whether the last stretch has an end behind which it goes on.
    fn used(&self, reopened: bool) -> i64 {
        let Some(terms) = self.terms else { return 0 };
        let how = &self.plans[terms.plan].clocks[self.which];
        let mut used = self.carried;
        let mut begun = false;
        for (index, (from, to, phase)) in self.stretches.iter().enumerate() {
            begun |= *phase == Phase::Held;
            let last_solution =
                !reopened && self.stretches[index..].iter().all(|(_, _, later)| later.is_solved());
            let runs = match (self.which, phase) {
                (0, _) => !begun && *phase != Phase::Cancelled,
                (1, _) => *phase == Phase::Held,
                (_, Phase::Closed | Phase::Cancelled) => false,
                (_, Phase::Resolved) => !last_solution && !how.pauses_resolved,
                (_, Phase::Waiting | Phase::Held | Phase::Pending) => true,
            };
            let paused = how.pauses_pending && *phase == Phase::Pending;
            let from = (*from).max(self.from);
            if runs && !paused && from < *to {
                used += match how.calendar {
                    Some(calendar) => self.calendars[calendar].seconds(from, *to),
                    None => (*to - from).num_seconds(),
                };
            }
        }
        used
    }
}

impl Phase {
    fn is_solved(self) -> bool {
        matches!(self, Self::Resolved | Self::Closed)
    }
}
