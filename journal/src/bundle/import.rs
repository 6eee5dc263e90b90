//! Into an empty journal: the same events under the same numbers, so the same tree and the same root.
//! All in one transaction; whoever is killed leaves an empty journal.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::{Connection, PgConnection, Row};

use super::choice::Chosen;
use super::claims::Claim;
use super::error::BundleError;
use super::files::{Reading, checkpoints, digest};
use super::line::Line;
use super::verify::Verified;
use super::{CHECKPOINTS, CLAIMS, EVENTS, PAGE};
use crate::leaf::{Entry, Hash};
use crate::merkle::Frontier;
use crate::sequencer;
use crate::signer::Folder;
use crate::signer::files::{replace, sync};

/// What is said when a file is another one than a moment ago.
const MOVED: &str = "it changed while it was read";

/// Brings a verified bundle in. The connection's login has to own the journal; `progress` hears how
/// many events are done, of how many. What was signed is put into the signer's folder, with the policy
/// that the bundle was verified with.
///
/// # Errors
/// It is a part, the journal is not empty, a server runs on it, the folder has another log's files.
pub async fn import(
    conn: &mut PgConnection,
    bundle: &Verified,
    signed: &Folder,
    mut progress: impl FnMut(i64, i64),
) -> Result<(), BundleError> {
    let (Chosen::All, Some((last, _))) = (&bundle.manifest.chosen, bundle.folders.last()) else {
        return Err(BundleError::Refused(
            "a part of the history cannot be brought in, only all of it",
        ));
    };
    let mut transaction = conn.begin().await?;
    empty(&mut transaction).await?;
    let frontier = events(&mut transaction, bundle, &mut progress).await?;
    if frontier.root() != bundle.root {
        return Err(BundleError::changed(EVENTS, MOVED));
    }
    claims(&mut transaction, last).await?;
    let size = bundle.manifest.size;
    sqlx::query(include_str!("sql/put_head.sql"))
        .bind(&bundle.manifest.origin)
        .bind(size)
        .bind(frontier.to_bytes())
        .execute(&mut *transaction)
        .await?;
    sqlx::query(include_str!("../signer/sql/write_checkpoint.sql"))
        .bind(size)
        .bind(bundle.root.as_slice())
        .bind(bundle.note.to_string())
        .execute(&mut *transaction)
        .await?;
    if let Some(number) = bundle.manifest.ticket_number {
        let set = sqlx::query(include_str!("sql/put_ticket_number.sql")).bind(number);
        set.execute(&mut *transaction).await?;
    }
    // Before the history is there: files alone do no harm, and are found again.
    put_signed(bundle, signed)?;
    Ok(transaction.commit().await?)
}

/// Nobody else writes, and nothing was written yet.
async fn empty(conn: &mut PgConnection) -> Result<(), BundleError> {
    sqlx::query(include_str!("sql/as_owner.sql")).execute(&mut *conn).await?;
    let lock = sqlx::query(include_str!("sql/take_lock.sql")).bind(sequencer::LOCK);
    if !lock.fetch_one(&mut *conn).await?.try_get::<bool, _>("taken")? {
        return Err(BundleError::Refused("a server runs on this database; stop it first"));
    }
    let row = sqlx::query(include_str!("sql/is_empty.sql")).fetch_one(conn).await?;
    if row.try_get::<bool, _>("empty")? {
        return Ok(());
    }
    Err(BundleError::Refused("the journal is not empty; bring the bundle into a new deployment"))
}

/// Every event under its number.
async fn events(
    conn: &mut PgConnection,
    bundle: &Verified,
    progress: &mut impl FnMut(i64, i64),
) -> Result<Frontier, BundleError> {
    let size = bundle.manifest.size;
    let moved = || BundleError::changed(EVENTS, MOVED);
    let mut folders = bundle.folders.iter();
    let (mut file, mut left) = (None, 0);
    let (mut bytes, mut again) = (Vec::new(), Vec::new());
    let (mut frontier, mut rows) = (Frontier::default(), Rows::default());
    for number in 1..=size {
        if left == 0 {
            let (folder, events) = folders.next().ok_or_else(moved)?;
            (file, left) = (Some(Reading::open(folder, EVENTS)?), *events);
        }
        left -= 1;
        let file = file.as_mut().ok_or_else(moved)?;
        if !file.line(&mut bytes)? {
            return Err(moved());
        }
        let line = Line::parse(&bytes, &mut again).ok_or_else(moved)?;
        let salt = line.salt().ok_or_else(moved)?;
        let event = line.event(&salt).ok_or_else(moved)?;
        let leaf = Entry::of(&bundle.manifest.origin, &event).leaf();
        frontier.push(leaf);
        rows.numbers.push(number);
        rows.types.push(event.aggregate_type.to_owned());
        rows.ids.push(event.aggregate_id.to_owned());
        rows.sequences.push(event.sequence);
        rows.kinds.push(event.event_type.to_owned());
        rows.versions.push(event.event_version.to_owned());
        rows.payloads.push(event.payload.to_owned());
        rows.metadata.push(event.metadata.to_owned());
        rows.recorded.push(event.recorded_at);
        rows.salts.push(salt.to_vec());
        rows.leaves.push(leaf.to_vec());
        if number % PAGE == 0 || number == size {
            std::mem::take(&mut rows).write(conn).await?;
            progress(number, size);
        }
    }
    Ok(frontier)
}

/// A page of columns.
#[derive(Debug, Default)]
struct Rows {
    numbers: Vec<i64>,
    types: Vec<String>,
    ids: Vec<String>,
    sequences: Vec<i64>,
    kinds: Vec<String>,
    versions: Vec<String>,
    payloads: Vec<String>,
    metadata: Vec<String>,
    recorded: Vec<DateTime<Utc>>,
    salts: Vec<Vec<u8>>,
    leaves: Vec<Vec<u8>>,
}

impl Rows {
    async fn write(self, conn: &mut PgConnection) -> Result<(), BundleError> {
        sqlx::query(include_str!("sql/put_events.sql"))
            .bind(&self.types)
            .bind(&self.ids)
            .bind(&self.sequences)
            .bind(&self.kinds)
            .bind(&self.versions)
            .bind(&self.payloads)
            .bind(&self.metadata)
            .bind(&self.recorded)
            .bind(&self.salts)
            .execute(&mut *conn)
            .await?;
        sqlx::query(include_str!("sql/put_log.sql"))
            .bind(&self.numbers)
            .bind(&self.types)
            .bind(&self.ids)
            .bind(&self.sequences)
            .bind(&self.kinds)
            .bind(&self.recorded)
            .bind(&self.leaves)
            .execute(conn)
            .await?;
        Ok(())
    }
}

/// What streams hold.
async fn claims(conn: &mut PgConnection, folder: &Path) -> Result<(), BundleError> {
    let mut file = Reading::open(folder, CLAIMS)?;
    let mut bytes = Vec::new();
    let mut columns: [Vec<String>; 4] = Default::default();
    let mut more = true;
    while more {
        more = file.line(&mut bytes)?;
        if more {
            let claim = Claim::parse(&bytes).ok_or(BundleError::changed(CLAIMS, MOVED))?;
            let values = [claim.scope, claim.key, claim.aggregate_type, claim.aggregate_id];
            columns.iter_mut().zip(values).for_each(|(column, value)| column.push(value.into()));
        }
        let full = columns[0].len() as i64 >= PAGE;
        if full || (!more && !columns[0].is_empty()) {
            let mut query = sqlx::query(include_str!("sql/put_claims.sql"));
            for column in std::mem::take(&mut columns) {
                query = query.bind(column);
            }
            query.execute(&mut *conn).await?;
        }
    }
    Ok(())
}

/// The checkpoints and the policy, so that the history is compared with them from now on.
fn put_signed(bundle: &Verified, signed: &Folder) -> Result<(), BundleError> {
    let policy = signed.policy();
    let text = bundle.policy.text();
    if is_new(&Sha256::digest(text).into(), &policy)? {
        replace(&policy, text, 0o644).map_err(BundleError::file(&policy))?;
    }
    let to = signed.checkpoints();
    let draft = to.with_extension("draft");
    fs::create_dir_all(signed.log()).map_err(BundleError::file(signed.log()))?;
    collect(&bundle.folders, &draft)?;
    let is_new = is_new(&digest(&draft, CHECKPOINTS)?, &to)?;
    let placed = if is_new { fs::rename(&draft, &to) } else { fs::remove_file(&draft) };
    placed.and_then(|()| sync(signed.log())).map_err(BundleError::file(&to))
}

/// The checkpoints of all folders in one file. Each folder begins with the one that the folder before ends
/// with.
fn collect(folders: &[(PathBuf, i64)], draft: &Path) -> Result<(), BundleError> {
    let mut file = File::create(draft).map_err(BundleError::file(draft))?;
    for (nr, (folder, _)) in folders.iter().enumerate() {
        let mut notes = checkpoints(folder).map_err(BundleError::Input)?;
        let mut is_known = nr > 0;
        while let Some(note) = notes.next_note().map_err(BundleError::Input)? {
            if !std::mem::take(&mut is_known) {
                let put = file.write_all(&note).and_then(|()| file.write_all(b"\n"));
                put.map_err(BundleError::file(draft))?;
            }
        }
    }
    file.sync_all().map_err(BundleError::file(draft))
}

/// Whether the file of this digest is not there yet; refuses another one in its place.
fn is_new(from: &Hash, to: &Path) -> Result<bool, BundleError> {
    if !to.exists() {
        return Ok(true);
    }
    if digest(to, &to.display().to_string())? == *from {
        Ok(false)
    } else {
        Err(BundleError::Refused(
            "the data folder has what another log signed; move its folder log away",
        ))
    }
}
