//! What the one who signs knows, and its step.

use std::sync::Arc;

use sqlx::{PgConnection, Row};

use super::checkpoints::{Appending, Checkpoints, Signed};
use super::edge::{Edge, Written};
use super::error::SignError;
use super::files::{replace, replace_all};
use super::folder::Folder;
use super::keys;
use super::leaves::leaves;
use super::witnessing::{Carrier, Witnesses};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::key::SignerKey;
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;
use crate::tlog::tile::Tile;

/// What the database says of the log.
#[derive(Debug)]
struct State {
    origin: String,
    size: u64,
    frontier: Vec<u8>,
    /// The largest checkpoint in the table, if any.
    signed: Option<(u64, String)>,
}

impl State {
    async fn read(conn: &mut PgConnection) -> Result<Self, SignError> {
        let row = sqlx::query(include_str!("sql/state.sql")).fetch_one(conn).await?;
        let signed: Option<i64> = row.try_get("signed_size")?;
        let note: Option<String> = row.try_get("signed_note")?;
        Ok(Self {
            origin: row.try_get("origin")?,
            size: row.try_get::<i64, _>("tree_size")?.unsigned_abs(),
            frontier: row.try_get("frontier")?,
            signed: signed.map(i64::unsigned_abs).zip(note),
        })
    }
}

/// See the module.
#[derive(Debug)]
pub(super) struct Signing {
    folder: Folder,
    origin: String,
    key: SignerKey,
    policy: Policy,
    file: Appending,
    /// The tree that was signed last.
    edge: Edge,
    /// What was signed last, while witnesses have not.
    unwitnessed: Option<Signed>,
    witnesses: Option<Witnesses>,
}

impl Signing {
    /// Takes the files in hand, and makes sure that the database's log continues what they hold.
    pub(super) async fn open(folder: &Folder, conn: &mut PgConnection) -> Result<Self, SignError> {
        let state = State::read(conn).await?;
        let (key, policy) = keys::open(folder, &state.origin)?;
        let (file, last) = Appending::open(&folder.checkpoints(), &policy)?;
        let origin = state.origin.clone();
        let mut signing = Self {
            folder: folder.clone(),
            origin,
            key,
            policy,
            file,
            edge: Edge::default(),
            unwitnessed: None,
            witnesses: None,
        };
        if let Some(last) = &last {
            signing.resume(&last.checkpoint, &state, conn).await?;
        }
        signing.meet_table(last.as_ref(), &state, conn).await?;
        Ok(signing)
    }

    /// Has the witnesses asked, through this.
    pub(super) fn asking(mut self, carrier: Arc<dyn Carrier>) -> Self {
        self.witnesses = Some(Witnesses::new(carrier, self.folder.log()));
        self
    }

    /// Whether witnesses are being asked.
    pub(super) fn is_asking(&self) -> bool {
        self.witnesses.as_ref().is_some_and(Witnesses::is_asking)
    }

    /// How many events are signed.
    pub(super) fn size(&self) -> i64 {
        i64::try_from(self.edge.size()).unwrap_or(i64::MAX)
    }

    /// Signs what is new, and publishes what witnesses have signed by now; the size that was signed, or
    /// none if nothing is.
    pub(super) async fn step(&mut self, conn: &mut PgConnection) -> Result<Option<u64>, SignError> {
        let signed = self.sign(conn).await?;
        self.witness(conn).await?;
        Ok(signed)
    }

    async fn sign(&mut self, conn: &mut PgConnection) -> Result<Option<u64>, SignError> {
        let state = State::read(conn).await?;
        let signed = self.edge.size();
        if state.size < signed {
            return Err(SignError::Rollback { from: signed, to: state.size });
        }
        if state.size == signed {
            self.same(&self.edge, &state)?;
            return Ok(None);
        }
        let edge = self.grown(state.size, conn).await?;
        // The tree is our own, continued; now the database's has to be the same.
        self.same(&edge, &state)?;
        let Some(root) = edge.root() else { return Ok(None) };
        if let Some(next) = keys::follow(&self.folder, edge.size())? {
            let (key, policy) = keys::open(&self.folder, &self.origin)?;
            tracing::info!(key = %next.public().id(), from = edge.size(), "another key signs the log");
            (self.key, self.policy) = (key, policy);
        }
        let checkpoint = Checkpoint::new(&self.origin, edge.size(), root);
        let mut note = Note::new(&checkpoint.to_string())?;
        note.sign(&self.key, 0);
        // A key that readers would not believe signs nothing.
        if self.policy.signed_by_log(&note).is_err() {
            return Err(SignError::Unlisted(self.folder.key()));
        }
        self.write_tiles(edge.partial()).await?;
        self.file.append(&note)?;
        self.edge = edge;
        self.tell(Signed { checkpoint, note }, conn).await?;
        Ok(Some(self.edge.size()))
    }

    /// What the witnesses have answered is published; then they are asked for what is not.
    async fn witness(&mut self, conn: &mut PgConnection) -> Result<(), SignError> {
        let Some(witnesses) = &mut self.witnesses else { return Ok(()) };
        let answered = witnesses.answered(&self.policy);
        if let Some(unwitnessed) = &self.unwitnessed {
            let size = unwitnessed.checkpoint.size;
            if answered.as_ref().is_some_and(|signed| signed.checkpoint.size == size) {
                self.unwitnessed = None;
            } else {
                witnesses.ask(&self.policy, unwitnessed);
            }
        }
        match answered {
            Some(signed) => self.publish(&signed, conn).await,
            None => Ok(()),
        }
    }

    /// Publishes what the policy is satisfied with; the rest waits for witnesses.
    async fn tell(&mut self, signed: Signed, conn: &mut PgConnection) -> Result<(), SignError> {
        if self.policy.wants_witnesses() && self.policy.accept(&signed.note).is_err() {
            self.unwitnessed = Some(signed);
            return Ok(());
        }
        self.publish(&signed, conn).await
    }

    /// The tree that was signed last, out of its tiles; if these are not there, out of the database,
    /// which then has to have the same root.
    async fn resume(
        &mut self,
        last: &Checkpoint,
        state: &State,
        conn: &mut PgConnection,
    ) -> Result<(), SignError> {
        if last.origin != state.origin {
            let (file, database) = (last.origin.clone(), state.origin.clone());
            return Err(SignError::OtherLog { file, database });
        }
        if state.size < last.size {
            return Err(SignError::Rollback { from: last.size, to: state.size });
        }
        let is_signed = |edge: &Edge| edge.root() == Some(last.root);
        self.edge = match Edge::read(self.folder.log(), last.size).filter(is_signed) {
            Some(edge) => edge,
            None => {
                let edge = self.grown(last.size, conn).await?;
                if !is_signed(&edge) {
                    return Err(SignError::Inconsistent(last.size));
                }
                self.write_tiles(edge.partial()).await?;
                edge
            }
        };
        Ok(())
    }

    /// What another process has signed meanwhile is taken over, once it has proved to continue what
    /// we know; what was lost between file and table is written again.
    async fn meet_table(
        &mut self,
        last: Option<&Signed>,
        state: &State,
        conn: &mut PgConnection,
    ) -> Result<(), SignError> {
        if let Some((size, note)) = &state.signed
            && *size > self.edge.size()
        {
            let signed = Signed::of(note.as_bytes(), &self.policy)?;
            if last.is_none() {
                tracing::warn!(size, "there was no checkpoint file; it begins with the database's");
            }
            if signed.checkpoint.size != *size || state.size < *size {
                return Err(SignError::Rollback { from: *size, to: state.size });
            }
            let edge = self.grown(*size, conn).await?;
            if edge.root() != Some(signed.checkpoint.root) {
                return Err(SignError::Inconsistent(*size));
            }
            self.write_tiles(edge.partial()).await?;
            self.file.append(&signed.note)?;
            self.edge = edge;
            return self.tell(signed, conn).await;
        }
        match last {
            Some(last) => self.tell(last.clone(), conn).await,
            None => Ok(()),
        }
    }

    /// Our tree, continued by the leaves of the database; its whole tiles are written.
    async fn grown(&self, size: u64, conn: &mut PgConnection) -> Result<Edge, SignError> {
        let mut edge = self.edge.clone();
        while edge.size() < size {
            let mut whole = Vec::new();
            for leaf in leaves(conn, edge.size(), size).await? {
                edge.push(leaf, &mut whole);
            }
            self.write_tiles(whole).await?;
        }
        Ok(edge)
    }

    /// Whether the database's tree of this size is this one.
    fn same(&self, edge: &Edge, state: &State) -> Result<(), SignError> {
        if edge.frontier().concat() == state.frontier {
            return Ok(());
        }
        Err(SignError::Inconsistent(edge.size()))
    }

    /// In the background: files are flushed.
    async fn write_tiles(&self, tiles: Vec<Written>) -> Result<(), SignError> {
        let log = self.folder.log().to_owned();
        let write = move || {
            let path = |tile: &Tile| log.join(tile.to_string());
            let files: Vec<_> =
                tiles.iter().map(|(tile, bytes)| (path(tile), bytes.as_slice())).collect();
            replace_all(&files).map_err(|(path, error)| SignError::file(&path)(error))?;
            for (tile, _) in tiles.iter().filter(|(tile, _)| tile.is_whole()) {
                // Whoever wanted its beginnings finds all of it. At worst they stay.
                let mut partial = path(tile).into_os_string();
                partial.push(".p");
                let _ = std::fs::remove_dir_all(partial);
            }
            Ok(())
        };
        let written = tokio::task::spawn_blocking(write).await;
        written.unwrap_or_else(|failed| std::panic::resume_unwind(failed.into_panic()))
    }

    /// What the file holds is told in the table, and to whoever fetches it.
    async fn publish(&self, signed: &Signed, conn: &mut PgConnection) -> Result<(), SignError> {
        let Signed { checkpoint, note } = signed;
        #[expect(clippy::cast_precision_loss, reason = "a gauge needs no more than 52 bits")]
        metrics::gauge!("journal_published_size").set(checkpoint.size as f64);
        let note = note.to_string();
        sqlx::query(include_str!("sql/write_checkpoint.sql"))
            .bind(i64::try_from(checkpoint.size).unwrap_or(i64::MAX))
            .bind(checkpoint.root.as_slice())
            .bind(&note)
            .execute(conn)
            .await?;
        let path = self.folder.checkpoint();
        replace(&path, note.as_bytes(), 0o644).map_err(SignError::file(&path))
    }
}

/// See [`super::check`]: the last checkpoint of the file against the database's log.
pub(super) async fn check(folder: &Folder, conn: &mut PgConnection) -> Result<(), SignError> {
    let Some(policy) = keys::policy(folder)? else { return Ok(()) };
    let path = folder.checkpoints();
    if !path.exists() {
        return Ok(());
    }
    let state = State::read(conn).await?;
    let Some(last) = Checkpoints::open(&path)?.last(&policy)? else { return Ok(()) };
    let last = last.checkpoint;
    if last.origin != state.origin {
        return Err(SignError::OtherLog { file: last.origin, database: state.origin });
    }
    if state.size < last.size {
        return Err(SignError::Rollback { from: last.size, to: state.size });
    }
    let edge = Edge::read(folder.log(), last.size);
    let Some(edge) = edge.filter(|edge| edge.root() == Some(last.root)) else { return Ok(()) };
    let untouched = state.size > last.size || edge.frontier().concat() == state.frontier;
    if untouched { Ok(()) } else { Err(SignError::Inconsistent(last.size)) }
}

/// What was signed last, as far as this machine and the database know; witnesses or not. Of the database
/// only a note counts that the log has signed: who owns it writes what they like.
pub(crate) async fn signed_last(
    folder: &Folder,
    policy: &Policy,
    conn: &mut PgConnection,
) -> Result<Option<Checkpoint>, SignError> {
    let newest = sqlx::query(include_str!("sql/published.sql")).bind(None::<i64>).bind(1i64);
    let row = newest.fetch_optional(conn).await?;
    let note = row.map(|row| row.try_get::<String, _>("note")).transpose()?;
    let published = note.and_then(|note| Signed::of(note.as_bytes(), policy).ok());
    let path = folder.checkpoints();
    let last = if path.exists() { Checkpoints::open(&path)?.last(policy)? } else { None };
    let known = [last, published].into_iter().flatten().map(|signed| signed.checkpoint);
    Ok(known.max_by_key(|checkpoint| checkpoint.size))
}
