//! The stopwatch against worked examples, against the traps other products fell into, and against
//! a slow evaluator that knows nothing of it.

mod course;
mod examples;
mod explained;
mod hours;
mod laws;
mod policies;
mod slow;
mod stories;
mod supposed;
mod timers;
mod traps;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use uuid::Uuid;

use self::hours::{Known, TestHours};
use super::{Course, Readings};
use crate::kernel::testing::world::{ANNA, CLEO, DESK, NETWORK, PARENT};
use crate::kernel::{CalendarId, DataSubject, Personal, SlaPlanId};
use crate::sla::terms::{
    CalendarVersion, ChangePolicy, ClockKind, ClockTerms, PauseState, Terms, TermsCause,
};
use crate::ticket::event::{
    Assigned, Cancelled, Classified, Closed, Escalated, Merged, Opened, Pended, Prioritized,
    Reopened, Resolved, ResolvedWithParent, ResolvedWithTasks, Resumed, SlaTermsRestated,
    WorkStarted, WorkStopped,
};
use crate::ticket::{PendingReason, Priority, TicketEvent, TicketKind, Tier};

/// What happens to a ticket in these tests.
#[derive(Debug, Clone, PartialEq)]
enum Act {
    Open(Option<Terms>),
    Start,
    Stop,
    Assign,
    /// To another unit, or to the next tier of the same one.
    Escalate {
        away: bool,
    },
    Pend,
    Resume,
    Resolve,
    ResolveWithParent,
    ResolveWithTasks,
    Reopen {
        held: bool,
    },
    Close,
    Cancel,
    Merge,
    Terms(Option<Terms>),
    Prioritize,
    Classify,
}

/// Seconds after [`dawn`], and what happened.
type Story = Vec<(i64, Act)>;

/// When the tests' time begins: a Monday.
fn dawn() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 0, 0, 0).unwrap()
}

fn t(seconds: i64) -> DateTime<Utc> {
    dawn() + TimeDelta::seconds(seconds)
}

fn after(at: DateTime<Utc>) -> i64 {
    (at - dawn()).num_seconds()
}

fn version(version: i64) -> CalendarVersion {
    CalendarVersion { id: CalendarId(Uuid::from_u128(0xca)), version }
}

/// A target, always counting, never pausing, told of at 75 % and beyond.
fn clock(limit_seconds: u32) -> ClockTerms {
    let pause_states = [].into();
    ClockTerms { limit_seconds, calendar: None, pause_states, thresholds: [75, 100].into() }
}

/// Targets of reaction, work and deadline.
fn terms(reaction: u32, work: u32, deadline: u32) -> Terms {
    Terms {
        plan: SlaPlanId(Uuid::from_u128(0x51)),
        plan_version: 1,
        policy: ChangePolicy::Restate,
        reaction: clock(reaction),
        work: clock(work),
        deadline: clock(deadline),
    }
}

fn under(policy: ChangePolicy, terms: Terms) -> Terms {
    Terms { policy, ..terms }
}

/// All three clocks pause in these states.
fn pausing<const N: usize>(states: [PauseState; N], terms: Terms) -> Terms {
    each(terms, |clock| clock.pause_states = states.into())
}

/// All three clocks count in the hours of this version.
fn within(calendar: i64, terms: Terms) -> Terms {
    each(terms, |clock| clock.calendar = Some(version(calendar)))
}

fn each(mut terms: Terms, change: impl Fn(&mut ClockTerms)) -> Terms {
    [&mut terms.reaction, &mut terms.work, &mut terms.deadline].into_iter().for_each(change);
    terms
}

fn event(act: &Act) -> TicketEvent {
    let code = || "FIXED".to_owned();
    match act {
        Act::Open(terms) => opened(terms.clone()),
        Act::Start => TicketEvent::WorkStarted(WorkStarted { holder: ANNA }),
        Act::Stop => TicketEvent::WorkStopped(WorkStopped { holder: ANNA }),
        Act::Assign => TicketEvent::Assigned(Assigned {
            unit: Some(DESK),
            assignees: [].into(),
            note: None,
            routing: None,
        }),
        Act::Escalate { away } => TicketEvent::Escalated(Escalated {
            tier: Tier(2),
            unit: Some(if *away { NETWORK } else { DESK }),
        }),
        Act::Pend => {
            TicketEvent::Pended(Pended { pending_reason: PendingReason::Caller, until: None })
        }
        Act::Resume => TicketEvent::Resumed(Resumed {}),
        Act::Resolve => TicketEvent::Resolved(Resolved { code: None, solution: None }),
        Act::ResolveWithParent => {
            TicketEvent::ResolvedWithParent(ResolvedWithParent { parent: PARENT, code: code() })
        }
        Act::ResolveWithTasks => TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: code() }),
        Act::Reopen { held } => TicketEvent::Reopened(Reopened { holder: held.then_some(ANNA) }),
        Act::Close => TicketEvent::Closed(Closed { closed_at: dawn() }),
        Act::Cancel => TicketEvent::Cancelled(Cancelled {}),
        Act::Merge => TicketEvent::Merged(Merged { into: PARENT, closed_at: dawn() }),
        Act::Terms(terms) => TicketEvent::SlaTermsRestated(SlaTermsRestated {
            terms: terms.clone().map(Box::new),
            cause: TermsCause::Priority,
        }),
        Act::Prioritize => TicketEvent::Prioritized(Prioritized {
            priority: Priority::High,
            impact: None,
            urgency: None,
        }),
        Act::Classify => {
            TicketEvent::Classified(Classified { kind: TicketKind::Incident, subject: None })
        }
    }
}

fn opened(terms: Option<Terms>) -> TicketEvent {
    TicketEvent::Opened(Box::new(Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(CLEO), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: CLEO,
        author: ANNA,
        unit: Some(DESK),
        assignees: [].into(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: terms.map(Box::new),
        deadline_at: None,
    }))
}

/// The course of a story; its events are numbered from 1.
fn course(story: &[(i64, Act)]) -> Course {
    let mut course = Course::default();
    for ((stamp, act), sequence) in story.iter().zip(1..) {
        course.fold(sequence, t(*stamp), &event(act));
    }
    course
}

/// A ticket opened at 0 under these terms, and what happened then.
fn story<const N: usize>(terms: Terms, acts: [(i64, Act); N]) -> Course {
    let mut story = vec![(0, Act::Open(Some(terms)))];
    story.extend(acts);
    course(&story)
}

/// What the clocks show after so many seconds, where every calendar is always open.
fn at(course: &Course, seconds: i64) -> Readings {
    course.at(t(seconds), &Known::default()).unwrap()
}

/// How much each clock used after so many seconds.
fn used(course: &Course, seconds: i64) -> (i64, i64, i64) {
    let it = at(course, seconds);
    (it.reaction.used_seconds, it.work.used_seconds, it.deadline.used_seconds)
}

/// Version 1 of the calendar has these hours, version 2 those, and so on.
fn known<const N: usize>(hours: [TestHours; N]) -> Known {
    Known((1..).map(version).zip(hours).collect())
}

const CLOCKS: [ClockKind; 3] = [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline];
