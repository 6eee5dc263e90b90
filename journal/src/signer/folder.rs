//! Where the signer's files lie, beside the database and never in it. In the same folder `log/` stand
//! `receipts`, of what is not signed yet, and `erasures`, which is not for others to read.

use std::path::{Path, PathBuf};

/// A deployment's data folder, as the signer sees it.
///
/// | Path | What it is |
/// |---|---|
/// | `log.key` | the key that signs, 0600; `log.key.next` is its successor until it has taken over |
/// | `log/policy` | the keys to trust, and from which size on |
/// | `log/checkpoints` | every checkpoint that was signed, one behind the other |
/// | `log/checkpoint`, `log/tile/` | the newest one that enough witnesses have signed, and the tree: to be served as static files |
#[derive(Debug, Clone)]
pub struct Folder {
    data_dir: PathBuf,
    log: PathBuf,
}

impl Folder {
    /// Of this data folder.
    pub fn of(data_dir: &Path) -> Self {
        Self { data_dir: data_dir.to_owned(), log: data_dir.join("log") }
    }

    /// The folder of all this but the key. Not all of it may be published: see the module.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Every checkpoint.
    pub fn checkpoints(&self) -> PathBuf {
        self.log.join("checkpoints")
    }

    /// Whom to trust.
    pub fn policy(&self) -> PathBuf {
        self.log.join("policy")
    }

    /// The newest checkpoint that the policy is satisfied with.
    pub fn checkpoint(&self) -> PathBuf {
        self.log.join("checkpoint")
    }

    pub(super) fn key(&self) -> PathBuf {
        self.data_dir.join("log.key")
    }

    pub(super) fn next_key(&self) -> PathBuf {
        self.data_dir.join("log.key.next")
    }
}
