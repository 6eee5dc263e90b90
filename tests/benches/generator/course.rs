//! What happens to one ticket, from its opening to the end of history.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::conversation::ConversationEvent;
use domain::conversation::event::Replied;
use domain::kernel::{CommentId, PersonId, UnitId};
use domain::ticket::TicketKind;
use domain::ticket::event::{
    Assigned, Closed, Opened, Pended, Reopened, Resolved, Resumed, TicketEvent, WorkStarted,
};
use rand::Rng;
use rand_chacha::ChaCha8Rng;

use super::{Depth, Organisation, id_at, personal, sentence, shape};

/// After so many days a resolved ticket is closed: before the server would do it by itself.
const CLOSING: TimeDelta = TimeDelta::days(4);
/// Between two replies.
const TALK: TimeDelta = TimeDelta::minutes(7);

/// Something happened, done by somebody, at some time.
#[derive(Debug)]
pub(super) struct Happened<E> {
    pub(super) at: DateTime<Utc>,
    pub(super) by: PersonId,
    pub(super) event: E,
}

/// A ticket's course.
#[derive(Debug)]
pub(super) struct Course<'a> {
    chance: &'a mut ChaCha8Rng,
    organisation: &'a Organisation,
    events: Vec<Happened<TicketEvent>>,
    replies: Vec<Happened<ConversationEvent>>,
    caller: PersonId,
    agent: PersonId,
    unit: usize,
}

impl<'a> Course<'a> {
    /// Opened, and taken as far as it gets before `end`.
    pub(super) fn run(
        chance: &'a mut ChaCha8Rng,
        organisation: &'a Organisation,
        number: u64,
        (at, end): (DateTime<Utc>, DateTime<Utc>),
        depth: Depth,
    ) -> Self {
        let caller = organisation.clients[shape::caller(chance, organisation.clients.len())];
        let (unit, agent) = place(chance, organisation);
        let mut course = Self {
            chance,
            organisation,
            events: Vec::new(),
            replies: Vec::new(),
            caller,
            agent,
            unit,
        };
        course.open(number, at, depth);
        let resolved = at + TimeDelta::seconds(shape::seconds_to_resolve(course.chance));
        if depth == Depth::Full || resolved > end {
            course.work((at, resolved));
        }
        course.resolve(resolved);
        if depth == Depth::Full {
            course.talk(at);
        }
        course.events.retain(|happened| happened.at <= end);
        course.replies.retain(|happened| happened.at <= end);
        course
    }

    /// What happened to it, and what was said.
    pub(super) fn told(self) -> (Vec<Happened<TicketEvent>>, Vec<Happened<ConversationEvent>>) {
        (self.events, self.replies)
    }

    fn open(&mut self, number: u64, at: DateTime<Utc>, depth: Depth) {
        let unplaced = shape::among(self.chance, shape::UNPLACED);
        let assigned = !unplaced && (depth == Depth::Brief || self.chance.random_bool(0.5));
        let words = self.chance.random_range(3..8);
        let title = sentence(self.chance, words);
        let story = sentence(self.chance, 20);
        let subjects = &self.organisation.subjects;
        let opened = Opened {
            number: format!("INC-{number}"),
            kind: TicketKind::Incident,
            title: personal(self.caller, title),
            description: (depth == Depth::Full).then(|| personal(self.caller, story)),
            subject: Some(subjects[self.chance.random_range(0..subjects.len())]),
            priority: shape::priority(self.chance),
            impact: None,
            urgency: None,
            requester: self.caller,
            author: self.caller,
            unit: (!unplaced).then(|| self.unit_id()),
            assignees: assigned.then_some(self.agent).into_iter().collect(),
            external_ref: None,
            deadline_at: None,
            sla: None,
            individual: false,
            routing: None,
        };
        self.push(at, self.caller, TicketEvent::Opened(Box::new(opened)));
    }

    /// Passed on as often as the sample says, then worked on, with or without waiting.
    fn work(&mut self, (from, to): (DateTime<Utc>, DateTime<Utc>)) {
        let times = shape::reassignments(self.chance);
        let step = (to - from) / (i32::try_from(times).unwrap_or(0) + 4);
        let mut at = from;
        for _ in 0..times {
            at += step;
            let by = self.agent;
            (self.unit, self.agent) = place(self.chance, self.organisation);
            let assigned = Assigned {
                unit: Some(self.unit_id()),
                assignees: BTreeSet::from([self.agent]),
                note: None,
                routing: None,
            };
            self.push(at, by, TicketEvent::Assigned(assigned));
        }
        at += step;
        self.push(at, self.agent, TicketEvent::WorkStarted(WorkStarted { holder: self.agent }));
        if shape::among(self.chance, shape::WAITING) {
            let pending_reason = shape::wait(self.chance);
            let pended = Pended { pending_reason, until: None };
            self.push(at + step, self.agent, TicketEvent::Pended(pended));
            self.push(at + step * 2, self.agent, TicketEvent::Resumed(Resumed {}));
        }
    }

    fn resolve(&mut self, at: DateTime<Utc>) {
        let resolved =
            || TicketEvent::Resolved(Resolved { code: Some("FIXED".to_owned()), solution: None });
        self.push(at, self.agent, resolved());
        let mut closed_at = at + CLOSING;
        if shape::among(self.chance, shape::REOPENED) {
            let again = at + TimeDelta::days(1);
            let reopened = Reopened { holder: Some(self.agent) };
            self.push(again, self.caller, TicketEvent::Reopened(reopened));
            self.push(again + TimeDelta::hours(5), self.agent, resolved());
            closed_at += TimeDelta::hours(29);
        }
        self.push(closed_at, self.caller, TicketEvent::Closed(Closed { closed_at }));
    }

    fn talk(&mut self, opened: DateTime<Utc>) {
        for turn in 1..=self.chance.random_range(0..12) {
            let author = if turn % 2 == 0 { self.caller } else { self.agent };
            let at = opened + TALK * turn;
            let comment = CommentId(id_at(self.chance, at));
            let body = personal(author, sentence(self.chance, 25));
            let replied = Replied { comment, author, body, mentions: BTreeSet::new() };
            let event = ConversationEvent::Replied(replied);
            self.replies.push(Happened { at, by: author, event });
        }
    }

    fn unit_id(&self) -> UnitId {
        self.organisation.units[self.unit].0
    }

    fn push(&mut self, at: DateTime<Utc>, by: PersonId, event: TicketEvent) {
        self.events.push(Happened { at, by, event });
    }
}

/// A unit by its share of the work, and one of its agents.
fn place(chance: &mut ChaCha8Rng, organisation: &Organisation) -> (usize, PersonId) {
    let units = &organisation.units;
    let unit = shape::weighted(chance, shape::UNITS.into_iter().take(units.len()));
    let agents = &units[unit].1;
    (unit, agents[chance.random_range(0..agents.len())])
}
