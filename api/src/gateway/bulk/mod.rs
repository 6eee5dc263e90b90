//! The door of mass imports of items: thousands of commands decided one after the other on what the
//! earlier ones have made, and appended together.
//!
//! Identity, guard, decision, claims and events are those of every other command; what differs is
//! that streams and keys are read in batches, and that the caller says when it is over: after some
//! hundred rows, or after a whole file, or never. A row that is refused is taken back alone. Called by
//! the imports of items.

mod kept;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::access::Permission;
use domain::access::decide::ObjectView;
use domain::ci::event::CiEvent;
use domain::ci::state::Body;
use domain::ci::{Ci, CiCommand};
use domain::ci_class::{CiClass, CiClassCommand};
use domain::cmdb::{Catalogue, Definition, IDENTITY};
use domain::kernel::{
    CiClassId, CiId, ClaimChange, ClaimKey, Command, Context, Facts, Meta, Refused, Source,
    Standing,
};
use journal::{Append, BulkError, BulkTransaction};
use uuid::Uuid;

use super::{Caller, Gateway, GatewayError, Guarded, guard, new_event};
use kept::{Holders, Items, Kept};

/// An open door.
#[derive(Debug)]
pub struct Bulk {
    gateway: Gateway,
    caller: Caller,
    correlation_id: Uuid,
    journal: journal::Bulk,
    known: Known,
}

/// What is under way behind it, in one transaction of the database.
#[derive(Debug)]
pub struct Work<'d> {
    gateway: &'d Gateway,
    caller: &'d Caller,
    transaction: BulkTransaction<'d>,
    cx: Context,
    meta: Meta,
    items: Items,
    holders: Holders,
    known: &'d mut Known,
    /// Who holds keys that begin so, as they are stored.
    beginnings: HashMap<String, BTreeMap<String, CiId>>,
    has_released: bool,
}

/// Who held which identity when it was looked up last: what all rows of a file name is asked for once.
/// An item that is named by it is loaded all the same, and refused if it is not active any more.
type Known = HashMap<ClaimKey, CiId>;

/// Identities that are remembered.
const REMEMBERED: usize = 20_000;
/// Identities that begin alike and are looked at: what is sought is the only one, or one of several.
const ALIKE: i64 = 20;

/// What a command of a row has come to.
pub type Decided = Result<Vec<CiEvent>, Undone>;

/// Why a command of a row came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Undone {
    /// The rules say no.
    #[error(transparent)]
    Refused(Refused),
    /// It would hold the identity of another item.
    #[error("the identity is another item's")]
    Taken {
        /// Which item holds it.
        holder: CiId,
    },
    /// The caller may not.
    #[error("this is not permitted")]
    Forbidden,
    /// Technical failure.
    #[error(transparent)]
    Failed(#[from] GatewayError),
}

impl Gateway {
    /// Opens the door for this caller; all events of it are of one correlation.
    pub async fn bulk(&self, caller: Caller, correlation_id: Uuid) -> Result<Bulk, GatewayError> {
        let journal = self.0.journal.bulk().await?;
        let known = Known::default();
        Ok(Bulk { gateway: self.clone(), caller, correlation_id, journal, known })
    }
}

impl Bulk {
    /// Whether the caller may do such things at all.
    pub fn may(&self, permission: Permission) -> Result<(), GatewayError> {
        permitted(&self.caller, (permission, None), self.gateway.now())
            .map(drop)
            .ok_or(GatewayError::Forbidden)
    }

    /// Begins a transaction, with the classes and settings as they are now.
    pub async fn begin(&mut self) -> Result<Work<'_>, GatewayError> {
        let catalogue = self.gateway.directory().catalogue().await?;
        let policy = self.gateway.policy().await?;
        let now = self.gateway.now();
        let cx = Context {
            actor: self.caller.actor,
            on_behalf_of: None,
            now,
            reason: None,
            standing: Standing::Ordinary,
            facts: Facts { catalogue: Some(catalogue), ..Facts::default() },
            policy,
        };
        let meta = Meta {
            command_id: self.correlation_id,
            correlation_id: self.correlation_id,
            causation_id: None,
            actor: self.caller.actor,
            on_behalf_of: None,
            source: Source::Import,
            occurred_at: now,
            reason: None,
            trace_id: None,
        };
        Ok(Work {
            gateway: &self.gateway,
            caller: &self.caller,
            transaction: self.journal.begin().await?,
            cx,
            meta,
            items: Items::default(),
            holders: Holders::default(),
            known: &mut self.known,
            beginnings: HashMap::new(),
            has_released: false,
        })
    }
}

impl Work<'_> {
    /// All classes, those that were defined here among them.
    pub fn catalogue(&self) -> Arc<Catalogue> {
        self.cx.facts.catalogue.clone().unwrap_or_default()
    }

    /// A new identity.
    pub fn new_id(&self) -> Uuid {
        self.gateway.new_id()
    }

    /// A row begins: what comes is its own, and can be taken back by itself.
    pub fn begin_row(&mut self) {
        self.meta.command_id = self.gateway.new_id();
        self.items.mark();
        self.holders.mark();
    }

    /// Takes back what the row has done so far.
    pub fn take_back(&mut self) {
        self.items.go_back();
        self.holders.go_back();
    }

    /// Who holds an identity; none when that was not looked up yet.
    pub fn holder(&self, key: &ClaimKey) -> Option<Option<CiId>> {
        self.holders.of(key).or_else(|| self.known.get(key).map(|id| Some(*id)))
    }

    /// Who holds identities that begin so; none when that was not looked up yet. Of many, some.
    pub fn holders_beginning(&self, with: &str) -> Option<BTreeSet<CiId>> {
        let mut found: BTreeMap<&String, CiId> =
            self.beginnings.get(with)?.iter().map(|(key, id)| (key, *id)).collect();
        for (key, holder) in self.holders.beginning(with) {
            match holder {
                Some(holder) => found.insert(key, holder),
                None => found.remove(key),
            };
        }
        Some(found.into_values().collect())
    }

    /// Looks up who holds identities that begin so, each with a slash in the end.
    pub async fn look_up_beginnings(
        &mut self,
        beginnings: Vec<String>,
    ) -> Result<(), GatewayError> {
        if beginnings.is_empty() {
            return Ok(());
        }
        let found = self.transaction.holders_beginning(IDENTITY, &beginnings, ALIKE).await?;
        for (beginning, holders) in beginnings.into_iter().zip(found) {
            let holders = holders.into_iter().map(|(key, id)| (key, CiId(id)));
            self.beginnings.insert(beginning, holders.collect());
        }
        Ok(())
    }

    /// Whether an identity was given up since the last flush.
    pub fn has_released(&self) -> bool {
        self.has_released
    }

    /// Nobody holds these identities: they are made of items that are new themselves.
    pub fn suppose_free(&mut self, keys: impl IntoIterator<Item = ClaimKey>) {
        for key in keys {
            self.holders.learn(key, None);
        }
    }

    /// Whether an item was registered here and is not appended yet.
    pub fn is_new(&self, id: CiId) -> bool {
        self.items.is_new(id)
    }

    /// Looks up who holds these identities.
    pub async fn look_up(&mut self, keys: Vec<ClaimKey>) -> Result<(), GatewayError> {
        if keys.is_empty() {
            return Ok(());
        }
        let found = self.transaction.holders(IDENTITY, &keys).await?;
        for (key, holder) in keys.into_iter().zip(found) {
            if let Some(holder) = holder.filter(|_| self.known.len() < REMEMBERED) {
                self.known.insert(key.clone(), CiId(holder));
            }
            self.holders.learn(key, holder.map(CiId));
        }
        Ok(())
    }

    /// Loads those of these items that are not known yet.
    pub async fn load(&mut self, ids: impl IntoIterator<Item = CiId>) -> Result<(), GatewayError> {
        let mut missing: Vec<Uuid> =
            ids.into_iter().filter(|id| !self.items.knows(*id)).map(|id| id.0).collect();
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            return Ok(());
        }
        let loaded = self.transaction.load::<Ci>(&missing).await?;
        for (id, loaded) in missing.into_iter().zip(loaded) {
            self.items.learn(CiId(id), Kept::of(loaded));
        }
        Ok(())
    }

    /// An item that was loaded or registered here.
    pub fn item(&self, id: CiId) -> Option<&Body> {
        self.items.body(id)
    }

    /// Decides a command on an item and applies what comes of it; the events are told.
    pub async fn decide(&mut self, id: CiId, command: CiCommand) -> Decided {
        if matches!(command, CiCommand::Register(_)) {
            self.items.begin(id);
        }
        let asked = (command.permission(), Some(id));
        self.cx.standing = permitted(self.caller, asked, self.cx.now).ok_or(Undone::Forbidden)?;
        let needs = command.needs(&Ci::default());
        self.load(needs.items.iter().copied().chain([id])).await?;
        let facts = needs.items.iter().filter_map(|id| Some((*id, self.item(*id)?.facts())));
        self.cx.facts.items = facts.collect();
        let state = self.items.state(id).clone();
        let events = command.decide(&state, &self.cx).map_err(|no| Undone::Refused(no.into()))?;
        let mut after = state;
        for event in &events {
            for change in CiCommand::claims(&after, event) {
                self.claim(id, change).await?;
            }
            after.apply(event.clone());
        }
        if !events.is_empty() {
            let stored = events.iter().map(|event| new_event(event, &self.meta)).collect();
            self.items.add(id, after, stored);
        }
        Ok(events)
    }

    async fn claim(&mut self, id: CiId, change: ClaimChange) -> Result<(), Undone> {
        match change {
            ClaimChange::Release { key, .. } => {
                self.has_released = true;
                self.known.remove(&key);
                self.holders.release(key, id);
            }
            ClaimChange::Hold { key, .. } => {
                match self.holder(&key) {
                    None => self.look_up(vec![key.clone()]).await?,
                    Some(known) => self.holders.learn(key.clone(), known),
                }
                match self.holder(&key).flatten() {
                    Some(holder) if holder != id => return Err(Undone::Taken { holder }),
                    _ => self.holders.hold(key, id),
                }
            }
        }
        Ok(())
    }

    /// Defines a class; whether that changed anything. What came before is appended first.
    pub async fn define(
        &mut self,
        id: CiClassId,
        command: CiClassCommand,
    ) -> Result<bool, DefineError> {
        self.flush().await?;
        let standing = permitted(self.caller, (command.permission(), None), self.cx.now);
        self.cx.standing = standing.ok_or(GatewayError::Forbidden)?;
        let loaded = self.transaction.load::<CiClass>(&[id.0]).await.map_err(GatewayError::from)?;
        let loaded = loaded.into_iter().next().unwrap_or_default();
        let (mut state, mut version) = (loaded.state, loaded.version);
        let mut stream = kept::stream(CiClass::TYPE, id.0, version);
        let mut claims = Vec::new();
        let decided = command.decide(&state, &self.cx);
        for event in decided.map_err(|no| DefineError::Refused(no.into()))? {
            claims.extend(super::claims::<CiClassCommand>(id.0, &state, &event));
            stream.events.push(new_event(&event, &self.meta));
            version += 1;
            state.apply(event);
        }
        if stream.events.is_empty() {
            return Ok(false);
        }
        let append = Append { streams: vec![stream], claims, ..Append::default() };
        self.transaction.append(append).await?;
        if let Some(body) = state.0 {
            self.learn_class(id, version, body.definition);
        }
        Ok(true)
    }

    fn learn_class(&mut self, id: CiClassId, version: i64, definition: Definition) {
        let catalogue = self.catalogue().with([(id, version, definition)]);
        self.cx.facts.catalogue = Some(Arc::new(catalogue));
    }

    /// Appends what was decided since the last time, and forgets what it knows. After a conflict
    /// nothing of it was appended, and all of it is forgotten as well: it has to be decided anew.
    pub async fn flush(&mut self) -> Result<(), BulkError> {
        self.has_released = false;
        self.beginnings.clear();
        let streams = std::mem::take(&mut self.items).into_streams();
        let claims = std::mem::take(&mut self.holders).into_claims();
        if streams.is_empty() {
            return Ok(());
        }
        self.transaction.append(Append { streams, claims, ..Append::default() }).await
    }

    /// Forgets what was not appended.
    pub fn forget(&mut self) {
        self.items = Items::default();
        self.holders = Holders::default();
        self.beginnings.clear();
        self.has_released = false;
        // What was known may be what the conflict was about.
        self.known.clear();
    }

    /// Makes everything last that was appended.
    pub async fn commit(self) -> Result<(), GatewayError> {
        Ok(self.transaction.commit().await?)
    }

    /// Takes everything back.
    pub async fn roll_back(self) -> Result<(), GatewayError> {
        Ok(self.transaction.roll_back().await?)
    }
}

/// Why a class is not defined.
#[derive(Debug, thiserror::Error)]
pub enum DefineError {
    /// The rules say no.
    #[error(transparent)]
    Refused(Refused),
    /// Somebody else was first.
    #[error(transparent)]
    Append(#[from] BulkError),
    /// Technical failure, or the caller may not.
    #[error(transparent)]
    Failed(#[from] GatewayError),
}

impl From<BulkError> for GatewayError {
    fn from(error: BulkError) -> Self {
        match error {
            BulkError::Conflict => Self::Busy,
            BulkError::Journal(error) => error.into(),
        }
    }
}

/// The guard's answer: an item lies at the root, and nobody stands to it in any way.
fn permitted(
    caller: &Caller,
    (permission, item): (Permission, Option<CiId>),
    now: DateTime<Utc>,
) -> Option<Standing> {
    let object = ObjectView { item, ..ObjectView::default() };
    guard::authorize(caller, permission, &object, now).ok()
}
