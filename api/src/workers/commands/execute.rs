//! Does a line: recognises it, finds who acted, lets the schema execute its mutation at its instant,
//! and draws what follows from it.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::TimeDelta;
use domain::kernel::{Actor, TicketId};
use futures_util::future::join;
use projections::directory::Principal;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Options;
use super::ask::{Asked, Schooled};
use super::error::CommandsError;
use super::fault::Fault;
use super::file::Raw;
use super::line::{Line, Unread};
use super::mutations::{Mutation, Mutations};
use super::refs::{Made, Refs, resolve, texts};
use super::report::{Answer, Outcome, Refusal};
use crate::boot::App;
use crate::gateway::{GatewayError, Idempotency};
use crate::graphql::{ErrorCode, global_of, named, sdl, tickets_among};
use crate::workers::processes;
use crate::workers::ticker::record_until;

/// Does lines, one after the other.
pub(super) struct Executor<'a> {
    app: &'a App,
    schooled: Schooled,
    mutations: Mutations,
    source: String,
    refs: Refs,
    dry_run: bool,
    /// The last line that was in already: a run that was killed may have left something to follow.
    last: Option<Ready>,
    /// Logins that a dry run would have registered.
    supposed: HashSet<String>,
}

/// A line that names a mutation and known refs.
struct Ready {
    line: Line,
    mutation: Arc<Mutation>,
    /// With ids in the places of refs, and with its names.
    input: Value,
    /// The names of its commands: one, or one an item.
    names: Vec<Idempotency>,
    /// The name under which it is remembered that it was refused; that of another line in its
    /// place, such as a corrected one, is another.
    refusal: Idempotency,
    /// Those that the input names.
    tickets: BTreeSet<TicketId>,
}

/// What came of a line: the streams of what it returned.
struct Came {
    outcome: Outcome,
    streams: Vec<Uuid>,
}

impl<'a> Executor<'a> {
    pub(super) fn new(app: &'a App, options: &Options) -> Self {
        Self {
            app,
            schooled: Schooled::of(app),
            mutations: Mutations::of(&sdl()),
            source: options.source(),
            refs: Refs::default(),
            dry_run: options.dry_run,
            last: None,
            supposed: HashSet::new(),
        }
    }

    /// Does the line, unless it was done before.
    pub(super) async fn answer(&mut self, raw: Raw) -> Result<Answer, CommandsError> {
        let number = raw.number;
        let unread = |fault| Unread { reference: None, fault };
        let line = raw.text.map_err(unread);
        let line = line.and_then(|text| Line::read(number, &text, self.app.gateway.now()));
        let (reference, mutation) = match &line {
            Ok(line) => (line.reference.clone(), self.mutations.get(&line.mutation)),
            Err(unread) => (unread.reference.clone(), None),
        };
        let returns = mutation.and_then(|mutation| mutation.as_ref().ok()?.returns);
        let key = reference.as_ref().map(|reference| self.key(reference));
        let came = match line {
            _ if key.is_some_and(|key| self.refs.knows(key)) => {
                let came = Came::refused(&Fault::RefRepeated);
                return Ok(came.told(number, reference, Vec::new()));
            }
            Ok(line) => self.done(line).await?,
            Err(unread) => Came::refused(&unread.fault),
        };
        if let Some(key) = key {
            let made = match (&came.outcome, returns, came.streams.first()) {
                (Outcome::Refused(_), ..) => Made::Refused,
                (_, Some(object_type), Some(stream)) => Made::Object(object_type, *stream),
                _ => Made::Nothing,
            };
            self.refs.note(key, made);
        }
        let shown = returns.filter(|_| !self.dry_run);
        let ids = shown.map(|object_type| {
            came.streams.iter().map(|stream| global_of(object_type, *stream)).collect()
        });
        Ok(came.told(number, reference, ids.unwrap_or_default()))
    }

    async fn done(&mut self, line: Line) -> Result<Came, CommandsError> {
        let ready = match self.ready(line) {
            Ok(ready) => ready,
            Err(fault) => return Ok(Came::refused(&fault)),
        };
        if self.dry_run {
            return self.rehearsed(ready).await;
        }
        match self.repeated(&ready).await? {
            Ok(Some(came)) => {
                self.last = Some(ready);
                return Ok(came);
            }
            Ok(None) => self.finish().await?,
            Err(fault) => return Ok(Came::refused(&fault)),
        }
        let came = match self.actor(&ready.line.actor).await? {
            Ok(actor) => self.executed(&ready, actor).await?,
            Err(fault) => Came::refused(&fault),
        };
        if came.is_final() {
            self.app.gateway.remember(Actor::Import, ready.refusal).await?;
        }
        Ok(came)
    }

    /// Draws what the last line that was in already led to, if that is still to be done.
    pub(super) async fn finish(&mut self) -> Result<(), CommandsError> {
        match self.last.take() {
            Some(last) => self.follow(&last).await,
            None => Ok(()),
        }
    }

    fn ready(&self, mut line: Line) -> Result<Ready, Fault> {
        let mutation = match self.mutations.get(&line.mutation) {
            None => return Err(Fault::MutationUnknown),
            Some(Err(unfit)) => return Err(Fault::MutationNotImported(*unfit)),
            Some(Ok(mutation)) => Arc::clone(mutation),
        };
        if mutation.many && line.reference.is_some() {
            return Err(Fault::RefOfSeveral);
        }
        let input = std::mem::take(&mut line.input);
        let mut input = resolve(input, &self.refs, |reference| self.key(reference))?;
        let (name, key) = self.name_of(&line.place(), line.digest);
        let mut names = Vec::new();
        if mutation.many {
            let items = input.get_mut("items").and_then(Value::as_array_mut);
            for (at, item) in items.into_iter().flatten().enumerate() {
                let Value::Object(item) = item else { continue };
                let key = format!("{key}/{at}");
                names.push(name_in(item, &key, line.digest)?);
            }
        } else {
            names.push(name_in(&mut input, &key, name.input_hash)?);
        }
        let input = Value::Object(input);
        let tickets = tickets_among(texts(&input));
        let place = format!("refused {} {}", line.place(), hex(&line.digest));
        let (refusal, _) = self.name_of(&place, line.digest);
        Ok(Ready { line, mutation, input, names, refusal, tickets })
    }

    /// What the line came to before; a fault when another stood in its place then.
    async fn repeated(&self, ready: &Ready) -> Result<Result<Option<Came>, Fault>, CommandsError> {
        let asked = |name| self.app.gateway.answered(Actor::Import, name);
        let refused = asked(ready.refusal);
        let [name] = ready.names.as_slice() else {
            return Ok(refused.await?.map_or(Ok(None), |_| Err(Fault::RefusedBefore)));
        };
        let (answered, refused) = join(asked(*name), refused).await;
        let answered = match answered {
            Err(GatewayError::KeyReused) => return Ok(Err(Fault::LineChanged)),
            other => other?,
        };
        if refused?.is_some() {
            return Ok(Err(Fault::RefusedBefore));
        }
        let stream = answered.and_then(|receipt| Some(receipt.streams.first()?.aggregate_id));
        // What changed nothing has no streams to tell: the command itself is asked again.
        let came = |stream| Came { outcome: Outcome::Repeated, streams: vec![stream] };
        Ok(Ok(stream.map(came)))
    }

    /// Whose deed it was. Asked anew for each line: the ones before may have changed it.
    async fn actor(&self, login: &str) -> Result<Result<Principal, Fault>, CommandsError> {
        let Some(person) = self.app.identity.person_of(login).await? else {
            return Ok(Err(Fault::ActorUnknown));
        };
        Ok(match self.app.gateway.principal(person).await? {
            None => Err(Fault::ActorUnknown),
            Some(known) if !known.active => Err(Fault::ActorInactive),
            Some(known) => Ok(known),
        })
    }

    async fn executed(&self, ready: &Ready, actor: Principal) -> Result<Came, CommandsError> {
        let Ready { line, mutation, input, names, .. } = ready;
        self.cross(ready).await?;
        let correlation_id = names.first().map_or_else(|| self.key(&line.place()), |name| name.key);
        let asked =
            Asked { document: &mutation.document, input, line, actor: Some(actor), correlation_id };
        let (outcome, streams) = self.schooled.ask(asked).await?;
        self.follow(ready).await?;
        Ok(Came { outcome, streams })
    }

    /// The thresholds that clocks crossed before the line: what it says counts from its instant on.
    async fn cross(&self, ready: &Ready) -> Result<(), CommandsError> {
        let before = ready.line.at - TimeDelta::microseconds(1);
        for &ticket in &ready.tickets {
            record_until(&self.app.gateway, ticket, before).await?;
        }
        Ok(())
    }

    /// What the line led to for other tickets, at its own instant.
    async fn follow(&self, ready: &Ready) -> Result<(), CommandsError> {
        let gateway = self.app.gateway.at(ready.line.at);
        for &ticket in &ready.tickets {
            for name in &ready.names {
                processes::follow_past(&gateway, ticket, name.key).await?;
            }
        }
        Ok(())
    }

    /// A dry run: whether the line fits the schema, and its actor is known.
    async fn rehearsed(&mut self, ready: Ready) -> Result<Came, CommandsError> {
        let Ready { line, mutation, input, .. } = &ready;
        let supposed = self.supposed.contains(&line.actor.to_lowercase());
        if !supposed && let Err(fault) = self.actor(&line.actor).await? {
            return Ok(Came::refused(&fault));
        }
        let correlation_id = self.key(&line.place());
        let document = &mutation.rehearsal;
        let asked = Asked { document, input, line, actor: None, correlation_id };
        let (outcome, _) = self.schooled.ask(asked).await?;
        if outcome == Outcome::Fit
            && let Some(login) = input.get("login").and_then(Value::as_str)
        {
            self.supposed.insert(login.to_lowercase());
        }
        // Any identity does: a later line's input only has to have one in its place.
        Ok(Came { outcome, streams: vec![correlation_id] })
    }

    /// The key of a ref in this file.
    fn key(&self, reference: &str) -> Uuid {
        self.name_of(&format!("ref {reference}"), [0; 32]).0.key
    }

    /// The name of the command at this place of the file, and its key as an input says it.
    fn name_of(&self, place: &str, digest: [u8; 32]) -> (Idempotency, String) {
        let digits = Sha256::digest(format!("{}\n{place}", self.source).as_bytes());
        let key = format!("import commands {}", hex(&digits));
        (fit(&key, digest), key)
    }
}

impl Came {
    fn refused(fault: &Fault) -> Self {
        Self { outcome: Outcome::Refused(Refusal::from(fault)), streams: Vec::new() }
    }

    /// Whether a rule of the desk said no: it may say yes to the same line later, when it is too
    /// late for what stood behind it.
    fn is_final(&self) -> bool {
        let Outcome::Refused(refusal) = &self.outcome else { return false };
        let of_actor = [Fault::ActorUnknown, Fault::ActorInactive];
        refusal.code.parse::<ErrorCode>().is_ok()
            || of_actor.iter().any(|fault| fault.code() == refusal.code)
    }

    fn told(self, line: u64, reference: Option<String>, ids: Vec<String>) -> Answer {
        Answer { line, reference, outcome: self.outcome, ids }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Names the command of an input.
fn name_in(
    input: &mut Map<String, Value>,
    key: &str,
    digest: [u8; 32],
) -> Result<Idempotency, Fault> {
    for (unfit, fault) in
        [("idempotencyKey", Fault::InputHasKey), ("password", Fault::InputHasPassword)]
    {
        if input.contains_key(unfit) {
            return Err(fault);
        }
    }
    input.insert("idempotencyKey".to_owned(), json!(key));
    Ok(fit(key, digest))
}

fn fit(key: &str, digest: [u8; 32]) -> Idempotency {
    named(key, digest).expect("a key of less than 200 characters is one")
}
