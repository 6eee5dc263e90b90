//! Several commands on tickets as one: all of them are stored, or none is.
//!
//! A link is said in two dossiers, a merge in a ticket and two dossiers, a macro in many streams.
//! Each step is guarded and decided as if it came alone, on what the steps before it have made;
//! then everything is appended at once. Called by the mutations that need it.

use std::collections::BTreeMap;

use cqrs_es::Aggregate;
use domain::conversation::{Conversation, ConversationCommand};
use domain::kernel::{Facts, Meta, TicketFacts, TicketId};
use domain::ticket::{Ticket, TicketCommand};
use domain::ticket_dossier::{Dossier, TicketDossierCommand};
use journal::{Append, ClaimOf, CommandRecord, NewEvent, Receipt, StreamAppend};
use uuid::Uuid;

use super::{ATTEMPTS, Caller, Gateway, GatewayError, Guarded, Outcome, Request};
use super::{claims, context, new_event, pause};

/// One of several commands on tickets.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "one variant an aggregate")]
pub enum Step {
    Ticket(TicketId, TicketCommand),
    Conversation(TicketId, ConversationCommand),
    Dossier(TicketId, TicketDossierCommand),
}

impl Step {
    fn ticket(&self) -> TicketId {
        match self {
            Self::Ticket(id, _) | Self::Conversation(id, _) | Self::Dossier(id, _) => *id,
        }
    }
}

/// The streams the steps have touched so far.
#[derive(Debug, Default)]
struct Desk {
    tickets: BTreeMap<TicketId, Kept<Ticket>>,
    conversations: BTreeMap<TicketId, Kept<Conversation>>,
    dossiers: BTreeMap<TicketId, Kept<Dossier>>,
    claims: Vec<ClaimOf>,
}

/// A stream as the steps so far have left it.
#[derive(Debug)]
struct Kept<S> {
    state: S,
    expected: i64,
    events: Vec<NewEvent>,
}

/// A command whose streams have a place on the desk.
trait OnDesk: Guarded {
    fn shelf(desk: &mut Desk) -> &mut BTreeMap<TicketId, Kept<Self::State>>;
}

impl OnDesk for TicketCommand {
    fn shelf(desk: &mut Desk) -> &mut BTreeMap<TicketId, Kept<Ticket>> {
        &mut desk.tickets
    }
}

impl OnDesk for ConversationCommand {
    fn shelf(desk: &mut Desk) -> &mut BTreeMap<TicketId, Kept<Conversation>> {
        &mut desk.conversations
    }
}

impl OnDesk for TicketDossierCommand {
    fn shelf(desk: &mut Desk) -> &mut BTreeMap<TicketId, Kept<Dossier>> {
        &mut desk.dossiers
    }
}

/// What the steps of one request have in common.
#[derive(Clone, Copy)]
struct Common<'a> {
    caller: &'a Caller,
    record: Option<&'a CommandRecord>,
    command_id: Uuid,
}

impl Gateway {
    /// Executes all steps or none. `request.stream` is the stream whose version the caller has
    /// seen, and the receipt's first.
    pub async fn execute_together(
        &self,
        caller: &Caller,
        request: Request<Vec<Step>>,
    ) -> Result<Outcome, GatewayError> {
        let record = request.idempotency.map(|named| named.record(caller.actor));
        let mut streams: Vec<Uuid> = request.command.iter().map(|step| step.ticket().0).collect();
        streams.sort_unstable();
        streams.dedup();
        let _turn = self.0.journal.locks().turn(&streams).await;
        if let Some(receipt) = self.first_answer(record.as_ref()).await? {
            return Ok(Outcome { receipt });
        }
        let common = Common { caller, record: record.as_ref(), command_id: self.0.ids.next() };
        for attempt in 0..ATTEMPTS {
            match self.all_steps(common, &request).await {
                Err(GatewayError::Stale { .. }) if request.expected_version.is_none() => {
                    pause(attempt).await;
                }
                // Another node may have answered this very command while we decided.
                Err(error @ GatewayError::Refused(_)) => {
                    return match self.first_answer(record.as_ref()).await? {
                        Some(receipt) => Ok(Outcome { receipt }),
                        None => Err(error),
                    };
                }
                other => return other.map(|receipt| Outcome { receipt }),
            }
        }
        Err(GatewayError::Busy)
    }

    async fn all_steps(
        &self,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<Receipt, GatewayError> {
        let mut desk = Desk::default();
        for step in &request.command {
            match step.clone() {
                Step::Ticket(id, command) => {
                    self.step(&mut desk, common, (id, request.with(command, id.0))).await?;
                }
                Step::Conversation(id, command) => {
                    self.step(&mut desk, common, (id, request.with(command, id.0))).await?;
                }
                Step::Dossier(id, command) => {
                    self.step(&mut desk, common, (id, request.with(command, id.0))).await?;
                }
            }
        }
        let append = desk.into_append(request.stream, common.record);
        if append.streams.iter().all(|stream| stream.events.is_empty()) && append.command.is_none()
        {
            return Ok(Receipt { token: None, streams: append.versions(), replayed: false });
        }
        self.append(&append).await
    }

    async fn step<C: OnDesk>(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        (id, request): (TicketId, Request<C>),
    ) -> Result<(), GatewayError> {
        if !C::shelf(desk).contains_key(&id) {
            let loaded = self.0.journal.load::<C::State>(id.0).await?;
            let kept = Kept { state: loaded.state, expected: loaded.version, events: Vec::new() };
            C::shelf(desk).insert(id, kept);
        }
        let Some((state, expected)) =
            C::shelf(desk).get(&id).map(|kept| (kept.state.clone(), kept.expected))
        else {
            return Err(GatewayError::Busy);
        };
        let mut cx = self.context(common.caller, &request, &state).await?;
        desk.overlay(&mut cx.facts, request.command.needs(&state).tickets);
        cx.standing = self.guarded(common.caller, &request, (&state, &cx.facts)).await?;
        if request.expected_version.is_some_and(|seen| seen != expected) {
            return Err(GatewayError::Stale { actual: expected });
        }
        let source = (common.caller.source(), common.command_id);
        let meta = context::meta(&request, common.record, &cx, source);
        let events = request.command.decide(&state, &cx).map_err(GatewayError::refused)?;
        desk.add::<C>(id, state, (events, &meta));
        Ok(())
    }
}

impl Desk {
    fn add<C: OnDesk>(
        &mut self,
        id: TicketId,
        mut state: C::State,
        (events, meta): (Vec<C::Event>, &Meta),
    ) {
        let mut stored = Vec::with_capacity(events.len());
        for event in events {
            self.claims.extend(claims::<C>(id.0, &state, &event));
            stored.push(new_event(&event, meta));
            state.apply(event);
        }
        if let Some(kept) = C::shelf(self).get_mut(&id) {
            kept.state = state;
            kept.events.extend(stored);
        }
    }

    /// Later steps see what earlier ones have made.
    fn overlay(&self, facts: &mut Facts, needed: impl IntoIterator<Item = TicketId>) {
        for id in needed {
            if let Some(kept) = self.tickets.get(&id)
                && let Some(ticket) = &kept.state.0
            {
                let known = facts.tickets.entry(id).or_insert_with(|| TicketFacts {
                    ticket: (**ticket).clone(),
                    dossier: Dossier::default(),
                });
                known.ticket = (**ticket).clone();
            }
            if let (Some(kept), Some(known)) = (self.dossiers.get(&id), facts.tickets.get_mut(&id))
            {
                known.dossier = kept.state.clone();
            }
        }
    }

    fn into_append(self, first: Uuid, record: Option<&CommandRecord>) -> Append {
        let mut streams = appends(self.tickets);
        streams.extend(appends(self.dossiers));
        streams.extend(appends(self.conversations));
        // The stable sort leaves a ticket's own stream before its dossier and conversation.
        streams.sort_by_key(|stream| stream.aggregate_id != first);
        Append { streams, claims: self.claims, command: record.cloned() }
    }
}

fn appends<S: Aggregate>(kept: BTreeMap<TicketId, Kept<S>>) -> Vec<StreamAppend> {
    kept.into_iter()
        .filter(|(_, kept)| !kept.events.is_empty())
        .map(|(id, kept)| StreamAppend {
            aggregate_type: S::TYPE,
            aggregate_id: id.0,
            expected: kept.expected,
            events: kept.events,
        })
        .collect()
}

impl Request<Vec<Step>> {
    /// One of its steps; the version the caller has seen is that of the first stream's ticket.
    fn with<C: Guarded>(&self, command: C, stream: Uuid) -> Request<C> {
        let about_it = stream == self.stream && C::State::TYPE == Ticket::TYPE;
        Request {
            command,
            stream,
            expected_version: self.expected_version.filter(|_| about_it),
            idempotency: self.idempotency,
            reason: self.reason.clone(),
            correlation_id: self.correlation_id,
            causation_id: self.causation_id,
            trace_id: self.trace_id.clone(),
            at: self.at,
        }
    }
}
