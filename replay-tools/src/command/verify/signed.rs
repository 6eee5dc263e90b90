//! What was signed, out of files: the data folder's, or those that somebody brings along.

use std::fs;
use std::path::Path;

use journal::signer::Checkpoints;
use journal::tlog::policy::Policy;
use journal::verify::Marks;
use sqlx::PgConnection;
use sqlx::Row;

use crate::cli::Verify;
use crate::failure::Failure;
use crate::open::Opened;

/// Nobody keeps larger ones.
const LARGEST: u64 = 1 << 20;

/// What the history has to continue. Read before the snapshot that it is compared with: what a server
/// signs meanwhile is not in that.
pub(super) fn marks(opened: &Opened, ask: &Verify) -> Result<Option<Marks>, Failure> {
    let path = ask.checkpoints.clone().unwrap_or_else(|| opened.signed.checkpoints());
    let file = match ask.checkpoints.is_some() || path.exists() {
        true => Some(Checkpoints::open(&path)?),
        false => None,
    };
    let since = ask.since.as_deref().map(read).transpose()?;
    if file.is_none() && since.is_none() {
        return Ok(None);
    }
    let trusted = ask.policy.clone().unwrap_or_else(|| opened.signed.policy());
    let marks = Marks::new(policy(&trusted)?, file, since.as_deref())?;
    // What witnesses have signed lies beside the file.
    let published = path.with_file_name("checkpoint");
    let marks = match marks.wants_witnesses() && published.exists() {
        true => marks.and(&read(&published)?)?,
        false => marks,
    };
    if marks.lack_witnesses() {
        let lack = "the policy wants witnesses, and no checkpoint is there that they have signed";
        return Err(Failure::Incomplete(lack.to_owned()));
    }
    Ok(Some(marks))
}

/// Without any file the history can only be compared with itself. That is all there is before the
/// first checkpoint; afterwards it is not enough.
pub(super) async fn nothing_is_missing(conn: &mut PgConnection) -> Result<(), Failure> {
    let row = sqlx::query(include_str!("sql/signed.sql")).fetch_one(conn).await?;
    match row.try_get::<Option<i64>, _>("size")? {
        None => Ok(()),
        Some(size) => Err(Failure::Incomplete(format!(
            "{size} events were signed, and there is no checkpoint file to compare with; \
             bring a copy with --checkpoints, or a checkpoint with --since"
        ))),
    }
}

/// A policy that somebody trusts.
pub(super) fn policy(path: &Path) -> Result<Policy, Failure> {
    Policy::parse(&read(path)?)
        .map_err(|fault| Failure::BadInput(format!("{}: {fault}", path.display())))
}

pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let fault =
        |error: std::io::Error| Failure::BadInput(format!("{}: {}", path.display(), error.kind()));
    if fs::metadata(path).map_err(fault)?.len() > LARGEST {
        return Err(Failure::BadInput(format!("{} is too large", path.display())));
    }
    fs::read(path).map_err(fault)
}
