//! Tickets, one after the other, as appends.

use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::Aggregate;
use domain::conversation::Conversation;
use domain::kernel::{Actor, ClaimChange, ClaimKey};
use domain::sla::Terms;
use domain::ticket::{Ticket, TicketEvent};
use journal::{Append, ClaimOf, NewEvent, StreamAppend};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use uuid::Uuid;

use super::course::{Course, Happened};
use super::{Organisation, id_at, meta, new_event};

/// Numbers for people begin here, beyond those a running server draws.
const FIRST_NUMBER: u64 = 10_000_000;
/// Over how many days the tickets are spread.
const DAYS: i64 = 730;
/// Of so many tickets one is not measured, where there is a plan.
const FREE: u64 = 4;

/// How much of a ticket's life is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// All of it, as in the sample, and a conversation: some six events.
    Full,
    /// Its opening, its resolution and its end; work and waiting only of those that are open.
    Brief,
}

/// Some tickets.
#[derive(Debug, Default)]
pub(crate) struct Ticketed {
    pub(crate) append: Append,
    pub(crate) tickets: u64,
    pub(crate) events: usize,
}

/// An endless row of tickets, the same again for the same arguments.
#[derive(Debug)]
pub(crate) struct Tickets {
    chance: ChaCha8Rng,
    organisation: Organisation,
    end: DateTime<Utc>,
    /// How many fill the two years, and how many of those there are.
    span: (u64, u64),
    made: u64,
    /// By what most of them are measured.
    terms: Option<Terms>,
}

impl Tickets {
    /// All of them were opened in the two years before `end`.
    pub(crate) fn new(organisation: Organisation, seed: u64, end: DateTime<Utc>) -> Self {
        let chance = ChaCha8Rng::seed_from_u64(seed);
        Self { chance, organisation, end, span: (1, 0), made: 0, terms: None }
    }

    /// Three of four of them are measured by these terms from their opening on.
    pub(crate) fn under(mut self, terms: Terms) -> Self {
        self.terms = Some(terms);
        self
    }

    /// Who appears in them.
    pub(crate) fn organisation(&self) -> &Organisation {
        &self.organisation
    }

    /// The next so many fill the two years, in the order of their opening.
    pub(crate) fn spread(&mut self, count: u64) {
        self.span = (count.max(1), 0);
    }

    /// The next tickets, until there are this many of them, or of events.
    pub(crate) fn next(&mut self, tickets: u64, events: usize, depth: Depth) -> Ticketed {
        let mut next = Ticketed::default();
        while next.tickets < tickets && next.events < events {
            self.one(&mut next, depth);
        }
        next
    }

    fn one(&mut self, next: &mut Ticketed, depth: Depth) {
        let at = self.opened_at();
        let number = FIRST_NUMBER + self.made;
        self.made += 1;
        self.span.1 += 1;
        let id = id_at(&mut self.chance, at);
        let (mut events, replies) =
            Course::run(&mut self.chance, &self.organisation, number, (at, self.end), depth).told();
        if !number.is_multiple_of(FREE)
            && let Some(Happened { event: TicketEvent::Opened(opened), .. }) = events.first_mut()
        {
            opened.sla = self.terms.clone().map(Box::new);
        }
        let events = self.said(events);
        next.events += events.len() + replies.len();
        next.tickets += 1;
        next.append.streams.push(stream(Ticket::TYPE, id, events));
        if !replies.is_empty() {
            let replies = self.said(replies);
            next.append.streams.push(stream(Conversation::TYPE, id, replies));
        }
        let key = ClaimKey::Plain(format!("INC-{number}"));
        let change = ClaimChange::Hold { scope: "ticket.number", key };
        next.append.claims.push(ClaimOf { aggregate_type: Ticket::TYPE, aggregate_id: id, change });
    }

    fn said<E: cqrs_es::DomainEvent + serde::Serialize>(
        &mut self,
        happened: Vec<Happened<E>>,
    ) -> Vec<NewEvent> {
        let mut events = Vec::with_capacity(happened.len());
        for Happened { at, by, event } in happened {
            let meta = meta(&mut self.chance, Actor::Person(by), at);
            events.push(new_event(&event, meta));
        }
        events
    }

    fn opened_at(&self) -> DateTime<Utc> {
        let share = self.span.1 as f64 / self.span.0 as f64;
        let seconds = (DAYS * 86_400) as f64 * share.min(1.0);
        self.end - TimeDelta::days(DAYS) + TimeDelta::seconds(seconds as i64)
    }
}

fn stream(aggregate_type: &'static str, id: Uuid, events: Vec<NewEvent>) -> StreamAppend {
    StreamAppend { aggregate_type, aggregate_id: id, expected: 0, events }
}
