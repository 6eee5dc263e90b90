//! Erasing on a real database: what opens then, what is found, what a restore brings back, what is left.

mod beside;
mod destroying;
mod ledger;
mod restored;
mod searching;
mod standing;
mod storm;

use domain::kernel::{DataSubject, PersonId};
use sqlx::{PgConnection, Row};
use tempfile::TempDir;
use uuid::Uuid;

use super::{Entry, Ledger};
use crate::append::AppendError;
use crate::error::JournalError;
use crate::journal::Journal;
use crate::seal::SealError;
use crate::testing::{World, append, because, id, opened, solved, ticket};

const ANNA: PersonId = PersonId(id(0xa1));
const CLEO: PersonId = PersonId(id(0xc1));

fn of(person: PersonId) -> DataSubject {
    DataSubject::Person(person)
}

/// A ledger of its own, as long as the folder is there.
fn ledger() -> (Ledger, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    (Ledger::of(folder.path()), folder)
}

/// Anna's ticket, with a solution by Cleo.
async fn told(world: &World) {
    let events = vec![
        because(opened(ANNA, "title", "story"), of(ANNA), "reason"),
        because(solved(of(CLEO), "solution"), of(CLEO), "other reason"),
    ];
    world.append(ticket(1, 0, events)).await.unwrap();
    world.settle().await;
}

/// Whether the ticket's title is erased in this process.
async fn is_erased(journal: &Journal) -> bool {
    let events = journal.stream("ticket", id(1), 0).await.unwrap();
    events[0].payload["opened"]["title"]["$erased"] == true
}

/// Whether nothing is sealed for Anna in this process.
async fn is_refused(journal: &Journal, stream: u128) -> bool {
    let refused = append(journal, ticket(stream, 0, vec![opened(ANNA, "new", "new")])).await;
    matches!(refused, Err(AppendError::Journal(JournalError::Seal(SealError::Erased))))
}

/// A key's row: its identity, whether it is doomed, whether it lives.
async fn row(conn: &mut PgConnection, person: PersonId) -> Option<(Uuid, bool, bool)> {
    let row = sqlx::query(
        "select key_id, doomed_at is not null as doomed, wrapped is not null as lives
         from vault.subject_keys where subject = $1",
    )
    .bind(of(person).to_string())
    .fetch_optional(conn)
    .await
    .unwrap()?;
    Some((row.get("key_id"), row.get("doomed"), row.get("lives")))
}

fn entry(key_id: Uuid, person: PersonId) -> Entry {
    Entry { key_id, person }
}
