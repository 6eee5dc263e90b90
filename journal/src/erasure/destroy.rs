//! Destroying a key, and what a start looks at before anything is opened.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{DataSubject, PersonId};
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::ErasureError;
use super::ledger::{Entry, Ledger};
use crate::seal::Keyring;

impl Keyring {
    /// Destroys a person's key for ever, see the module; its identity. Of whom none was made, none ever
    /// will be. Told again it is the same, and changes nothing.
    pub async fn destroy(
        &self,
        person: PersonId,
        ledger: &Ledger,
    ) -> Result<BTreeSet<Uuid>, ErasureError> {
        let subject = DataSubject::Person(person);
        let key_id = doom(self.pool(), subject, fresh_id()).await?;
        self.forget();
        write_down(ledger, [Entry { key_id, subject }].into()).await?;
        destroy(self.pool(), &[key_id]).await?;
        Ok([key_id].into())
    }
}

/// What became of a key that does not open any more.
#[derive(Debug, Clone, Copy)]
struct Tombstone {
    key_id: Uuid,
    destroyed: bool,
}

impl Ledger {
    /// Whether the database may be opened: it knows of everything that stands here. What was interrupted
    /// between writing down and destroying is destroyed now; what is not written down here, as with a
    /// second server's or a lost file, is.
    ///
    /// # Errors
    /// [`ErasureError::Restored`] when it was restored from before an erasure; nothing was changed then.
    /// The wrapping key is another database's.
    pub async fn guard(&self, keys: &Keyring) -> Result<(), ErasureError> {
        keys.prove().await?;
        let tombstones = tombstones(keys.pool()).await?;
        let named = self.read().await?;
        let living = named.iter().filter(|entry| !tombstones.contains_key(&entry.subject)).count();
        if living > 0 {
            return Err(ErasureError::Restored(living));
        }
        let all = tombstones
            .iter()
            .map(|(subject, stone)| Entry { key_id: stone.key_id, subject: *subject });
        let all: BTreeSet<Entry> = all.collect();
        if !all.is_subset(&named) {
            write_down(self, all).await?;
        }
        let doomed: Vec<Uuid> = tombstones
            .values()
            .filter(|stone| !stone.destroyed)
            .map(|stone| stone.key_id)
            .collect();
        if !doomed.is_empty() {
            destroy(keys.pool(), &doomed).await?;
        }
        Ok(())
    }

    /// Destroys again, in a database that was restored, every key that stands here; whose they were.
    pub async fn replay(&self, keys: &Keyring) -> Result<BTreeSet<DataSubject>, ErasureError> {
        let tombstones = tombstones(keys.pool()).await?;
        let named = self.read().await?;
        let living: BTreeMap<DataSubject, Uuid> = named
            .into_iter()
            .filter(|entry| !tombstones.contains_key(&entry.subject))
            .map(|entry| (entry.subject, entry.key_id))
            .collect();
        for (subject, key_id) in &living {
            // A restored database may have another key for them, or none.
            let key_id = doom(keys.pool(), *subject, *key_id).await?;
            write_down(self, [Entry { key_id, subject: *subject }].into()).await?;
            destroy(keys.pool(), &[key_id]).await?;
        }
        keys.forget();
        self.guard(keys).await?;
        Ok(living.into_keys().collect())
    }

    async fn read(&self) -> Result<BTreeSet<Entry>, ErasureError> {
        let ledger = self.clone();
        let read = tokio::task::spawn_blocking(move || ledger.entries()).await;
        Ok(read.map_err(|_| sqlx::Error::WorkerCrashed)??)
    }
}

/// Nobody opens or seals with the subject's key any more; which one it is. If there is none, a tombstone
/// under this identity sees to it that there never will be.
async fn doom(pool: &PgPool, subject: DataSubject, unless: Uuid) -> Result<Uuid, ErasureError> {
    let row = sqlx::query(include_str!("../seal/sql/doom.sql"))
        .bind(unless)
        .bind(subject.to_string())
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("key_id")?)
}

async fn destroy(pool: &PgPool, keys: &[Uuid]) -> Result<(), ErasureError> {
    sqlx::query(include_str!("../seal/sql/destroy.sql")).bind(keys).execute(pool).await?;
    Ok(())
}

async fn tombstones(pool: &PgPool) -> Result<BTreeMap<DataSubject, Tombstone>, ErasureError> {
    let rows = sqlx::query(include_str!("../seal/sql/tombstones.sql")).fetch_all(pool).await?;
    let mut tombstones = BTreeMap::new();
    for row in rows {
        // Annals' own secrets are nobody's.
        let Ok(subject) = row.try_get::<&str, _>("subject")?.parse() else { continue };
        let (key_id, destroyed) = (row.try_get("key_id")?, row.try_get("destroyed")?);
        tombstones.insert(subject, Tombstone { key_id, destroyed });
    }
    Ok(tombstones)
}

async fn write_down(ledger: &Ledger, entries: BTreeSet<Entry>) -> Result<(), ErasureError> {
    let ledger = ledger.clone();
    let written = tokio::task::spawn_blocking(move || ledger.add(&entries)).await;
    Ok(written.map_err(|_| sqlx::Error::WorkerCrashed)??)
}

#[expect(clippy::disallowed_methods, reason = "the identity of a key that never was")]
fn fresh_id() -> Uuid {
    Uuid::new_v4()
}
