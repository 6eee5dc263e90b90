//! What happens to a ticket nobody thought of.

use chrono::{DateTime, TimeDelta, Utc};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::super::stage::{line, naming};

const PRIORITIES: [&str; 4] = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
const CALENDARS: [&str; 5] = ["Berlin", "NewYork", "Howe", "Kolkata", "Never"];
pub(super) const CLOCKS: [&str; 3] = ["REACTION", "WORK", "DEADLINE"];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Policy {
    Restate,
    CarryOver,
    Restart,
}

/// How a clock of a plan counts.
pub(super) struct Clock {
    /// In whose hours; none: always.
    pub(super) calendar: Option<usize>,
    pub(super) pauses_pending: bool,
    pub(super) pauses_resolved: bool,
}

pub(super) struct Plan {
    name: String,
    pub(super) policy: Policy,
    pub(super) clocks: [Clock; 3],
    /// By priority, the most pressing first; by clock.
    pub(super) limits: [[i64; 3]; 4],
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Start,
    Stop,
    Pend,
    Resume,
    Pass,
    Resolve,
    Reopen,
    Close,
    Cancel,
    Prioritize(usize),
    Apply(Option<usize>),
}

pub(super) struct Story {
    pub(super) name: String,
    pub(super) plan: usize,
    pub(super) priority: usize,
    opened: DateTime<Utc>,
    pub(super) acts: Vec<(DateTime<Utc>, Act)>,
}

#[derive(Clone, Copy)]
enum State {
    Waiting,
    Held,
    Pending,
    Resolved,
    Over,
}

impl Plan {
    pub(super) fn random(chance: &mut StdRng, index: usize) -> Self {
        let policy = [Policy::Restate, Policy::CarryOver, Policy::Restart][index % 3];
        let clock = |chance: &mut StdRng| Clock {
            calendar: chance.random_bool(0.7).then(|| chance.random_range(0..CALENDARS.len())),
            pauses_pending: chance.random_bool(0.5),
            pauses_resolved: chance.random_bool(0.3),
        };
        let clocks = [clock(chance), clock(chance), clock(chance)];
        let mut limit = |most: i64, priority: i64| {
            // Distinct for each priority, so that another priority means other terms.
            let none = priority == 3 && chance.random_bool(0.3);
            if none { 0 } else { chance.random_range(1..most) * 4 + priority }
        };
        let limits = [0, 1, 2, 3].map(|priority| {
            [limit(4_000, priority), limit(9_000, priority), limit(40_000, priority)]
        });
        Self { name: format!("Plan{index}"), policy, clocks, limits }
    }

    pub(super) fn line(&self) -> Value {
        let targets =
            PRIORITIES.iter().zip(self.limits).map(|(priority, [reaction, work, whole])| {
                json!({"priority": priority, "reactionSeconds": reaction, "workSeconds": work,
                   "deadlineSeconds": whole})
            });
        let clocks = CLOCKS.iter().zip(&self.clocks).map(|(clock, how)| {
            let pauses = [("PENDING", how.pauses_pending), ("RESOLVED", how.pauses_resolved)];
            let pauses = pauses.iter().filter(|(_, so)| *so).map(|(state, _)| *state);
            let mut clock = json!({"clock": clock, "pauseStates": pauses.collect::<Vec<_>>()});
            if let Some(calendar) = how.calendar {
                clock["calendarId"] = json!(format!("${}", CALENDARS[calendar]));
            }
            clock
        });
        let policy = match self.policy {
            Policy::Restate => "RESTATE",
            Policy::CarryOver => "CARRY_OVER",
            Policy::Restart => "RESTART",
        };
        let input = json!({"name": self.name, "policy": policy,
            "targets": targets.collect::<Vec<_>>(), "clocks": clocks.collect::<Vec<_>>()});
        let at = "2025-10-02T00:00:00Z".parse().unwrap();
        naming(&self.name, line(at, "director", ("slaPlanDefine", input)))
    }
}

impl Story {
    /// Opened within five months in which clocks change in both directions.
    pub(super) fn random(chance: &mut StdRng, index: usize, plans: usize) -> Self {
        let first: DateTime<Utc> = "2025-10-20T00:00:00Z".parse().unwrap();
        let opened = first + TimeDelta::seconds(chance.random_range(0..165 * 86_400));
        let plan = chance.random_range(0..plans);
        let priority = chance.random_range(0..4);
        let (mut at, mut state, mut acts) = (opened, State::Waiting, Vec::new());
        let (mut current, mut pressing) = (Some(plan), priority);
        for _ in 0..chance.random_range(1..14) {
            let most = if chance.random_bool(0.3) { 172_800 } else { 9_000 };
            at += TimeDelta::seconds(chance.random_range(0..most));
            let act = match chance.random_range(0..10) {
                0 => Act::Prioritize((pressing + chance.random_range(1..4)) % 4),
                1 => match current {
                    Some(plan) if chance.random_bool(0.8) => {
                        Act::Apply(Some((plan + chance.random_range(1..plans)) % plans))
                    }
                    Some(_) => Act::Apply(None),
                    None => Act::Apply(Some(chance.random_range(0..plans))),
                },
                _ => state.verb(chance),
            };
            match act {
                Act::Prioritize(priority) => pressing = priority,
                Act::Apply(plan) => current = plan,
                verb => state = State::after(state, verb),
            }
            acts.push((at, act));
            if matches!(state, State::Over) {
                break;
            }
        }
        Self { name: format!("R{index}"), plan, priority, opened, acts }
    }

    pub(super) fn opened(&self) -> DateTime<Utc> {
        self.opened
    }

    pub(super) fn last(&self) -> DateTime<Utc> {
        self.acts.last().map_or(self.opened, |(at, _)| *at)
    }

    pub(super) fn lines(&self, unit: &Value) -> Vec<Value> {
        let opened = json!({"kind": "INCIDENT", "title": self.name, "externalRef": self.name,
            "priority": PRIORITIES[self.priority], "slaPlanId": format!("$Plan{}", self.plan),
            "unitId": unit, "reason": "by chance"});
        let opened = naming(&self.name, line(self.opened, "agent1", ("ticketOpen", opened)));
        let acts = self.acts.iter().map(|(at, act)| {
            let (mutation, mut input) = act.told(unit);
            input["ticketId"] = json!(format!("${}", self.name));
            line(*at, "agent1", (mutation, input))
        });
        std::iter::once(opened).chain(acts).collect()
    }
}

impl Act {
    fn told(self, unit: &Value) -> (&'static str, Value) {
        match self {
            Self::Start => ("ticketStartWork", json!({})),
            Self::Stop => ("ticketStopWork", json!({})),
            Self::Pend => ("ticketPend", json!({"pendingReason": "VENDOR"})),
            Self::Resume => ("ticketResume", json!({})),
            Self::Pass => ("ticketAssign", json!({"unitId": unit, "assigneeIds": []})),
            Self::Resolve => ("ticketResolve", json!({"code": "FIXED", "solution": "it works"})),
            Self::Reopen => ("ticketReopen", json!({})),
            Self::Close => ("ticketClose", json!({})),
            Self::Cancel => ("ticketCancel", json!({})),
            Self::Prioritize(priority) => {
                let priority = PRIORITIES[priority];
                ("ticketPrioritize", json!({"priority": priority, "reason": "by chance"}))
            }
            Self::Apply(Some(plan)) => ("slaPlanApply", json!({"planId": format!("$Plan{plan}")})),
            Self::Apply(None) => ("slaPlanApply", json!({})),
        }
    }
}

impl State {
    fn verb(self, chance: &mut StdRng) -> Act {
        let verbs: &[Act] = match self {
            Self::Waiting => &[Act::Start, Act::Start, Act::Start, Act::Pend, Act::Cancel],
            Self::Held => &[Act::Stop, Act::Pass, Act::Pend, Act::Resolve, Act::Resolve],
            Self::Pending => &[Act::Resume],
            Self::Resolved => &[Act::Reopen, Act::Reopen, Act::Close],
            Self::Over => unreachable!("stories end there"),
        };
        verbs[chance.random_range(0..verbs.len())]
    }

    fn after(self, act: Act) -> Self {
        match act {
            Act::Start | Act::Reopen => Self::Held,
            Act::Stop | Act::Pass | Act::Resume => Self::Waiting,
            Act::Pend => Self::Pending,
            Act::Resolve => Self::Resolved,
            Act::Close | Act::Cancel => Self::Over,
            Act::Prioritize(_) | Act::Apply(_) => self,
        }
    }
}
