//! What keeps people from being erased, before it is decided.
//!
//! All of it is asked of what is never behind: the journal, and what the append itself keeps. How often
//! evidence had moved is read before anything else, so that a hold that comes in between is noticed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::access::Premise;
use domain::access::model::{AccessSubject, GrantState};
use domain::ci::Ci;
use domain::ci::words::CiLife;
use domain::erasure::{Bonds, Erasure};
use domain::evidence_hold::HeldObject;
use domain::kernel::{DataSubject, EvidenceHoldId, Facts, PersonId, TicketId};
use domain::person::{Life, Person};
use domain::subject_access::SubjectAccess;
use journal::JournalError;
use journal::erasure::{Standing, among};
use uuid::Uuid;

use super::{Gateway, GatewayError};

/// The types of the streams around a ticket that may hold words; all have the ticket's identity.
const AROUND_A_TICKET: [&str; 6] =
    ["ticket", "conversation", "ticket_dossier", "ticket_quality", "ticket_items", "ticket_clock"];
/// Open requests that are named at most.
const REQUESTS: i64 = 100;

impl Gateway {
    /// Adds to the facts what keeps these people.
    pub(super) async fn bind(
        &self,
        facts: &mut Facts,
        people: &BTreeSet<PersonId>,
        at: DateTime<Utc>,
    ) -> Result<(), GatewayError> {
        for &person in people {
            let standing = Standing::of(&self.0.journal, person, at).await?;
            let leans = facts.access.leans.entry(Premise::Evidence).or_insert(standing.moved);
            *leans = standing.moved.min(*leans);
            let bonds = self.bonds(person, standing, at).await?;
            facts.bonds.extend(bonds.map(|bonds| (person, bonds)));
        }
        Ok(())
    }

    /// None: there is no such person, and no item that tells of one.
    async fn bonds(
        &self,
        person: PersonId,
        standing: Standing,
        at: DateTime<Utc>,
    ) -> Result<Option<Bonds>, GatewayError> {
        let journal = &self.0.journal;
        let Some(left) = self.has_left(person).await? else { return Ok(None) };
        let subject = AccessSubject::Person(person);
        let access = journal.load::<SubjectAccess>(subject.stream().0).await?.state;
        let mut begun = None;
        if let Some(id) = standing.erasure {
            let erasure = journal.load::<Erasure>(id.0).await?.state;
            begun = erasure.0.filter(|body| body.phase.has_begun()).map(|_| id);
        }
        let lasts =
            access.grants().any(|grant| grant.state == GrantState::Active && !grant.is_over(at))
                || access.exceptions().next().is_some();
        Ok(Some(Bonds {
            left,
            access: lasts,
            requests: self
                .0
                .directory
                .left_behind(subject, REQUESTS)
                .await?
                .asked
                .into_iter()
                .collect(),
            holds: self.holds(person, standing.holds).await?,
            begun,
        }))
    }

    /// Whether a person has left, or an item is not in use any more whose attributes tell, or told, of one:
    /// they are sealed under its own identity, so there is a key of it.
    async fn has_left(&self, person: PersonId) -> Result<Option<bool>, GatewayError> {
        let journal = &self.0.journal;
        if let Some(body) = journal.load::<Person>(person.0).await?.state.0 {
            return Ok(Some(body.life == Life::Left));
        }
        let Some(item) = journal.load::<Ci>(person.0).await?.state.0 else { return Ok(None) };
        let key = journal.keyring().key_of(DataSubject::Person(person)).await;
        let key = key.map_err(JournalError::from)?;
        Ok(key.map(|_| item.life != CiLife::Active))
    }

    /// Of these holds in force, those on the person, and on tickets that hold words of theirs.
    async fn holds(
        &self,
        person: PersonId,
        all: BTreeMap<EvidenceHoldId, HeldObject>,
    ) -> Result<BTreeSet<EvidenceHoldId>, GatewayError> {
        let (mut holds, mut tickets) = (BTreeSet::new(), Vec::new());
        for (id, on) in all {
            match on {
                HeldObject::Person(_) => {
                    holds.insert(id);
                }
                HeldObject::Ticket(ticket) => tickets.push((id, ticket)),
            }
        }
        let with_words = self.with_words(person, tickets.iter().map(|(_, ticket)| *ticket)).await?;
        let protecting = tickets.into_iter().filter(|(_, ticket)| with_words.contains(&ticket.0));
        holds.extend(protecting.map(|(id, _)| id));
        Ok(holds)
    }

    /// Which of these tickets hold words of the person, by identity.
    async fn with_words(
        &self,
        person: PersonId,
        tickets: impl Iterator<Item = TicketId>,
    ) -> Result<BTreeSet<Uuid>, GatewayError> {
        let around = |ticket: TicketId| AROUND_A_TICKET.map(|name| (name, ticket.0));
        let streams: Vec<(&str, Uuid)> = tickets.flat_map(around).collect();
        if streams.is_empty() {
            return Ok(BTreeSet::new());
        }
        Ok(among(&self.0.journal, person, &streams).await?)
    }
}
