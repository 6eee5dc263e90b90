//! Batches of the log into rows.

use std::collections::BTreeSet;

use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::{PersonId, TicketId};
use domain::ticket_dossier::{Dossier, TicketDossierEvent as Event};
use journal::Recorded;
use serde::{Deserialize, Serialize};

use crate::model::{OnPoison, Table};
use crate::single::Rows;

/// The read model `watchers`.
#[derive(Debug, Clone, Copy)]
pub struct Watchers;

/// Who watches a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchersRow {
    /// The ticket.
    pub ticket_id: TicketId,
    /// Whoever does, sorted.
    pub watcher_ids: BTreeSet<PersonId>,
    /// The number in the dossier's stream of the event that said so.
    pub version: i64,
}

impl Rows for Watchers {
    type Row = WatchersRow;

    const NAME: &'static str = "watchers";
    const VERSION: i32 = 1;
    const DDL: &'static str = include_str!("../../../migrations/read/views/watchers.v1.sql");
    const TABLES: &'static [Table] =
        &[Table { name: "watchers", key: &["ticket_id"], stream: Some("ticket_id") }];
    const TYPE: &'static str = Dossier::TYPE;
    const ON_POISON: OnPoison = OnPoison::Park;
    const TOUCHED: &'static str = include_str!("sql/touched.sql");
    const WRITE: &'static str = include_str!("sql/write.sql");

    fn concerns(fact: &Fact) -> bool {
        matches!(fact, Fact::TicketDossier(_, Event::Watched(_) | Event::Unwatched(_)))
    }

    fn fold(row: Option<WatchersRow>, recorded: &Recorded) -> Option<WatchersRow> {
        let Fact::TicketDossier(ticket_id, event) = &recorded.fact else { return row };
        let mut watcher_ids = row.as_ref().map(|row| row.watcher_ids.clone()).unwrap_or_default();
        match event {
            Event::Watched(e) => watcher_ids.insert(e.person),
            Event::Unwatched(e) => watcher_ids.remove(&e.person),
            Event::Tagged(_)
            | Event::Untagged(_)
            | Event::Linked(_)
            | Event::Unlinked(_)
            | Event::FieldFilled(_)
            | Event::FieldEmptied(_)
            | Event::Attached(_)
            | Event::Detached(_) => return row,
        };
        let version = recorded.event.sequence;
        Some(WatchersRow { ticket_id: *ticket_id, watcher_ids, version })
    }
}
