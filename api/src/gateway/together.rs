//! Several commands as one: all of them are stored, or none is.
//!
//! A link is said in two dossiers, a merge in a ticket and two dossiers, a macro in many streams;
//! whoever is registered joins units at once. Each step is guarded and decided as if it came alone,
//! on what the steps before it have made; then everything is appended at once. Called by the
//! mutations that need it, those with one step among them: that way all commands around a ticket
//! compare the same version, the ticket's own.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use domain::access_request::AccessRequestCommand;
use domain::ci::CiCommand;
use domain::ci_class::CiClassCommand;
use domain::conversation::ConversationCommand;
use domain::kernel::{
    AccessRequestId, CiClassId, CiId, Context, GrantId, PersonId, RecurrenceId, RoleId, SubjectId,
    TicketId, UnitId,
};
use domain::person::PersonCommand;
use domain::recurrence::RecurrenceCommand;
use domain::role::RoleCommand;
use domain::settings::{STREAM_ID, SettingsCommand};
use domain::subject::SubjectCommand;
use domain::subject_access::SubjectAccessCommand;
use domain::subject_access::command::Entitle;
use domain::ticket::TicketCommand;
use domain::ticket_dossier::TicketDossierCommand;
use domain::ticket_items::TicketItemsCommand;
use domain::ticket_quality::TicketQualityCommand;
use domain::unit::UnitCommand;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use journal::{CommandRecord, Loaded, Receipt};
use uuid::Uuid;

use super::desk::{Desk, Kept, OnDesk};
use super::{ATTEMPTS, Caller, Gateway, GatewayError, Guarded, Outcome, Request};
use super::{context, pause};

/// One of several commands.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "one variant an aggregate")]
pub enum Step {
    Ticket(TicketId, TicketCommand),
    Conversation(TicketId, ConversationCommand),
    Dossier(TicketId, TicketDossierCommand),
    Quality(TicketId, TicketQualityCommand),
    Items(TicketId, TicketItemsCommand),
    Person(PersonId, PersonCommand),
    Unit(UnitId, UnitCommand),
    Subject(SubjectId, SubjectCommand),
    Settings(SettingsCommand),
    Recurrence(RecurrenceId, RecurrenceCommand),
    CiClass(CiClassId, CiClassCommand),
    Ci(CiId, CiCommand),
    /// By the subject's own identity.
    Access(Uuid, SubjectAccessCommand),
    AccessRequest(AccessRequestId, AccessRequestCommand),
    Role(RoleId, RoleCommand),
}

impl Step {
    /// The stream it is on.
    pub fn stream(&self) -> Uuid {
        match self {
            Self::Ticket(id, _)
            | Self::Conversation(id, _)
            | Self::Dossier(id, _)
            | Self::Quality(id, _)
            | Self::Items(id, _) => id.0,
            Self::Person(id, _) => id.0,
            Self::Unit(id, _) => id.0,
            Self::Subject(id, _) => id.0,
            Self::Settings(_) => STREAM_ID,
            Self::Recurrence(id, _) => id.0,
            Self::CiClass(id, _) => id.0,
            Self::Ci(id, _) => id.0,
            Self::Access(id, _) => *id,
            Self::AccessRequest(id, _) => id.0,
            Self::Role(id, _) => id.0,
        }
    }

    /// The ticket that begins with it.
    fn opens(&self) -> Option<Uuid> {
        match self {
            Self::Ticket(id, TicketCommand::Open(_)) => Some(id.0),
            Self::Ticket(..)
            | Self::Conversation(..)
            | Self::Dossier(..)
            | Self::Quality(..)
            | Self::Items(..)
            | Self::Person(..)
            | Self::Unit(..)
            | Self::Subject(..)
            | Self::Settings(_)
            | Self::Recurrence(..)
            | Self::CiClass(..)
            | Self::Ci(..)
            | Self::Access(..)
            | Self::AccessRequest(..)
            | Self::Role(..) => None,
        }
    }
}

/// Does the same with the command of a step, whichever aggregate's it is.
macro_rules! with_command {
    ($step:expr, |$command:ident| $done:expr) => {
        match $step {
            Step::Ticket(_, $command) => $done,
            Step::Conversation(_, $command) => $done,
            Step::Dossier(_, $command) => $done,
            Step::Quality(_, $command) => $done,
            Step::Items(_, $command) => $done,
            Step::Person(_, $command) => $done,
            Step::Unit(_, $command) => $done,
            Step::Subject(_, $command) => $done,
            Step::Settings($command) => $done,
            Step::Recurrence(_, $command) => $done,
            Step::CiClass(_, $command) => $done,
            Step::Ci(_, $command) => $done,
            Step::Access(_, $command) => $done,
            Step::AccessRequest(_, $command) => $done,
            Step::Role(_, $command) => $done,
        }
    };
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
    /// Executes all steps or none. `request.stream` is the stream whose version the caller has
    /// seen, and the receipt's first.
    pub fn execute_together<'c>(
        &'c self,
        caller: &'c Caller,
        request: Request<Vec<Step>>,
    ) -> BoxFuture<'c, Result<Outcome, GatewayError>> {
        async move { self.execute_steps(caller, request).await.map_err(|fault| fault.error) }
            .boxed()
    }

    /// The same, and says which step was at fault.
    pub fn execute_steps<'c>(
        &'c self,
        caller: &'c Caller,
        request: Request<Vec<Step>>,
    ) -> BoxFuture<'c, Result<Outcome, AtStep>> {
        async move {
            let record = request.idempotency.map(|named| named.record(caller.actor));
            let mut streams: Vec<Uuid> = request.command.iter().map(|step| step.stream()).collect();
            streams.sort_unstable();
            streams.dedup();
            let _turn = self.0.journal.locks().turn(&streams).await;
            let common = Common { caller, record: record.as_ref(), command_id: self.0.ids.next() };
            match self.steps_in_turn(common, &request).await {
                Ok(receipt) => Ok(Outcome { receipt }),
                Err(AtStep { step, error }) => {
                    let answered = self.unless_answered(common.record, error).await;
                    answered.map_err(|error| AtStep { step, error })
                }
            }
        }
        .boxed()
    }

    async fn steps_in_turn(
        &self,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<Receipt, AtStep> {
        let mut caller = Cow::Borrowed(common.caller);
        for attempt in 0..ATTEMPTS {
            let common = Common { caller: &caller, ..common };
            // What is opened was drawn just now: nothing is there to be loaded, and if something is,
            // the append is refused and the next attempt looks.
            let fresh = attempt == 0 && request.expected_version.is_none();
            let opened = request.command.iter().filter_map(Step::opens).filter(|_| fresh);
            match self.all_steps(Desk::with(opened), common, request).await {
                // Another node was first. The version that the caller has seen is compared again.
                Err(AtStep { step: None, error: GatewayError::Stale { .. } }) => {
                    pause(attempt).await;
                }
                Err(AtStep { step: None, error: GatewayError::Outdated }) => {
                    caller = Cow::Owned(self.renewed(&caller).await?);
                }
                other => return other,
            }
        }
        Err(GatewayError::Busy.into())
    }

    async fn all_steps(
        &self,
        mut desk: Desk,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<Receipt, AtStep> {
        self.look_first(&mut desk, common, request).await?;
        for (step, number) in request.command.iter().zip(1..) {
            let stream = step.stream();
            let done = with_command!(step.clone(), |command| {
                self.step(&mut desk, common, request.with(command, stream)).await
            });
            done.map_err(|error| AtStep { step: Some(number), error })?;
        }
        self.entitle(&mut desk, common, request).await?;
        self.transfer(&mut desk, common, request).await?;
        self.let_go(&mut desk, common, request).await?;
        let append = desk.into_append(request.stream, (common.caller, common.record));
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
        if steps.iter().all(|step| step.stream() == request.stream) {
            return Ok(());
        }
        let opened: BTreeSet<Uuid> = steps.iter().filter_map(Step::opens).collect();
        for (step, number) in steps.iter().zip(1..) {
            if opened.contains(&step.stream()) {
                continue;
            }
            let stream = step.stream();
            let seen = with_command!(step.clone(), |command| {
                let request = request.with(command, stream);
                self.on_desk(desk, common, &request).await.map(drop)
            });
            seen.map_err(|error| AtStep { step: Some(number), error })?;
        }
        Ok(())
    }

    /// What Annals itself draws from the steps: whoever comes to be here to do something has what that
    /// takes, and nothing of what they were here for before.
    async fn entitle(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<(), GatewayError> {
        for (person, role) in desk.appointed() {
            let entitle = Entitle { person, role, grant: GrantId(self.0.ids.next()) };
            let command = SubjectAccessCommand::Entitle(entitle);
            self.drawn(desk, common, request.with(command, person.0)).await?;
        }
        Ok(())
    }

    /// Likewise: whoever moves keeps for a while yet what they had.
    async fn transfer(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<(), GatewayError> {
        for (person, transfer) in self.transfers(desk).await? {
            let command = SubjectAccessCommand::Transfer(transfer);
            self.drawn(desk, common, request.with(command, person.0)).await?;
        }
        Ok(())
    }

    /// Likewise: with whoever leaves goes all that they had, and all that waits for them.
    async fn let_go(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        request: &Request<Vec<Step>>,
    ) -> Result<(), GatewayError> {
        for step in self.after(desk).await? {
            let stream = step.stream();
            with_command!(step, |command| {
                self.drawn(desk, common, request.with(command, stream)).await
            })?;
        }
        Ok(())
    }

    /// A step of Annals itself, whichever version the caller has seen.
    async fn drawn<C: OnDesk>(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        request: Request<C>,
    ) -> Result<(), GatewayError> {
        let common = Common { caller: &Caller::system(), ..common };
        self.step(desk, common, Request { expected_version: None, ..request }).await
    }

    async fn step<C: OnDesk>(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        request: Request<C>,
    ) -> Result<(), GatewayError> {
        let (state, cx) = self.on_desk(desk, common, &request).await?;
        if let Some(seen) = request.expected_version {
            let actual = self.loaded::<C::Seen>(desk, request.stream).await?.expected;
            if seen != actual {
                return Err(GatewayError::Stale { actual });
            }
        }
        let source = (self.source(common.caller), common.command_id);
        let meta = context::meta(&request, common.record, &cx, source);
        let (stream, command) = (request.stream, request.command);
        let events = command.decide(&state, &cx).map_err(GatewayError::refused)?;
        desk.add::<C>(stream, state, (events, &meta));
        Ok(())
    }

    /// The stream as the steps so far have left it, and what the step's decision is told, when the
    /// guard lets it through.
    async fn on_desk<C: OnDesk>(
        &self,
        desk: &mut Desk,
        common: Common<'_>,
        request: &Request<C>,
    ) -> Result<(C::State, Context), GatewayError> {
        let state = self.loaded::<C>(desk, request.stream).await?.state.clone();
        let needs = context::needs(common.caller, request, &state);
        if let Some(missing) = desk.missing(&needs) {
            let asking = (common.caller, self.at_of(request));
            desk.learn(&missing, self.known(asking, &missing).await?);
        }
        let mut cx = self.context(common.caller, request, desk.known(&needs))?;
        desk.overlay(&mut cx.facts, &needs);
        cx.standing = self.guarded(common.caller, request, (&state, &cx.facts)).await?;
        Ok((state, cx))
    }

    async fn loaded<'d, C: OnDesk>(
        &self,
        desk: &'d mut Desk,
        id: Uuid,
    ) -> Result<&'d Kept<C::State>, GatewayError> {
        let fresh = desk.is_fresh(id);
        Ok(match C::shelf(desk).entry(id) {
            Entry::Occupied(kept) => kept.into_mut(),
            Entry::Vacant(place) => {
                let loaded = match fresh {
                    true => Loaded::default(),
                    false => self.0.journal.load::<C::State>(id).await?,
                };
                let (state, expected) = (loaded.state, loaded.version);
                place.insert(Kept { state, expected, events: Vec::new() })
            }
        })
    }
}

impl Request<Vec<Step>> {
    /// One of its steps; the version the caller has seen is that of the first stream's ticket,
    /// whichever of the ticket's streams the step is on.
    fn with<C: Guarded>(&self, command: C, stream: Uuid) -> Request<C> {
        Request {
            stream,
            expected_version: self.expected_version.filter(|_| stream == self.stream),
            ..self.with_command(command)
        }
    }
}
