//! A slow evaluator: it lives through a story second by second, with a counter a clock.
//!
//! It shares nothing with the stopwatch but the terms; what it says is the law of `laws`.

use std::collections::BTreeMap;

use super::hours::Known;
use super::{Act, CLOCKS};
use crate::sla::stopwatch::Calendars;
use crate::sla::terms::{ChangePolicy, ClockKind, PauseState, Terms};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Idle,
    Worked,
    Pending,
    Solved,
    Dropped,
}

impl Life {
    fn over(self) -> bool {
        self == Self::Solved || self == Self::Dropped
    }
}

/// A counter.
#[derive(Debug, Clone)]
pub(super) struct Counter {
    kind: ClockKind,
    terms: Option<Terms>,
    pub(super) used: i64,
    /// Counted since it was solved, in case it is reopened.
    put_by: i64,
    /// Since it is judged like this: threshold, and the second it was first beyond.
    pub(super) beyond: BTreeMap<u16, i64>,
    /// Whether the present cycle is told of what it goes beyond.
    armed: bool,
}

#[derive(Debug, Clone, Copy)]
enum Lived {
    /// A second of this life, and whether it was reacted by then.
    Second(i64, Life, bool),
    /// A reopening, between two seconds.
    Reopened,
}

/// A ticket that is lived through.
#[derive(Debug, Clone)]
pub(super) struct Slow<'a> {
    known: &'a Known,
    pub(super) life: Option<Life>,
    pub(super) reacted: bool,
    pub(super) worked: bool,
    /// What was lived through since the opening.
    log: Vec<Lived>,
    waiting: Vec<Terms>,
    pub(super) counters: Vec<Counter>,
    cycle: u32,
    /// (clock, percent, cycle): when.
    pub(super) told: BTreeMap<(ClockKind, u16, u32), i64>,
}

impl<'a> Slow<'a> {
    pub(super) fn new(known: &'a Known) -> Self {
        let counter = |kind| Counter {
            kind,
            terms: None,
            used: 0,
            put_by: 0,
            beyond: BTreeMap::new(),
            armed: false,
        };
        Self {
            known,
            life: None,
            reacted: false,
            worked: false,
            log: Vec::new(),
            waiting: Vec::new(),
            counters: CLOCKS.map(counter).into(),
            cycle: 0,
            told: BTreeMap::new(),
        }
    }

    /// Lives from this second to that one; `look` sees each.
    pub(super) fn live(
        &mut self,
        story: &[(i64, Act)],
        seconds: std::ops::RangeInclusive<i64>,
        mut look: impl FnMut(i64, &Self),
    ) {
        let edits = |act: &Act| {
            matches!(act, Act::Prioritize | Act::Classify | Act::Escalate { away: false })
        };
        let moving = story.iter().filter(|(_, act)| !edits(act));
        let mut acts = moving.scan(i64::MIN, |clock, (stamp, act)| {
            *clock = (*clock).max(*stamp);
            Some((*clock, act))
        });
        let mut next = acts.next();
        for second in seconds {
            while let Some((stamp, act)) = next.filter(|(stamp, _)| *stamp <= second) {
                assert_eq!(stamp, second, "the story begins before its life");
                self.act(act);
                next = acts.next();
            }
            self.watch(second);
            look(second, self);
            self.count(second);
        }
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Open(terms) => {
                self.life = Some(Life::Idle);
                self.begin_cycle(|_| true);
                self.restate(terms.clone());
            }
            Act::Terms(terms) => self.change(terms.clone()),
            Act::Start => self.life = Some(Life::Worked),
            Act::Assign | Act::Escalate { away: true } if self.life == Some(Life::Worked) => {
                self.life = Some(Life::Idle);
            }
            Act::Stop | Act::Resume => self.life = Some(Life::Idle),
            Act::Pend => self.life = Some(Life::Pending),
            Act::Resolve | Act::ResolveWithParent | Act::ResolveWithTasks => {
                self.life = Some(Life::Solved);
            }
            Act::Reopen { held } => {
                self.life = Some(if *held { Life::Worked } else { Life::Idle });
                self.begin_cycle(|kind| kind != ClockKind::Reaction);
                self.log.push(Lived::Reopened);
                for counter in &mut self.counters {
                    counter.used += std::mem::take(&mut counter.put_by);
                }
                for terms in std::mem::take(&mut self.waiting) {
                    self.go_on_under(&terms);
                }
            }
            Act::Cancel | Act::Merge => self.life = Some(Life::Dropped),
            Act::Close | Act::Prioritize | Act::Classify | Act::Assign | Act::Escalate { .. } => {}
        }
        self.worked |= self.life == Some(Life::Worked);
        self.reacted |= self.life == Some(Life::Worked) || self.life.is_some_and(Life::over);
    }

    fn begin_cycle(&mut self, armed: impl Fn(ClockKind) -> bool) {
        self.cycle += 1;
        self.counters.iter_mut().for_each(|it| it.armed = armed(it.kind));
    }

    fn change(&mut self, terms: Option<Terms>) {
        match terms {
            Some(terms) if terms.policy != ChangePolicy::Restate => {
                let (over, reacted) = (self.life.is_some_and(Life::over), self.reacted);
                let finished = |kind| kind == ClockKind::Reaction && reacted;
                self.begin_cycle(|kind| !over && !finished(kind));
                if over {
                    self.waiting.push(terms);
                } else {
                    self.go_on_under(&terms);
                }
            }
            terms => {
                self.begin_cycle(|_| true);
                self.waiting.clear();
                self.restate(terms);
            }
        }
    }

    fn go_on_under(&mut self, terms: &Terms) {
        let reacted = self.reacted;
        for it in &mut self.counters {
            if it.kind == ClockKind::Reaction && reacted {
                continue;
            }
            it.terms = Some(terms.clone());
            it.beyond.clear();
            if terms.policy == ChangePolicy::Restart {
                it.used = 0;
            }
        }
    }

    /// Everything that was lived through is counted again.
    fn restate(&mut self, terms: Option<Terms>) {
        for it in &mut self.counters {
            it.terms = terms.clone();
            (it.used, it.put_by) = (0, 0);
            it.beyond.clear();
            for lived in &self.log {
                match *lived {
                    Lived::Second(second, life, reacted) => {
                        it.count(second, life, reacted, self.known);
                    }
                    Lived::Reopened => it.used += std::mem::take(&mut it.put_by),
                }
            }
        }
    }

    /// What is beyond a threshold by now.
    fn watch(&mut self, second: i64) {
        for it in &mut self.counters {
            let Some(terms) = it.terms.as_ref().map(|terms| terms.of(it.kind)) else { continue };
            let all = terms.thresholds.iter().copied().chain([100]);
            let limit = i64::from(terms.limit_seconds);
            for percent in all.filter(|p| limit > 0 && it.used * 100 > limit * i64::from(*p)) {
                it.beyond.entry(percent).or_insert(second);
                if it.armed {
                    self.told.entry((it.kind, percent, self.cycle)).or_insert(second);
                }
            }
        }
    }

    fn count(&mut self, second: i64) {
        let Some(life) = self.life else { return };
        self.counters.iter_mut().for_each(|it| it.count(second, life, self.reacted, self.known));
        self.log.push(Lived::Second(second, life, self.reacted));
    }
}

impl Counter {
    /// One second passes.
    fn count(&mut self, second: i64, life: Life, reacted: bool, known: &Known) {
        let Some(terms) = self.terms.as_ref().map(|terms| terms.of(self.kind)) else { return };
        let open =
            terms.calendar.is_none_or(|version| known.hours(version).unwrap().is_open(second));
        let paused = match life {
            Life::Pending => terms.pause_states.contains(&PauseState::Pending),
            Life::Solved | Life::Dropped => terms.pause_states.contains(&PauseState::Resolved),
            Life::Idle | Life::Worked => false,
        };
        let runs = match self.kind {
            ClockKind::Reaction => !reacted && !paused,
            ClockKind::Work => life == Life::Worked,
            ClockKind::Deadline => !paused,
        };
        if open && runs {
            if life.over() { self.put_by += 1 } else { self.used += 1 }
        }
    }

    pub(super) fn pauses_while_pending(&self) -> bool {
        let terms = self.terms.as_ref().map(|terms| terms.of(self.kind));
        terms.is_some_and(|terms| terms.pause_states.contains(&PauseState::Pending))
    }

    pub(super) fn limit(&self) -> Option<i64> {
        self.terms.as_ref().map(|terms| i64::from(terms.of(self.kind).limit_seconds))
    }
}
