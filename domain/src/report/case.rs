//! What of a ticket's stream reports ask for, folded one event after another.
//!
//! Unlike a row of a list it forgets nothing: it answers for any instant since the opening, and for
//! other terms than those that were in force. Nothing personal is in it. Called by projections, which
//! keep it, and by the tools that fold it from the log.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::words::words;
use crate::kernel::{PersonId, SubjectId, UnitId};
use crate::sla::stopwatch::{Course, What};
use crate::ticket::event::{Assigned, Escalated, Opened};
use crate::ticket::{Priority, TicketEvent, TicketKind};

/// What became of a ticket so far: nothing before its opening.
///
/// Folding one event after another gives the same as folding them all anew. The parts are lists in
/// stream order, each with what it was from then on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    course: Course,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opening: Option<Opening>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    changed_at: Option<DateTime<Utc>>,
    #[serde(default)]
    abouts: Vec<Noted<About>>,
    #[serde(default)]
    priorities: Vec<Noted<Priority>>,
    #[serde(default)]
    targets: Vec<Noted<Target>>,
    #[serde(default)]
    holders: Vec<Noted<Option<PersonId>>>,
    #[serde(default)]
    resolutions: Vec<Noted<Option<PersonId>>>,
}

/// Something that was so from an event on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted<T> {
    /// The number of the event in its stream.
    pub sequence: i64,
    /// When it counts as having happened: not before what happened earlier in the stream, as the
    /// stopwatch counts it (S5).
    pub at: DateTime<Utc>,
    /// What.
    pub value: T,
}

/// What never changes about a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// For people: `INC-1042`.
    pub number: String,
    /// Who reported it.
    pub author: PersonId,
    /// For whom.
    pub requester: PersonId,
}

/// What a ticket is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What sort of ticket.
    pub kind: TicketKind,
    /// On which subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
}

/// Whose a ticket is to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// None: no unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Empty: the whole unit, or dispatch.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub assignees: BTreeSet<PersonId>,
}

words! {
    /// How it stands with a ticket.
    Outcome {
        /// Somebody still has to do something.
        Open,
        /// Solved, closed or not.
        Solved,
        /// Over without a solution.
        Cancelled,
        /// It goes on as another one.
        Merged,
    }
}

/// The time one person had a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Who.
    pub holder: PersonId,
    /// Since when.
    pub from: DateTime<Utc>,
    /// Until when; none: still.
    pub to: Option<DateTime<Utc>>,
}

impl Case {
    /// Takes in the next event of the ticket's stream: its number there, its stamp, the person who
    /// did it or on whose behalf it was done (none: Annals itself), and the event.
    pub fn fold(
        &mut self,
        sequence: i64,
        occurred_at: DateTime<Utc>,
        doer: Option<PersonId>,
        event: &TicketEvent,
    ) {
        if matches!(event, TicketEvent::Opened(_)) == self.opening.is_some() {
            return;
        }
        self.course.fold(sequence, occurred_at, event);
        let at = self.course.marks().last().map_or(occurred_at, |mark| mark.at.max(occurred_at));
        self.changed_at = self.changed_at.max(Some(at));
        match event {
            TicketEvent::Opened(e) => self.opened(sequence, at, e),
            TicketEvent::Assigned(e) => self.assigned(sequence, at, e),
            TicketEvent::Escalated(e) => self.escalated(sequence, at, e),
            TicketEvent::WorkStarted(e) => self.held(sequence, at, Some(e.holder)),
            TicketEvent::Reopened(e) => self.held(sequence, at, e.holder),
            TicketEvent::Resolved(_)
            | TicketEvent::ResolvedWithParent(_)
            | TicketEvent::ResolvedWithTasks(_) => {
                let who = self.holder().or(doer);
                note(&mut self.resolutions, sequence, at, who);
                self.held(sequence, at, None);
            }
            TicketEvent::WorkStopped(_)
            | TicketEvent::Pended(_)
            | TicketEvent::Resumed(_)
            | TicketEvent::Closed(_)
            | TicketEvent::Cancelled(_)
            | TicketEvent::Merged(_) => self.held(sequence, at, None),
            TicketEvent::Classified(e) => {
                let about = About { kind: e.kind, subject: e.subject };
                note(&mut self.abouts, sequence, at, about);
            }
            TicketEvent::Prioritized(e) => note(&mut self.priorities, sequence, at, e.priority),
            TicketEvent::SlaTermsRestated(_) => {}
        }
    }

    /// What moved its clocks; also without a plan. Reopenings, closing, cancelling and merging are
    /// marks there.
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// What it began with; none before.
    pub fn opening(&self) -> Option<&Opening> {
        self.opening.as_ref()
    }

    /// When its last event happened; what is said on it is of another stream.
    pub fn changed_at(&self) -> Option<DateTime<Utc>> {
        self.changed_at
    }

    /// What it was about; the first is the opening's.
    pub fn abouts(&self) -> &[Noted<About>] {
        &self.abouts
    }

    /// Its priorities; the first is the opening's.
    pub fn priorities(&self) -> &[Noted<Priority>] {
        &self.priorities
    }

    /// Whose it was to do; the first is the opening's.
    pub fn targets(&self) -> &[Noted<Target>] {
        &self.targets
    }

    /// Who held it; none: nobody. Empty as long as nobody ever did.
    pub fn holders(&self) -> &[Noted<Option<PersonId>>] {
        &self.holders
    }

    /// Its resolutions, with who resolved it: the holder, else whoever did it; none: Annals itself,
    /// as with a parent or with the last of its tasks.
    pub fn resolutions(&self) -> &[Noted<Option<PersonId>>] {
        &self.resolutions
    }

    /// When it was opened.
    pub fn opened_at(&self) -> Option<DateTime<Utc>> {
        self.course.opened_at()
    }

    /// Its last resolution by an instant, if it is still solved then.
    pub fn resolution(&self, at: DateTime<Utc>) -> Option<&Noted<Option<PersonId>>> {
        let solved = self.outcome(at) == Some(Outcome::Solved);
        self.resolutions.iter().rev().find(|noted| solved && noted.at <= at)
    }

    /// The times it was held, in order.
    pub fn holds(&self) -> impl Iterator<Item = Hold> + '_ {
        let ends = self.holders.iter().skip(1).map(|next| Some(next.at)).chain([None]);
        self.holders
            .iter()
            .zip(ends)
            .filter_map(|(begun, to)| Some(Hold { holder: begun.value?, from: begun.at, to }))
    }

    /// How it stands at an instant; none before the opening.
    pub fn outcome(&self, at: DateTime<Utc>) -> Option<Outcome> {
        let marks = self.course.marks().iter().take_while(|mark| mark.at <= at);
        marks.fold(None, |before, mark| match mark.what {
            What::Resolved => Some(Outcome::Solved),
            What::Cancelled => Some(Outcome::Cancelled),
            What::Merged => Some(Outcome::Merged),
            What::Closed if before == Some(Outcome::Open) => Some(Outcome::Solved),
            What::Opened(_) | What::Reopened(_) => Some(Outcome::Open),
            _ => before,
        })
    }

    fn opened(&mut self, sequence: i64, at: DateTime<Utc>, e: &Opened) {
        self.opening =
            Some(Opening { number: e.number.clone(), author: e.author, requester: e.requester });
        note(&mut self.abouts, sequence, at, About { kind: e.kind, subject: e.subject });
        note(&mut self.priorities, sequence, at, e.priority);
        let target = Target { unit: e.unit, assignees: e.assignees.clone() };
        note(&mut self.targets, sequence, at, target);
    }

    fn assigned(&mut self, sequence: i64, at: DateTime<Utc>, e: &Assigned) {
        let target = Target { unit: e.unit, assignees: e.assignees.clone() };
        note(&mut self.targets, sequence, at, target);
        self.held(sequence, at, None);
    }

    /// A higher tier alone leaves it where it is (T16).
    fn escalated(&mut self, sequence: i64, at: DateTime<Utc>, e: &Escalated) {
        if self.targets.last().is_none_or(|target| target.value.unit != e.unit) {
            note(&mut self.targets, sequence, at, Target { unit: e.unit, assignees: [].into() });
            self.held(sequence, at, None);
        }
    }

    fn held(&mut self, sequence: i64, at: DateTime<Utc>, holder: Option<PersonId>) {
        if holder.is_some() || self.holder().is_some() {
            note(&mut self.holders, sequence, at, holder);
        }
    }

    fn holder(&self) -> Option<PersonId> {
        self.holders.last()?.value
    }
}

/// What was in force at an instant; none before the first.
pub fn in_force<T>(list: &[Noted<T>], at: DateTime<Utc>) -> Option<&T> {
    list[..list.partition_point(|noted| noted.at <= at)].last().map(|noted| &noted.value)
}

/// S5: nothing counts as earlier than what stands before it.
fn note<T>(list: &mut Vec<Noted<T>>, sequence: i64, at: DateTime<Utc>, value: T) {
    let at = list.last().map_or(at, |last| last.at.max(at));
    list.push(Noted { sequence, at, value });
}
