//! The data keys: made when first needed, wrapped in the database, kept in memory until one of them is
//! destroyed.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use domain::kernel::DataSubject;
use sqlx::{PgPool, Row};
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::cipher::random;
use super::master::pseudonym;
use super::{DataKey, MasterKey, SealError};

/// Within this time every process knows that a key was destroyed: it asks so often, while it uses any.
pub const NOTICED_WITHIN: Duration = Duration::from_secs(1);
/// More keys than this are forgotten at once: bounded memory beats a cleverer cache.
const CACHE_MAX: usize = 20_000;
/// The subject whose key makes claims on personal keys unguessable.
const CLAIMS: &str = "claims";

/// What became of a key.
#[derive(Debug, Clone)]
pub enum KeyState {
    /// Usable.
    Live(DataKey),
    /// Destroyed: everything under it is erased.
    Destroyed,
}

/// The key ring of a process.
#[derive(Debug)]
pub struct Keyring {
    pool: PgPool,
    master: MasterKey,
    /// Set once the wrapping key has opened a key of this database.
    proven: OnceCell<()>,
    cache: Mutex<Cache>,
    /// One asks for all.
    asking: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Cache {
    by_id: HashMap<Uuid, KeyState>,
    by_subject: HashMap<String, Uuid>,
    /// How often keys had been destroyed, and when that was asked for; negative: nobody knows.
    moved: i64,
    asked: Option<Instant>,
}

impl Keyring {
    /// `pool`'s connections act as `annals_keys`.
    pub fn new(pool: PgPool, master: MasterKey) -> Self {
        let (proven, cache, asking) = (OnceCell::new(), Mutex::default(), Default::default());
        Self { pool, master, proven, cache, asking }
    }

    /// The data keys of these subjects, made where missing; an erased subject is refused.
    pub async fn keys_of(
        &self,
        subjects: &BTreeSet<DataSubject>,
    ) -> Result<HashMap<DataSubject, DataKey>, SealError> {
        self.heed().await?;
        let mut keys = HashMap::with_capacity(subjects.len());
        let mut missing = Vec::new();
        for subject in subjects {
            match self.cached_subject(&subject.to_string()) {
                Some(KeyState::Live(key)) => {
                    keys.insert(*subject, key);
                }
                Some(KeyState::Destroyed) => return Err(SealError::Erased),
                None => missing.push(*subject),
            }
        }
        if missing.is_empty() {
            return Ok(keys);
        }
        let names: Vec<String> = missing.iter().map(ToString::to_string).collect();
        let mut found = self.fetch_or_create(&names).await?;
        for (subject, name) in missing.into_iter().zip(&names) {
            match found.remove(name) {
                Some(KeyState::Live(key)) => keys.insert(subject, key),
                Some(KeyState::Destroyed) => return Err(SealError::Erased),
                None => return Err(SealError::UnknownKey),
            };
        }
        Ok(keys)
    }

    /// What became of these keys; one that was never made is an error.
    pub async fn states(&self, ids: &BTreeSet<Uuid>) -> Result<HashMap<Uuid, KeyState>, SealError> {
        self.heed().await?;
        let mut states = HashMap::with_capacity(ids.len());
        let mut missing = Vec::new();
        for id in ids {
            match self.cached(id) {
                Some(state) => {
                    states.insert(*id, state);
                }
                None => missing.push(*id),
            }
        }
        if !missing.is_empty() {
            let moved = self.lock().moved;
            let rows = sqlx::query(include_str!("sql/keys_by_id.sql"))
                .bind(&missing)
                .fetch_all(&self.pool)
                .await?;
            for row in rows {
                let (id, _, state) = self.remember(&row, moved)?;
                states.insert(id, state);
            }
        }
        if states.len() < ids.len() {
            return Err(SealError::UnknownKey);
        }
        Ok(states)
    }

    /// The stored form of a claim on a personal key.
    pub async fn claim_key(&self, scope: &str, text: &str) -> Result<String, SealError> {
        self.heed().await?;
        let key = match self.cached_subject(CLAIMS) {
            Some(state) => Some(state),
            None => self.fetch_or_create(&[CLAIMS.to_owned()]).await?.remove(CLAIMS),
        };
        match key {
            Some(KeyState::Live(key)) => Ok(pseudonym(&key.bytes, scope, text)),
            Some(KeyState::Destroyed) => Err(SealError::Erased),
            None => Err(SealError::UnknownKey),
        }
    }

    /// A key derived from the master key's ring for a purpose outside sealing.
    pub async fn secret(&self, purpose: &str) -> Result<[u8; 32], SealError> {
        let name = format!("secret:{purpose}");
        match self.fetch_or_create(std::slice::from_ref(&name)).await?.remove(&name) {
            Some(KeyState::Live(key)) => Ok(key.bytes),
            Some(KeyState::Destroyed) => Err(SealError::Erased),
            None => Err(SealError::UnknownKey),
        }
    }

    /// The identity of a subject's key, if one was ever made, destroyed or not.
    pub async fn key_of(&self, subject: DataSubject) -> Result<Option<Uuid>, SealError> {
        let row = sqlx::query(include_str!("sql/key_of.sql"))
            .bind(subject.to_string())
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get("key_id")).transpose()?)
    }

    /// Fails when the wrapping key is not this database's, as far as that has keys. Makes none: what is restored
    /// into it may bring its own.
    pub async fn check(&self) -> Result<(), SealError> {
        self.fetch(&[CLAIMS.to_owned()]).await.map(|_| ())
    }

    /// Fails when the wrapping key is not this database's; the first one ever becomes it.
    pub async fn prove(&self) -> Result<(), SealError> {
        let claims = [CLAIMS.to_owned()];
        let proof = async || self.fetch_or_create_unproven(&claims).await.map(|_| ());
        self.proven.get_or_try_init(proof).await.map(|_| ())
    }

    /// How often keys were doomed or destroyed, by whomever.
    pub(crate) async fn destructions(&self) -> Result<i64, SealError> {
        let row = sqlx::query(include_str!("sql/destructions.sql")).fetch_one(&self.pool).await?;
        Ok(row.try_get("moved")?)
    }

    /// Where the keys are kept.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// The wrapping key.
    pub(super) fn master(&self) -> &MasterKey {
        &self.master
    }

    /// Forgets all keys, and what is being asked for this moment as well.
    pub(crate) fn forget(&self) {
        *self.lock() = Cache { moved: -1, ..Cache::default() };
    }

    /// A wrong wrapping key makes no key here: the right one could never open it again.
    async fn fetch_or_create(
        &self,
        subjects: &[String],
    ) -> Result<HashMap<String, KeyState>, SealError> {
        self.prove().await?;
        self.fetch_or_create_unproven(subjects).await
    }

    async fn fetch_or_create_unproven(
        &self,
        subjects: &[String],
    ) -> Result<HashMap<String, KeyState>, SealError> {
        let mut found = self.fetch(subjects).await?;
        let missing = subjects.iter().filter(|subject| !found.contains_key(*subject));
        let missing: Vec<String> = missing.cloned().collect();
        if missing.is_empty() {
            return Ok(found);
        }
        let mut ids = Vec::with_capacity(missing.len());
        let mut wrapped = Vec::with_capacity(missing.len());
        // What is wrapped under a key that is about to go has to be seen by who wraps it again.
        let mut transaction = self.pool.begin().await?;
        sqlx::query(include_str!("sql/wrapping.sql")).execute(&mut *transaction).await?;
        for subject in &missing {
            ids.push(Uuid::from_bytes(random()));
            wrapped.push(self.master.wrap(&random(), subject)?);
        }
        sqlx::query(include_str!("sql/create_keys.sql"))
            .bind(&ids)
            .bind(&missing)
            .bind(&wrapped)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        // Another statement: a row another process has made meanwhile is seen by it.
        found.extend(self.fetch(&missing).await?);
        Ok(found)
    }

    async fn fetch(&self, subjects: &[String]) -> Result<HashMap<String, KeyState>, SealError> {
        let moved = self.lock().moved;
        let rows = sqlx::query(include_str!("sql/keys_by_subject.sql"))
            .bind(subjects)
            .fetch_all(&self.pool)
            .await?;
        rows.iter()
            .map(|row| self.remember(row, moved).map(|(_, subject, state)| (subject, state)))
            .collect()
    }

    /// Forgets all keys when one was destroyed since it was asked for last.
    async fn heed(&self) -> Result<(), SealError> {
        let is_younger = |than: Duration| {
            let asked = self.lock().asked;
            asked.is_some_and(|asked| asked.elapsed() < than)
        };
        if is_younger(NOTICED_WITHIN / 2) {
            return Ok(());
        }
        // While there is time, one asks and the others go on.
        let _asking = match self.asking.try_lock() {
            Ok(asking) => asking,
            Err(_) if is_younger(NOTICED_WITHIN) => return Ok(()),
            Err(_) => self.asking.lock().await,
        };
        if is_younger(NOTICED_WITHIN / 2) {
            return Ok(());
        }
        let asked = Some(Instant::now());
        let moved = self.destructions().await?;
        let mut cache = self.lock();
        if cache.moved != moved {
            *cache = Cache { moved, ..Cache::default() };
        }
        cache.asked = asked;
        Ok(())
    }

    /// The key of a row that was asked for when keys had been destroyed so often: if another one was
    /// meanwhile, it may be this one, and is not kept.
    fn remember(
        &self,
        row: &sqlx::postgres::PgRow,
        moved: i64,
    ) -> Result<(Uuid, String, KeyState), SealError> {
        let id: Uuid = row.try_get("key_id")?;
        let subject: String = row.try_get("subject")?;
        let state = match row.try_get::<Option<Vec<u8>>, _>("wrapped")? {
            Some(wrapped) => {
                let bytes = self.master.unwrap(&wrapped, &subject)?;
                KeyState::Live(DataKey { id, subject: subject.clone(), bytes })
            }
            None => KeyState::Destroyed,
        };
        let mut cache = self.lock();
        if cache.by_id.len() >= CACHE_MAX {
            (cache.by_id, cache.by_subject) = Default::default();
        }
        if cache.moved == moved {
            cache.by_id.insert(id, state.clone());
            cache.by_subject.insert(subject.clone(), id);
        }
        Ok((id, subject, state))
    }

    fn cached(&self, id: &Uuid) -> Option<KeyState> {
        self.lock().by_id.get(id).cloned()
    }

    fn cached_subject(&self, subject: &str) -> Option<KeyState> {
        let id = *self.lock().by_subject.get(subject)?;
        self.cached(&id)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Cache> {
        // The cache holds no invariant that a panic elsewhere could break.
        self.cache.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
