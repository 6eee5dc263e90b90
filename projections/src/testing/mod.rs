//! A journal on a database of its own, and a small history to project.

pub(crate) mod access;
mod catalogue;
pub(crate) mod definitions;
pub(crate) mod desk;
pub(crate) mod erasures;
pub(crate) mod grants;
pub(crate) mod items;
pub(crate) mod levels;
pub(crate) mod quality;
pub(crate) mod recurrences;
pub(crate) mod service_accounts;
pub(crate) mod sla;
mod story;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use cqrs_es::DomainEvent;
use domain::Fact;
use domain::kernel::{Actor, DataSubject, Meta, Personal, Source};
use journal::postgres::cluster::testing::{TestDatabase, database_from_template};
use journal::postgres::connect::{self, ActingAs};
use journal::postgres::migrate::migrate;
use journal::read::LogReader;
use journal::seal::MasterKey;
use journal::{Append, AppendError, Journal, Keyring, NewEvent, PositionToken, StreamAppend};
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::watch;
use uuid::Uuid;

use crate::digest::digest_of;
use crate::model::{ReadModel, Step};
use crate::{Runner, SEARCH_PATH, inline_views, read_models, schema, session};

pub(crate) use story::{AGENT, CLIENT, SUBJECT, TICKET, UNIT, assigned, opened, registered, story};

/// Everything a test needs; the sequencer runs.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) journal: Journal,
    pub(crate) options: PgConnectOptions,
    /// By type and identity.
    versions: Mutex<HashMap<(&'static str, Uuid), i64>>,
    said: Mutex<i64>,
    /// Ends the sequencer.
    _stop: watch::Sender<bool>,
    // Last: dropped after what uses it.
    _database: TestDatabase,
}

impl World {
    /// Migrated, empty, no schema of any view.
    pub(crate) async fn unprepared() -> Self {
        let database =
            database_from_template(&template_key(), async |options| migrate(&options).await).await;
        let options = database.options();
        let journal = journal(&options).await;
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(journal::sequencer::run(journal.clone(), options.clone(), stopped));
        Self {
            journal,
            options,
            versions: Mutex::default(),
            said: Mutex::default(),
            _stop: stop,
            _database: database,
        }
    }

    /// With the schemas of all views.
    pub(crate) async fn new() -> Self {
        let world = Self::unprepared().await;
        world.runner().prepare().await.unwrap();
        world
    }

    /// With the story told and settled.
    pub(crate) async fn with_story() -> Self {
        let world = Self::new().await;
        world.say(&story()).await;
        world.settled().await;
        world
    }

    /// With the story, and what happened after it, told, settled and projected.
    pub(crate) async fn with_desk() -> Self {
        let world = Self::with_story().await;
        world.say(&desk::desk()).await;
        world.settled().await;
        world.project().await;
        world
    }

    /// The same, and tickets that are measured.
    pub(crate) async fn with_clocks() -> Self {
        let world = Self::with_desk().await;
        world.say(&[sla::calendars(), sla::tickets()].concat()).await;
        world.settled().await;
        world.project().await;
        world
    }

    /// A runner of all models, as one process has it.
    pub(crate) fn runner(&self) -> Arc<Runner> {
        Arc::new(Runner::new(self.journal.clone(), self.options.clone(), read_models()))
    }

    /// Another process: nothing shared but the database.
    pub(crate) async fn elsewhere(&self) -> Arc<Runner> {
        let journal = journal(&self.options).await;
        Arc::new(Runner::new(journal, self.options.clone(), read_models()))
    }

    /// What readers use.
    pub(crate) fn pool(&self) -> &PgPool {
        self.journal.pool()
    }

    /// Appends each fact by itself; the token of the last.
    pub(crate) async fn say(&self, facts: &[Fact]) -> PositionToken {
        let mut last = None;
        for fact in facts {
            last = Some(self.try_say(fact).await.unwrap());
        }
        last.unwrap()
    }

    /// Appends the fact, if the connections hold.
    pub(crate) async fn try_say(&self, fact: &Fact) -> Result<PositionToken, AppendError> {
        let (aggregate_type, aggregate_id, event_type, payload) = wire(fact);
        let expected = self
            .versions
            .lock()
            .unwrap()
            .get(&(aggregate_type, aggregate_id))
            .copied()
            .unwrap_or(0);
        let number = *self.said.lock().unwrap();
        let event = NewEvent {
            event_type,
            event_version: "1".to_owned(),
            payload,
            meta: Meta {
                command_id: Uuid::from_u128(u128::from(number.unsigned_abs())),
                actor: Actor::Person(AGENT),
                source: Source::Graphql,
                reason: Some(Personal::of(DataSubject::Person(AGENT), format!("why {number}"))),
                ..Meta::unsaid(at(number))
            },
        };
        let stream = StreamAppend { aggregate_type, aggregate_id, expected, events: vec![event] };
        let append = Append { streams: vec![stream], ..Append::default() };
        let receipt = self.journal.append(&append).await?;
        self.versions.lock().unwrap().insert((aggregate_type, aggregate_id), expected + 1);
        *self.said.lock().unwrap() += 1;
        Ok(receipt.token.unwrap())
    }

    /// Appends the facts at once, as one command may that concerns several streams.
    pub(crate) async fn say_together(&self, facts: &[Fact]) {
        let mut streams: Vec<StreamAppend> = Vec::new();
        for fact in facts {
            let (aggregate_type, aggregate_id, event_type, payload) = wire(fact);
            let key = (aggregate_type, aggregate_id);
            let mut said = self.said.lock().unwrap();
            let meta = Meta::unsaid(at(*said));
            *said += 1;
            let event = NewEvent { event_type, event_version: "1".to_owned(), payload, meta };
            let known =
                streams.iter_mut().find(|known| (known.aggregate_type, known.aggregate_id) == key);
            let mut versions = self.versions.lock().unwrap();
            let version = versions.entry(key).or_default();
            match known {
                Some(stream) => stream.events.push(event),
                None => streams.push(StreamAppend {
                    aggregate_type,
                    aggregate_id,
                    expected: *version,
                    events: vec![event],
                }),
            }
            *version += 1;
        }
        let append = Append { streams, ..Append::default() };
        self.journal.append(&append).await.unwrap();
    }

    /// Waits until everything said has its number; the last one.
    pub(crate) async fn settled(&self) -> i64 {
        let said = *self.said.lock().unwrap();
        self.journal.head().wait_for(|head| *head >= said).await.unwrap();
        said
    }

    /// As the superuser, who may do what nobody should.
    pub(crate) async fn tamper(&self, sql: &str) {
        let mut conn = PgConnection::connect_with(&self.options).await.unwrap();
        sqlx::raw_sql(sql).execute(&mut conn).await.unwrap();
        conn.close().await.unwrap();
    }

    /// Makes the settled event of this number unreadable, until [`World::repair`].
    pub(crate) async fn damage(&self, number: i64) {
        self.tamper(&format!(
            "alter table journal.events disable trigger events_append_only;
             create table if not exists public.damaged as
                 select * from journal.events where false;
             insert into public.damaged
                 select e.* from journal.events e
                 join journal.log l using (aggregate_type, aggregate_id, sequence)
                 where l.global_seq = {number};
             update journal.events e set payload = '{{\"unheard\": \"of\"}}' from public.damaged d
             where (e.aggregate_type, e.aggregate_id, e.sequence)
                 = (d.aggregate_type, d.aggregate_id, d.sequence);"
        ))
        .await;
    }

    /// Puts back what was damaged.
    pub(crate) async fn repair(&self) {
        self.tamper(
            "update journal.events e set payload = d.payload from public.damaged d
             where (e.aggregate_type, e.aggregate_id, e.sequence)
                 = (d.aggregate_type, d.aggregate_id, d.sequence);
             drop table public.damaged;",
        )
        .await;
    }

    /// Makes a schema and fills it from the whole log, in batches of this size; its connection.
    pub(crate) async fn filled(
        &self,
        model: &dyn ReadModel,
        schema: &str,
        size: i64,
    ) -> PgConnection {
        self.filled_by(model, schema, || size).await
    }

    /// The same in batches of these sizes.
    pub(crate) async fn filled_by(
        &self,
        model: &dyn ReadModel,
        schema: &str,
        mut size: impl FnMut() -> i64,
    ) -> PgConnection {
        let mut conn = session::open(&self.options, schema).await.unwrap();
        schema::create(&mut conn, schema, model).await.unwrap();
        let mut log = LogReader::after(self.journal.keyring(), self.journal.upcasters(), 0);
        loop {
            let from = log.position();
            let batch = log.page(&mut conn, i64::MAX, size()).await.unwrap();
            if batch.is_empty() {
                return conn;
            }
            let step = Step { from, to: log.position(), epoch: 0, fresh: false };
            assert!(model.apply(&mut conn, &batch, step).await.unwrap());
            // The same again is nobody's turn, and must change nothing.
            assert!(!model.apply(&mut conn, &batch, step).await.unwrap());
        }
    }

    /// Fills the live tables of every model, as a runner would.
    pub(crate) async fn project(&self) {
        for model in read_models().iter().filter(|model| !model.is_inline()) {
            let schema = schema::live(model.name());
            self.tamper(&format!("drop schema {schema} cascade")).await;
            self.filled(model.as_ref(), &schema, 500).await.close().await.unwrap();
        }
    }

    /// The digest of a model's tables in this schema.
    pub(crate) async fn digest(&self, model: &dyn ReadModel, schema: &str) -> String {
        let mut conn = session::open(&self.options, schema).await.unwrap();
        digest_of(&mut conn, schema, model).await.unwrap().text
    }
}

/// When the fact of this number happened.
pub(crate) fn at(number: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::minutes(number)
}

/// Type and identity of the stream that the fact is of.
pub(crate) fn stream_of(fact: &Fact) -> (&'static str, Uuid) {
    let (aggregate_type, aggregate_id, ..) = wire(fact);
    (aggregate_type, aggregate_id)
}

/// Type, identity, wire name and payload.
fn wire(fact: &Fact) -> (&'static str, Uuid, String, Value) {
    match fact {
        Fact::Ticket(id, e) => ("ticket", id.0, e.event_type(), json!(e)),
        Fact::Person(id, e) => ("person", id.0, e.event_type(), json!(e)),
        Fact::Unit(id, e) => ("unit", id.0, e.event_type(), json!(e)),
        Fact::Subject(id, e) => ("subject", id.0, e.event_type(), json!(e)),
        Fact::Settings(e) => ("settings", domain::settings::STREAM_ID, e.event_type(), json!(e)),
        Fact::Conversation(id, e) => ("conversation", id.0, e.event_type(), json!(e)),
        Fact::TicketDossier(id, e) => ("ticket_dossier", id.0, e.event_type(), json!(e)),
        Fact::CustomField(id, e) => ("custom_field", id.0, e.event_type(), json!(e)),
        Fact::Template(id, e) => ("template", id.0, e.event_type(), json!(e)),
        Fact::Macro(id, e) => ("macro", id.0, e.event_type(), json!(e)),
        Fact::Queue(id, e) => ("queue", id.0, e.event_type(), json!(e)),
        Fact::Calendar(id, e) => ("calendar", id.0, e.event_type(), json!(e)),
        Fact::SlaPlan(id, e) => ("sla_plan", id.0, e.event_type(), json!(e)),
        Fact::Recurrence(id, e) => ("recurrence", id.0, e.event_type(), json!(e)),
        Fact::TicketItems(id, e) => ("ticket_items", id.0, e.event_type(), json!(e)),
        Fact::TicketQuality(id, e) => ("ticket_quality", id.0, e.event_type(), json!(e)),
        Fact::Baseline(id, e) => ("baseline", id.0, e.event_type(), json!(e)),
        Fact::ComplianceReport(id, e) => ("compliance_report", id.0, e.event_type(), json!(e)),
        Fact::Role(id, e) => ("role", id.0, e.event_type(), json!(e)),
        Fact::SodRule(id, e) => ("sod_rule", id.0, e.event_type(), json!(e)),
        Fact::DenyRule(id, e) => ("deny_rule", id.0, e.event_type(), json!(e)),
        Fact::AccessTemplate(id, e) => ("access_template", id.0, e.event_type(), json!(e)),
        Fact::ResourceType(id, e) => ("resource_type", id.0, e.event_type(), json!(e)),
        Fact::SubjectAccess(id, e) => ("subject_access", id.0, e.event_type(), json!(e)),
        Fact::AccessGroup(id, e) => ("access_group", id.0, e.event_type(), json!(e)),
        Fact::AccessPolicy(e) => {
            ("access_policy", domain::access_policy::STREAM_ID, e.event_type(), json!(e))
        }
        Fact::AccessRequest(id, e) => ("access_request", id.0, e.event_type(), json!(e)),
        Fact::AssignmentRule(id, e) => ("assignment_rule", id.0, e.event_type(), json!(e)),
        Fact::Erasure(id, e) => ("erasure", id.0, e.event_type(), json!(e)),
        Fact::EvidenceHold(id, e) => ("evidence_hold", id.0, e.event_type(), json!(e)),
        Fact::SyncSource(id, e) => ("sync_source", id.0, e.event_type(), json!(e)),
        Fact::ServiceAccount(id, e) => ("service_account", id.0, e.event_type(), json!(e)),
        Fact::CiClass(id, e) => ("ci_class", id.0, e.event_type(), json!(e)),
        Fact::Ci(id, e) => ("ci", id.0, e.event_type(), json!(e)),
        Fact::TicketClock(id, e) => ("ticket_clock", id.0, e.event_type(), json!(e)),
    }
}

/// A journal with its own pools and key ring, as a process has it.
pub(crate) async fn journal(options: &PgConnectOptions) -> Journal {
    let keys = connect::pool(options, ActingAs::Keys, "vault", 2).await.unwrap();
    let pool = connect::pool(options, ActingAs::App, SEARCH_PATH, 6).await.unwrap();
    Journal::new(pool, Keyring::new(keys, MasterKey::new([7; 32])), inline_views())
}

/// Changes with the migrations.
fn template_key() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let mut files: Vec<_> = ["journal", "identity", "read"]
        .iter()
        .flat_map(|set| std::fs::read_dir(folder.join(set)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    files.sort();
    let texts: Vec<u8> = files.iter().flat_map(|file| std::fs::read(file).unwrap()).collect();
    format!("projections_{}", Uuid::new_v5(&Uuid::NAMESPACE_OID, &texts).simple())
}
