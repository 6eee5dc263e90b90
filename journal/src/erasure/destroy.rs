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
        let key_id = doom(self.pool(), person, fresh_id()).await?;
        self.forget();
        write_down(ledger, [Entry { key_id, person }].into()).await?;
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
        keys.check().await?;
        let tombstones = tombstones(keys.pool()).await?;
        let named = self.read().await?;
        let living = living(&named, &tombstones).len();
        if living > 0 {
            return Err(ErasureError::Restored(living));
        }
        let all = entries(&tombstones);
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

    /// Writes down what other servers destroyed, if keys were destroyed more than `seen` times; how often
    /// they were. So each server's file knows of all, whichever database is restored.
    pub async fn follow(&self, keys: &Keyring, seen: i64) -> Result<i64, ErasureError> {
        let moved = keys.destructions().await?;
        if moved != seen {
            write_down(self, entries(&tombstones(keys.pool()).await?)).await?;
        }
        Ok(moved)
    }

    /// What stands here and lives in this database, which was restored from before.
    pub async fn living(&self, keys: &Keyring) -> Result<BTreeSet<Entry>, ErasureError> {
        keys.check().await?;
        Ok(living(&self.read().await?, &tombstones(keys.pool()).await?))
    }

    /// Destroys again, in a database that was restored, every key that stands here. Which keys of whom
    /// those were. What lies beside the journal and in the views has to be gone by then: nobody asks for it
    /// again afterwards.
    pub async fn replay(&self, keys: &Keyring) -> Result<BTreeSet<Entry>, ErasureError> {
        let mut destroyed = BTreeSet::new();
        for named in self.living(keys).await? {
            // A restored database may have another key for them, or none.
            let key_id = doom(keys.pool(), named.person, named.key_id).await?;
            let entry = Entry { key_id, ..named };
            write_down(self, [entry].into()).await?;
            destroy(keys.pool(), &[key_id]).await?;
            destroyed.insert(entry);
        }
        keys.forget();
        self.guard(keys).await?;
        Ok(destroyed)
    }

    async fn read(&self) -> Result<BTreeSet<Entry>, ErasureError> {
        let ledger = self.clone();
        let read = tokio::task::spawn_blocking(move || ledger.entries()).await;
        Ok(read.map_err(|_| sqlx::Error::WorkerCrashed)??)
    }
}

fn living(named: &BTreeSet<Entry>, tombstones: &BTreeMap<PersonId, Tombstone>) -> BTreeSet<Entry> {
    named.iter().filter(|entry| !tombstones.contains_key(&entry.person)).copied().collect()
}

fn entries(tombstones: &BTreeMap<PersonId, Tombstone>) -> BTreeSet<Entry> {
    let entry =
        |(person, stone): (&PersonId, &Tombstone)| Entry { key_id: stone.key_id, person: *person };
    tombstones.iter().map(entry).collect()
}

/// Nobody opens or seals with the person's key any more; which one it is. If there is none, a tombstone
/// under this identity sees to it that there never will be.
async fn doom(pool: &PgPool, person: PersonId, unless: Uuid) -> Result<Uuid, ErasureError> {
    let row = sqlx::query(include_str!("../seal/sql/doom.sql"))
        .bind(unless)
        .bind(DataSubject::Person(person).to_string())
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("key_id")?)
}

async fn destroy(pool: &PgPool, keys: &[Uuid]) -> Result<(), ErasureError> {
    sqlx::query(include_str!("../seal/sql/destroy.sql")).bind(keys).execute(pool).await?;
    Ok(())
}

async fn tombstones(pool: &PgPool) -> Result<BTreeMap<PersonId, Tombstone>, ErasureError> {
    let rows = sqlx::query(include_str!("../seal/sql/tombstones.sql")).fetch_all(pool).await?;
    let mut tombstones = BTreeMap::new();
    for row in rows {
        // Annals' own keys are nobody's.
        let Ok(DataSubject::Person(person)) = row.try_get::<&str, _>("subject")?.parse() else {
            continue;
        };
        let (key_id, destroyed) = (row.try_get("key_id")?, row.try_get("destroyed")?);
        tombstones.insert(person, Tombstone { key_id, destroyed });
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
