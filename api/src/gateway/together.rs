//! Several commands on tickets as one: all of them are stored, or none is.
//!
//! A link is said in two dossiers, a merge in a ticket and two dossiers, a macro in many streams.
//! Each step is guarded and decided as if it came alone, on what the steps before it have made;
//! then everything is appended at once. Called by the mutations that need it, those with one step
//! among them: that way all commands around a ticket compare the same version, the ticket's own.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use cqrs_es::Aggregate;
use domain::conversation::{Conversation, ConversationCommand};
use domain::kernel::{Context, Facts, Meta, TicketFacts, TicketId};
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

    /// The ticket that begins with it.
    fn opens(&self) -> Option<TicketId> {
        match self {
            Self::Ticket(id, TicketCommand::Open(_)) => Some(*id),
            Self::Ticket(..) | Self::Conversation(..) | Self::Dossier(..) => None,
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

/// Why nothing was done, and at which step.
#[derive(Debug)]
pub struct AtStep {
    /// Which of several, counted from 1; none when it is the request as a whole.
    pub step: Option<usize>,
    /// Why.
    pub error: GatewayError,
}

impl From<GatewayError> for AtStep {
    fn from(error: GatewayError) -> Self {
        Self { step: None, error }
    }
}

impl Gateway {
    /// Executes all steps or none. `request.stream` is the ticket whose version the caller has
    /// seen, and the receipt's first.
    pub async fn execute_together(
        &self,
        caller: &Caller,
        request: Request<Vec<Step>>,
    ) -> Result<Outcome, GatewayError> {
        self.execute_steps(caller, request).await.map_err(|fault| fault.error)
    }

    /// The same, and says which step was at fault.
    pub async fn execute_steps(
        &self,
        caller: &Caller,
        request: Request<Vec<Step>>,
    ) -> Result<Outcome, AtStep> {
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
                // Another node was first. The version that the caller has seen is compared again.
                Err(AtStep { step: None, error: GatewayError::Stale { .. } }) => {
                    pause(attempt).await;
                }
                // Another node may have answered this very command while we decided.
                Err(fault @ AtStep { error: GatewayError::Refused(_), .. }) => {
                    return match self.first_answer(record.as_ref()).await? {
                        Some(receipt) => Ok(Outcome { receipt }),
                        None => Err(fault),
                    };
                }
                other => return other.map(|receipt| Outcome { receipt }),
            }
        }
        Err(GatewayError::Busy.into())
    }

    async fn all_steps(
        &self,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<Receipt, AtStep> {
        let mut desk = Desk::default();
        self.look_first(&mut desk, common, request).await?;
        for (step, number) in request.command.iter().zip(1..) {
            let done = match step.clone() {
                Step::Ticket(id, command) => {
                    self.step(&mut desk, common, (id, request.with(command, id.0))).await
                }
                Step::Conversation(id, command) => {
                    self.step(&mut desk, common, (id, request.with(command, id.0))).await
                }
                Step::Dossier(id, command) => {
                    self.step(&mut desk, common, (id, request.with(command, id.0))).await
                }
            };
            done.map_err(|error| AtStep { step: Some(number), error })?;
        }
        let append = desk.into_append(request.stream, common.record);
        if append.streams.iter().all(|stream| stream.events.is_empty()) && append.command.is_none()
        {
            return Ok(Receipt { token: None, streams: append.versions(), replayed: false });
        }
        Ok(self.append(&append).await?)
    }

    /// Asks the guard about each step before any is decided, when they are on several tickets: what
    /// a rule says about one must not tell of another that the caller does not see. What is opened
    /// on the way is not there to be hidden.
    async fn look_first(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<(), AtStep> {
        let steps = &request.command;
        if steps.iter().all(|step| step.ticket().0 == request.stream) {
            return Ok(());
        }
        let opened: BTreeSet<TicketId> = steps.iter().filter_map(Step::opens).collect();
        for (step, number) in steps.iter().zip(1..) {
            if opened.contains(&step.ticket()) {
                continue;
            }
            let seen = match step.clone() {
                Step::Ticket(id, command) => {
                    self.on_desk(desk, common, (id, &request.with(command, id.0))).await.map(drop)
                }
                Step::Conversation(id, command) => {
                    self.on_desk(desk, common, (id, &request.with(command, id.0))).await.map(drop)
                }
                Step::Dossier(id, command) => {
                    self.on_desk(desk, common, (id, &request.with(command, id.0))).await.map(drop)
                }
            };
            seen.map_err(|error| AtStep { step: Some(number), error })?;
        }
        Ok(())
    }

    async fn step<C: OnDesk>(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        (id, request): (TicketId, Request<C>),
    ) -> Result<(), GatewayError> {
        let (state, cx) = self.on_desk(desk, common, (id, &request)).await?;
        if let Some(seen) = request.expected_version {
            let actual = self.loaded::<TicketCommand>(desk, id).await?.expected;
            if seen != actual {
                return Err(GatewayError::Stale { actual });
            }
        }
        let source = (common.caller.source(), common.command_id);
        let meta = context::meta(&request, common.record, &cx, source);
        let events = request.command.decide(&state, &cx).map_err(GatewayError::refused)?;
        desk.add::<C>(id, state, (events, &meta));
        Ok(())
    }

    /// The stream as the steps so far have left it, and what the step's decision is told, when the
    /// guard lets it through.
    async fn on_desk<C: OnDesk>(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        (id, request): (TicketId, &Request<C>),
    ) -> Result<(C::State, Context), GatewayError> {
        let state = self.loaded::<C>(desk, id).await?.state.clone();
        let mut cx = self.context(common.caller, request, &state).await?;
        desk.overlay(&mut cx.facts, request.command.needs(&state).tickets);
        cx.standing = self.guarded(common.caller, request, (&state, &cx.facts)).await?;
        Ok((state, cx))
    }

    async fn loaded<'d, C: OnDesk>(
        &self,
        desk: &'d mut Desk,
        id: TicketId,
    ) -> Result<&'d Kept<C::State>, GatewayError> {
        Ok(match C::shelf(desk).entry(id) {
            Entry::Occupied(kept) => kept.into_mut(),
            Entry::Vacant(place) => {
                let loaded = self.0.journal.load::<C::State>(id.0).await?;
                let (state, expected) = (loaded.state, loaded.version);
                place.insert(Kept { state, expected, events: Vec::new() })
            }
        })
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
    /// One of its steps; the version the caller has seen is that of the first stream's ticket,
    /// whichever of the ticket's streams the step is on.
    fn with<C: Guarded>(&self, command: C, stream: Uuid) -> Request<C> {
        Request {
            command,
            stream,
            expected_version: self.expected_version.filter(|_| stream == self.stream),
            idempotency: self.idempotency,
            reason: self.reason.clone(),
            correlation_id: self.correlation_id,
            causation_id: self.causation_id,
            trace_id: self.trace_id.clone(),
            at: self.at,
        }
    }
}
