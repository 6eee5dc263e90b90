//! Tickets under a plan that nobody has begun with: all their clocks run.

use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::Aggregate;
use domain::kernel::{Actor, ClaimChange, ClaimKey};
use domain::sla::Terms;
use domain::ticket::event::{Opened, TicketEvent};
use domain::ticket::{Priority, Ticket, TicketKind};
use journal::{Append, ClaimOf, Journal, StreamAppend};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use tokio::task::JoinSet;

use super::{Organisation, id_at, meta, new_event, personal, sentence};
use crate::Fault;

/// Tickets an append.
const TOGETHER: u64 = 250;
/// Appends at once.
const WRITERS: usize = 4;

/// So many of them, under these terms, opened at even steps between two instants.
#[derive(Debug)]
pub(crate) struct Measured<'a> {
    pub(crate) organisation: &'a Organisation,
    pub(crate) seed: u64,
    pub(crate) count: u64,
    pub(crate) terms: Terms,
    pub(crate) opened: (DateTime<Utc>, DateTime<Utc>),
}

impl Measured<'_> {
    /// Brings them in.
    pub(crate) async fn fill(&self, journal: &Journal) -> Result<(), Fault> {
        let mut chance = ChaCha8Rng::seed_from_u64(self.seed);
        let mut writing = JoinSet::new();
        for first in (0..self.count).step_by(TOGETHER as usize) {
            let mut append = Append::default();
            for index in first..(first + TOGETHER).min(self.count) {
                self.add(&mut append, &mut chance, index);
            }
            if writing.len() == WRITERS {
                writing.join_next().await.ok_or("nobody writes")???;
            }
            let journal = journal.clone();
            writing.spawn(
                async move { journal.append(&append).await.map(|_| ()).map_err(Fault::from) },
            );
        }
        while let Some(written) = writing.join_next().await {
            written??;
        }
        Ok(())
    }

    fn add(&self, append: &mut Append, chance: &mut ChaCha8Rng, index: u64) {
        let (from, to) = self.opened;
        let micros = (to - from).num_microseconds().unwrap_or_default() as f64;
        let share = index as f64 / self.count.max(1) as f64;
        let at = from + TimeDelta::microseconds((micros * share) as i64);
        let (aggregate_type, id) = (Ticket::TYPE, id_at(chance, at));
        let number = format!("SLA-{index}");
        let clients = &self.organisation.clients;
        let caller = clients[(index % clients.len() as u64) as usize];
        let opened = Opened {
            number: number.clone(),
            kind: TicketKind::Incident,
            title: personal(caller, sentence(chance, 5)),
            description: None,
            subject: None,
            priority: Priority::Normal,
            impact: None,
            urgency: None,
            requester: caller,
            author: caller,
            unit: Some(self.organisation.units[0].0),
            assignees: [].into(),
            external_ref: None,
            individual: false,
            routing: None,
            sla: Some(Box::new(self.terms.clone())),
            deadline_at: None,
        };
        let meta = meta(chance, Actor::Person(caller), at);
        let events = vec![new_event(&TicketEvent::Opened(Box::new(opened)), meta)];
        append.streams.push(StreamAppend { aggregate_type, aggregate_id: id, expected: 0, events });
        let change = ClaimChange::Hold { scope: "ticket.number", key: ClaimKey::Plain(number) };
        append.claims.push(ClaimOf { aggregate_type, aggregate_id: id, change });
    }
}
