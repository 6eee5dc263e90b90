//! A stream of commands: tickets of four commands each, one after the other. Each is named by its
//! sender, so that it could be repeated; the first holds the ticket's number.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::kernel::{Actor, ClaimChange, ClaimKey, PersonId};
use domain::ticket::event::{Assigned, Opened, Resolved, TicketEvent, WorkStarted};
use domain::ticket::{Ticket, TicketKind};
use journal::{Append, ClaimOf, CommandRecord, StreamAppend};
use rand::{Rng, RngCore};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use uuid::Uuid;

use super::{Organisation, id_at, meta, new_event, personal, sentence, shape};

/// Commands a ticket.
const LENGTH: i64 = 4;

/// Somebody's commands, the same again for the same seed; two seeds share no ticket.
#[derive(Debug)]
pub(crate) struct Commands {
    chance: ChaCha8Rng,
    organisation: Arc<Organisation>,
    at: DateTime<Utc>,
    ticket: Uuid,
    caller: PersonId,
    agent: PersonId,
    /// The version the ticket stands at.
    version: i64,
}

/// A command that was decided.
#[derive(Debug)]
pub(crate) struct Step {
    /// Which ticket it is about.
    pub(crate) ticket: Uuid,
    /// Where that stands when everything before was appended.
    pub(crate) version: i64,
    /// What happened.
    pub(crate) event: TicketEvent,
    actor: Actor,
}

impl Commands {
    pub(crate) fn new(organisation: Arc<Organisation>, seed: u64, at: DateTime<Utc>) -> Self {
        let nobody = PersonId(Uuid::nil());
        Self {
            chance: ChaCha8Rng::seed_from_u64(seed),
            organisation,
            at,
            ticket: Uuid::nil(),
            caller: nobody,
            agent: nobody,
            version: LENGTH,
        }
    }

    /// The next command.
    pub(crate) fn next(&mut self) -> Step {
        if self.version == LENGTH {
            self.another();
        }
        let (actor, event) = self.event();
        let version = self.version;
        self.version += 1;
        Step { ticket: self.ticket, version, event, actor: Actor::Person(actor) }
    }

    /// As an append to a ticket that was found at `version`.
    pub(crate) fn append(&mut self, step: &Step, version: i64) -> Append {
        let aggregate_type = Ticket::TYPE;
        let meta = meta(&mut self.chance, step.actor, self.at);
        let mut input_hash = [0; 32];
        self.chance.fill_bytes(&mut input_hash);
        let command = CommandRecord { actor: step.actor, command_id: meta.command_id, input_hash };
        let events = vec![new_event(&step.event, meta)];
        let claims = match &step.event {
            TicketEvent::Opened(opened) => {
                let key = ClaimKey::Plain(opened.number.clone());
                let change = ClaimChange::Hold { scope: "ticket.number", key };
                vec![ClaimOf { aggregate_type, aggregate_id: step.ticket, change }]
            }
            _ => Vec::new(),
        };
        let stream =
            StreamAppend { aggregate_type, aggregate_id: step.ticket, expected: version, events };
        Append { streams: vec![stream], claims, command: Some(command), ..Append::default() }
    }

    /// Whether this one is among so many in a thousand.
    pub(crate) fn among(&mut self, per_mille: u32) -> bool {
        shape::among(&mut self.chance, per_mille)
    }

    fn another(&mut self) {
        self.ticket = id_at(&mut self.chance, self.at);
        self.version = 0;
        let clients = &self.organisation.clients;
        self.caller = clients[shape::caller(&mut self.chance, clients.len())];
        let agents = &self.organisation.units[0].1;
        self.agent = agents[self.chance.random_range(0..agents.len())];
    }

    fn event(&mut self) -> (PersonId, TicketEvent) {
        let unit = Some(self.organisation.units[0].0);
        match self.version {
            0 => (self.caller, TicketEvent::Opened(Box::new(self.opened()))),
            1 => {
                let assignees = BTreeSet::from([self.agent]);
                let assigned = Assigned { unit, assignees, note: None, routing: None };
                (self.agent, TicketEvent::Assigned(assigned))
            }
            2 => (self.agent, TicketEvent::WorkStarted(WorkStarted { holder: self.agent })),
            _ => {
                let resolved = Resolved { code: Some("FIXED".to_owned()), solution: None };
                (self.agent, TicketEvent::Resolved(resolved))
            }
        }
    }

    fn opened(&mut self) -> Opened {
        Opened {
            number: format!("INC-{}", self.ticket.simple()),
            kind: TicketKind::Incident,
            title: personal(self.caller, sentence(&mut self.chance, 6)),
            description: None,
            subject: self.organisation.subjects.first().copied(),
            priority: shape::priority(&mut self.chance),
            impact: None,
            urgency: None,
            requester: self.caller,
            author: self.caller,
            unit: Some(self.organisation.units[0].0),
            assignees: BTreeSet::new(),
            external_ref: None,
            deadline_at: None,
            sla: None,
            individual: false,
            routing: None,
        }
    }
}
