//! The command gateway: the one door by which anything is written.
//!
//! identity → guard → load → decide → append → receipt. It builds the decision's context, asks the
//! access guard, queues commands for one stream, decides again after a version clash or when rights
//! have shrunk meanwhile, and answers a repeated command with its first receipt. GraphQL mutations, imports, timers and the first start
//! all come through here; there is no second way.

mod accesses;
mod answered;
mod attachments;
mod bonds;
pub mod bulk;
mod caller;
mod context;
mod desk;
mod error;
pub mod guard;
mod guarded;
pub mod history;
mod learned;
mod leaving;
mod moving;
mod noting;
mod together;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use cqrs_es::{Aggregate, DomainEvent};
use domain::access::known::AccessNeeds;
use domain::assignment_rule::simulation::{Simulation, SimulationQuery};
use domain::erasure::ErasureRefusal;
use domain::erasure::command::PEOPLE;
use domain::kernel::{
    Actor, Clock, Command, Facts, Ids, Needs, PersonId, Source, Standing, UnitId,
};
use domain::person::PersonRefusal;
use domain::settings::{Policy, STREAM_ID, Settings};
use domain::ticket::TicketKind;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use journal::decisions::DecisionLog;
use journal::seal::SealError;
use journal::{
    Append, AppendError, ClaimOf, CommandRecord, Journal, JournalError, Loaded, NewEvent, Receipt,
    StreamAppend,
};
use projections::ReadError;
use projections::directory::{Asking, Principal};
use rand::Rng;
use sqlx::PgPool;
use uuid::Uuid;

pub use caller::Caller;
pub use error::GatewayError;
use guard::Denied;
pub use guarded::{Guarded, On};
pub use noting::{Noting, Outside};
pub use together::{AtStep, Step};

/// How often a command is decided again after somebody else was first.
const ATTEMPTS: u32 = 5;

/// The gateway; cheap to clone.
#[derive(Debug, Clone)]
pub struct Gateway(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    journal: Journal,
    directory: Asking,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    decisions: Noting,
    /// Whether what comes through is told after it happened.
    of_history: bool,
}

/// A command on its way in.
#[derive(Debug, Clone)]
pub struct Request<C> {
    /// What is wanted.
    pub command: C,
    /// Of which stream.
    pub stream: Uuid,
    /// The version the caller has seen; anything else is refused.
    pub expected_version: Option<i64>,
    /// The caller's name for this command, if it may be sent again.
    pub idempotency: Option<Idempotency>,
    /// Why, in the caller's words.
    pub reason: Option<String>,
    /// Groups what one request causes.
    pub correlation_id: Uuid,
    /// The command that led to this one, when Annals itself draws a consequence.
    pub causation_id: Option<Uuid>,
    /// W3C trace id.
    pub trace_id: Option<String>,
    /// When it happened, if not now: demo data on history time.
    pub at: Option<DateTime<Utc>>,
}

impl<C> Request<C> {
    /// A command and nothing else; it correlates with nothing yet.
    pub fn new(command: C, stream: Uuid) -> Self {
        Self {
            command,
            stream,
            expected_version: None,
            idempotency: None,
            reason: None,
            correlation_id: Uuid::nil(),
            causation_id: None,
            trace_id: None,
            at: None,
        }
    }

    /// Another command in the same words.
    fn with_command<D>(&self, command: D) -> Request<D> {
        Request {
            command,
            stream: self.stream,
            expected_version: self.expected_version,
            idempotency: self.idempotency,
            reason: self.reason.clone(),
            correlation_id: self.correlation_id,
            causation_id: self.causation_id,
            trace_id: self.trace_id.clone(),
            at: self.at,
        }
    }

    /// The same, as part of what this identity groups.
    #[must_use]
    pub fn correlated(self, correlation_id: Uuid) -> Self {
        Self { correlation_id, ..self }
    }
}

/// The caller's name for a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idempotency {
    /// Unique for this actor.
    pub key: Uuid,
    /// SHA-256 of the input.
    pub input_hash: [u8; 32],
}

impl Idempotency {
    fn record(self, actor: Actor) -> CommandRecord {
        CommandRecord { actor, command_id: self.key, input_hash: self.input_hash }
    }
}

/// What became of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Streams with their versions, and where the last event will be found.
    pub receipt: Receipt,
}

impl Gateway {
    /// `reads`' connections search the read models' schemas. Has to be called within a runtime.
    pub fn new(journal: Journal, reads: &PgPool, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        let directory = Asking::new(reads);
        let decisions = Noting::new(DecisionLog::new(journal.pool().clone()));
        Self(Arc::new(Inner { journal, directory, clock, ids, decisions, of_history: false }))
    }

    /// The same door at an instant of the past: it is that instant for all that comes through, and
    /// events say that they were imported, consequences too.
    #[must_use]
    pub fn at(&self, instant: DateTime<Utc>) -> Self {
        Self(Arc::new(Inner {
            journal: self.0.journal.clone(),
            directory: self.0.directory.clone(),
            clock: Arc::new(Instant(instant)),
            ids: Arc::clone(&self.0.ids),
            decisions: self.0.decisions.clone(),
            of_history: true,
        }))
    }

    /// The door that a caller's commands come through.
    fn source(&self, caller: &Caller) -> Source {
        if self.0.of_history { Source::Import } else { caller.source() }
    }

    /// Executes a command; see the module.
    ///
    /// Boxed, so that the compiler looks through it once and not from every mutation.
    pub fn execute<'c, C: Guarded>(
        &'c self,
        caller: &'c Caller,
        request: Request<C>,
    ) -> BoxFuture<'c, Result<Outcome, GatewayError>> {
        async move {
            if let Some(step) = request.command.step(request.stream) {
                return self.execute_together(caller, request.with_command(vec![step])).await;
            }
            let record = request.idempotency.map(|named| named.record(caller.actor));
            let _turn = self.0.journal.locks().turn(&[request.stream]).await;
            match self.in_turn(caller, &request, record.as_ref()).await {
                Ok(receipt) => Ok(Outcome { receipt }),
                Err(error) => self.unless_answered(record.as_ref(), error).await,
            }
        }
        .boxed()
    }

    async fn in_turn<C: Guarded>(
        &self,
        caller: &Caller,
        request: &Request<C>,
        record: Option<&CommandRecord>,
    ) -> Result<Receipt, GatewayError> {
        let mut loaded = self.0.journal.load::<C::State>(request.stream).await?;
        let mut caller = Cow::Borrowed(caller);
        for attempt in 0..ATTEMPTS {
            match self.attempt(&caller, request, record, &loaded).await {
                Err(GatewayError::Stale { .. }) if request.expected_version.is_none() => {
                    pause(attempt).await;
                    self.0.journal.catch_up(request.stream, &mut loaded).await?;
                }
                Err(GatewayError::Outdated) => {
                    caller = Cow::Owned(self.renewed(&caller).await?);
                }
                other => return other,
            }
        }
        Err(GatewayError::Busy)
    }

    async fn attempt<C: Guarded>(
        &self,
        caller: &Caller,
        request: &Request<C>,
        record: Option<&CommandRecord>,
        loaded: &Loaded<C::State>,
    ) -> Result<Receipt, GatewayError> {
        let needs = context::needs(caller, request, &loaded.state);
        let known = self.known((caller, self.at_of(request)), &needs).await?;
        let mut cx = self.context(caller, request, known)?;
        cx.standing = self.guarded(caller, request, (&loaded.state, &cx.facts)).await?;
        if request.expected_version.is_some_and(|expected| expected != loaded.version) {
            return Err(GatewayError::Stale { actual: loaded.version });
        }
        let meta = context::meta(request, record, &cx, (self.source(caller), self.0.ids.next()));
        let events =
            request.command.clone().decide(&loaded.state, &cx).map_err(GatewayError::refused)?;
        let mut state = loaded.state.clone();
        let mut append = Append {
            claims: Vec::new(),
            streams: vec![StreamAppend {
                aggregate_type: C::State::TYPE,
                aggregate_id: request.stream,
                expected: loaded.version,
                events: events.iter().map(|event| new_event(event, &meta)).collect(),
            }],
            command: record.cloned(),
            premises: caller.premises(&cx.facts.access),
        };
        let nothing = events.is_empty();
        for event in events {
            append.claims.extend(claims::<C>(request.stream, &state, &event));
            state.apply(event);
        }
        if nothing && record.is_none() {
            return Ok(Receipt { token: None, streams: append.versions(), replayed: false });
        }
        self.append(&append).await
    }

    /// The caller as the directory knows them now: somebody has taken rights from them, or from
    /// others, since they were recognised.
    async fn renewed(&self, caller: &Caller) -> Result<Caller, GatewayError> {
        let person = match &caller.person {
            Some(known) => self.principal(known.who.person).await?,
            None => None,
        };
        Ok(Caller { person, ..caller.clone() })
    }

    /// The guard's answer.
    async fn guarded<C: Guarded>(
        &self,
        caller: &Caller,
        request: &Request<C>,
        (state, facts): (&C::State, &Facts),
    ) -> Result<Standing, GatewayError> {
        let (command, stream, now) = (&request.command, request.stream, self.now());
        let object = |facts: &Facts| {
            let object = caller.person.as_ref().map(|person| {
                let (who, world) = (&person.who, &*person.world);
                command.object(&On { stream, state, who, world, facts })
            });
            object.unwrap_or_default()
        };
        let ask =
            |facts: &Facts| guard::authorize(caller, command.permission(), &object(facts), now);
        let mut answer = ask(facts);
        if answer == Err(Denied::Hidden)
            && let Some(ticket) = command.second_look(stream)
        {
            let needs = Needs { tickets: [ticket].into(), ..Needs::default() };
            answer = ask(&self.known((caller, self.at_of(request)), &needs).await?.facts);
        }
        if guard::is_noted(caller, command.permission(), answer) {
            let about = (Some(stream), request.correlation_id);
            self.note(caller, (command.permission(), &object(facts)), about).await;
        }
        let in_sight = command.sight().is_some_and(|read| guard::may_read(caller, read, now));
        answer.map_err(|denied| match denied {
            Denied::Hidden if in_sight => GatewayError::Forbidden,
            denied => guard::as_error(command, denied),
        })
    }

    async fn append(&self, append: &Append) -> Result<Receipt, GatewayError> {
        match self.0.journal.append(append).await {
            Ok(receipt) | Err(AppendError::Repeated(receipt)) => Ok(receipt),
            Err(AppendError::Stale { actual, .. }) => Err(GatewayError::Stale { actual }),
            Err(AppendError::Outdated) => Err(GatewayError::Outdated),
            Err(AppendError::KeyReused) => Err(GatewayError::KeyReused),
            Err(AppendError::ClaimTaken { scope, .. }) if scope == PEOPLE => {
                Err(GatewayError::refused(ErasureRefusal::Exists))
            }
            Err(AppendError::ClaimTaken { scope, .. }) => Err(GatewayError::ClaimTaken { scope }),
            Err(AppendError::Busy) => Err(GatewayError::Busy),
            Err(AppendError::Journal(JournalError::Seal(SealError::Erased))) => {
                Err(GatewayError::refused(PersonRefusal::Erased))
            }
            Err(AppendError::Journal(error)) => Err(error.into()),
        }
    }

    /// The next number for people: `INC-1042`, `REQ-1043`. Gaps are allowed.
    pub async fn next_ticket_number(&self, kind: TicketKind) -> Result<String, GatewayError> {
        let number = self.0.journal.next_ticket_number().await?;
        Ok(match kind {
            TicketKind::Incident => format!("INC-{number}"),
            TicketKind::ServiceRequest => format!("REQ-{number}"),
            TicketKind::Task => format!("TSK-{number}"),
        })
    }

    /// The deployment's settings.
    pub async fn policy(&self) -> Result<Policy, GatewayError> {
        Ok(self.0.directory.known(&Needs::default()).await?.policy)
    }

    /// The units a person belongs to, for whoever lets them go.
    pub async fn units_of(&self, person: PersonId) -> Result<BTreeSet<UnitId>, GatewayError> {
        let needs = Needs { people: [person].into(), ..Needs::default() };
        let known = self.0.directory.known(&needs).await?;
        Ok(known.facts.people.get(&person).map(|facts| facts.units.clone()).unwrap_or_default())
    }

    /// What would come of a rule that grants by itself, if there is an answer.
    ///
    /// # Errors
    /// Technical failures.
    pub async fn simulated(
        &self,
        caller: &Caller,
        query: SimulationQuery,
    ) -> Result<Option<Simulation>, GatewayError> {
        let access = AccessNeeds { simulation: Some(query), ..AccessNeeds::default() };
        let known = self.known((caller, self.now()), &access.into()).await?;
        Ok(known.facts.access.simulation)
    }

    /// The settings in force with their version, from their own stream.
    pub async fn settings(&self) -> Result<(Policy, i64), GatewayError> {
        let loaded = self.0.journal.load::<Settings>(STREAM_ID).await?;
        Ok((loaded.state.policy(), loaded.version))
    }

    /// A new identity.
    pub fn new_id(&self) -> Uuid {
        self.0.ids.next()
    }

    /// The current instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// What the directory knows of a person now, active or not.
    pub async fn principal(&self, person: PersonId) -> Result<Option<Principal>, ReadError> {
        self.0.directory.principal(person, self.now()).await
    }

    /// What many ask of the directory at once.
    pub fn directory(&self) -> &Asking {
        &self.0.directory
    }

    /// Where decisions are noted that are to be kept.
    pub fn decisions(&self) -> &Noting {
        &self.0.decisions
    }

    /// The journal behind the door, for reading.
    pub fn journal(&self) -> &Journal {
        &self.0.journal
    }
}

/// A clock that stands.
#[derive(Debug)]
struct Instant(DateTime<Utc>);

impl Clock for Instant {
    fn now(&self) -> DateTime<Utc> {
        self.0
    }

    fn is_simulated(&self) -> bool {
        true
    }
}

fn claims<C: Command>(stream: Uuid, before: &C::State, event: &C::Event) -> Vec<ClaimOf> {
    C::claims(before, event)
        .into_iter()
        .map(|change| ClaimOf { aggregate_type: C::State::TYPE, aggregate_id: stream, change })
        .collect()
}

fn new_event<E: DomainEvent>(event: &E, meta: &domain::kernel::Meta) -> NewEvent {
    NewEvent {
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: serde_json::to_value(event).expect("an event is plain data with string keys"),
        meta: meta.clone(),
    }
}

/// Longer with each clash, and not the same for two who clashed.
#[expect(clippy::disallowed_methods, reason = "two nodes must not wait alike; nothing is recorded")]
async fn pause(attempt: u32) {
    let longest = 4u64 << attempt;
    let millis = rand::rng().random_range(0..=longest);
    tokio::time::sleep(Duration::from_millis(millis)).await;
}
