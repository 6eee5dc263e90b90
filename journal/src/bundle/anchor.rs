//! What the proofs of a bundle end with: the newest checkpoint, and whom to trust.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::BundleError;
use crate::signer::{Checkpoints, SignError, Signed, files};
use crate::tlog::note::Note;
use crate::tlog::policy::{Policy, Refused};
use crate::tlog::tile::{Tile, Tiles};

/// The signer's files, as they are at one moment.
#[derive(Debug)]
pub struct Anchor {
    pub(super) policy_text: Vec<u8>,
    pub(super) policy: Policy,
    pub(super) checkpoints: PathBuf,
    log: PathBuf,
    pub(super) signed: Signed,
}

impl Anchor {
    /// Of these files, and of the folder with the tiles. Read it before the database: what a server
    /// signs meanwhile is not wanted.
    ///
    /// # Errors
    /// Nothing was signed, or nobody whom the policy trusts has.
    pub fn open(policy: &Path, checkpoints: &Path, log: &Path) -> Result<Self, BundleError> {
        let policy_text = fs::read(policy).map_err(absent(policy))?;
        let parsed = Policy::parse(&policy_text).map_err(|fault| {
            BundleError::Input(SignError::Policy { path: policy.to_owned(), fault })
        })?;
        fs::metadata(checkpoints).map_err(absent(checkpoints))?;
        let last = Checkpoints::open(checkpoints).and_then(|file| file.last(&parsed));
        let last = last.map_err(BundleError::Input)?;
        let signed = last.ok_or(BundleError::missing("the checkpoint file", "is empty"))?;
        let signed = match parsed.accept(&signed.note) {
            Ok(_) => signed,
            // Witnesses sign later, and not every one.
            Err(Refused::Quorum) => witnessed(&log.join("checkpoint"), &parsed)?,
            Err(fault) => return Err(BundleError::Input(fault.into())),
        };
        let (checkpoints, log) = (checkpoints.to_owned(), log.to_owned());
        Ok(Self { policy_text, policy: parsed, checkpoints, log, signed })
    }

    /// How many events are signed.
    pub fn size(&self) -> i64 {
        i64::try_from(self.signed.checkpoint.size).unwrap_or(i64::MAX)
    }

    /// The hashes of the signed tree. They are not believed: what they lead to is compared.
    pub(super) fn tiles(&self) -> Tiles<impl FnMut(Tile) -> Result<Vec<u8>, BundleError>> {
        Tiles::new(self.signed.checkpoint.size, |tile| self.tile(tile))
    }

    fn tile(&self, tile: Tile) -> Result<Vec<u8>, BundleError> {
        let path = self.log.join(tile.to_string());
        let bytes = files::tile(&self.log, tile);
        bytes.map_err(BundleError::read(&path, &path.display().to_string()))
    }
}

/// The newest checkpoint that enough witnesses have signed.
fn witnessed(path: &Path, policy: &Policy) -> Result<Signed, BundleError> {
    let bytes = fs::read(path).map_err(absent(path))?;
    let input = |fault: SignError| BundleError::Input(fault);
    let note = Note::parse(&bytes).map_err(|fault| input(fault.into()))?;
    let checkpoint = policy.accept(&note).map_err(|fault| input(fault.into()))?;
    Ok(Signed { checkpoint, note })
}

/// Before anything was signed there is nothing that a proof could lead to.
fn absent(path: &Path) -> impl FnOnce(std::io::Error) -> BundleError {
    move |error| match error.kind() {
        ErrorKind::NotFound => BundleError::missing(
            &path.display().to_string(),
            "is not there: nothing was signed yet, which a running server does by itself",
        ),
        kind => BundleError::File { path: path.to_owned(), kind },
    }
}
