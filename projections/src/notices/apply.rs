//! Batches of the log into rows.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::access_request::AccessRequest;
use domain::conversation::Conversation;
use domain::person::Person;
use domain::settings::Settings;
use domain::ticket::Ticket;
use domain::ticket_clock::TicketClock;
use domain::ticket_dossier::Dossier;
use domain::ticket_quality::TicketQuality;
use domain::unit::Unit;
use journal::Recorded;
use serde::Serialize;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::desk::Desk;
use super::recipients::notices;
use super::{load, row::NoticeRow};
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::rows::{self, actor_of};

/// What says who sees a ticket, and what shows a request: nobody is told of one before they find it.
const BEHIND: &[&str] = &["tickets", "access_requests"];

/// The read model `notices`.
#[derive(Debug, Clone, Copy)]
pub struct Notices;

#[async_trait]
impl ReadModel for Notices {
    fn name(&self) -> &'static str {
        "notices"
    }

    fn version(&self) -> i32 {
        2
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/notices.v2.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[
            Table { name: "outbox", key: &["global_seq", "recipient_id", "channel"], stream: None },
            Table { name: "notice_people", key: &["person_id"], stream: None },
            Table { name: "notice_units", key: &["unit_id"], stream: None },
            Table { name: "notice_tickets", key: &["ticket_id"], stream: None },
            Table { name: "notice_requests", key: &["request_id"], stream: None },
            Table { name: "notice_settings", key: &["stream_id"], stream: None },
        ]
    }

    fn grain(&self) -> Grain {
        Grain::Log
    }

    fn types(&self) -> &'static [&'static str] {
        const {
            &[
                Ticket::TYPE,
                Conversation::TYPE,
                Dossier::TYPE,
                TicketClock::TYPE,
                TicketQuality::TYPE,
                AccessRequest::TYPE,
                Person::TYPE,
                Unit::TYPE,
                Settings::TYPE,
            ]
        }
    }

    fn behind(&self) -> &'static [&'static str] {
        BEHIND
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let mut desk = load::desk(conn, batch).await?;
        let mut outbox: Vec<NoticeRow> = Vec::new();
        for recorded in batch {
            outbox.extend(notices(&desk, recorded));
            desk.evolve(&recorded.fact, actor_of(&recorded.event.meta));
        }
        let streams = batch.iter().map(|recorded| recorded.fact.stream()).collect();
        let rows = [
            rows::stored(outbox.iter()),
            touched(&desk.people, &streams),
            touched(&desk.units, &streams),
            touched(&desk.tickets, &streams),
            touched(&desk.requests, &streams),
            forgotten(&desk, batch),
            touched(&desk.settings, &streams),
        ];
        rows::write(conn, include_str!("sql/write.sql"), step, rows).await
    }
}

/// The rows that the batch can have changed: most were only looked at.
fn touched<T: Serialize>(known: &BTreeMap<Uuid, T>, streams: &BTreeSet<Uuid>) -> Vec<Value> {
    rows::stored(streams.iter().filter_map(|id| known.get(id)))
}

/// The requests that the batch has ended.
fn forgotten(desk: &Desk, batch: &[&Recorded]) -> Vec<Value> {
    let ids = rows::ids(batch, |fact| matches!(fact, Fact::AccessRequest(..)));
    let ended = ids.iter().filter(|id| !desk.requests.contains_key(id));
    ended.map(|id| json!({"request_id": id})).collect()
}
