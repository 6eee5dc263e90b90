//! What can stand between a user and a running private PostgreSQL: one sentence each.

use std::io;
use std::path::{Path, PathBuf};

/// Why the private PostgreSQL could not be joined. Each text is one sentence for the person at the
/// keyboard and names what to do where there is something to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClusterError {
    /// Neither `initdb` nor `postgres` of a usable version is on this machine.
    #[error("no PostgreSQL server binaries (version 15 or newer) were found; {install}")]
    NoBinaries {
        /// What to install, by the package manager of this machine.
        install: String,
    },
    /// `ANNALS_PG_BIN` names a folder that cannot be used.
    #[error(
        "ANNALS_PG_BIN is {}, which has no working initdb and postgres of version 15 or newer",
        .folder.display()
    )]
    BadBinFolder {
        /// The folder as it was given.
        folder: PathBuf,
    },
    /// The data folder was made by a major version whose binaries are not here.
    #[error(
        "{} was made by PostgreSQL {made_by}, but only {found} was found; {install}",
        .data.display()
    )]
    OtherVersion {
        /// The data folder.
        data: PathBuf,
        /// Major version in `PG_VERSION`.
        made_by: u32,
        /// The major versions found, for reading.
        found: String,
        /// What to install.
        install: String,
    },
    /// The folder cannot be made or written by the calling user.
    #[error("the folder {} cannot be written: {source}", .folder.display())]
    Unwritable {
        /// The folder.
        folder: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// An existing data folder lies where the user who owns it cannot go. It is never left for
    /// a new, empty one.
    #[error(
        "the data folder {} cannot be reached by its owner, the system user {user}; \
         make the folders above it passable for that user (chmod o+x)",
        .data.display()
    )]
    Unreachable {
        /// The data folder.
        data: PathBuf,
        /// Name of the operating system's user.
        user: String,
    },
    /// The data folder belongs to somebody else.
    #[error("the data folder {} belongs to the system user {user}; run as that user", .data.display())]
    OtherOwner {
        /// The data folder.
        data: PathBuf,
        /// Name of the operating system's user.
        user: String,
    },
    /// Root owns the data folder, as whom PostgreSQL refuses to run.
    #[error(
        "the data folder {} belongs to root, as whom PostgreSQL does not run; \
         give it to the user who should own it (chown -R)",
        .data.display()
    )]
    OwnedByRoot {
        /// The data folder.
        data: PathBuf,
    },
    /// As root, and there is no user to run PostgreSQL as.
    #[error("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")]
    NoUser,
    /// A folder without our marker that holds databases of somebody else.
    #[error(
        "{} holds databases that Annals did not make; choose another folder, nothing was changed",
        .data.display()
    )]
    UnknownDatabases {
        /// The data folder.
        data: PathBuf,
    },
    /// The marker says that a cluster was made, but its data are not there.
    #[error(
        "{} says that a database was made here, but {} is gone; restore it, \
         or remove the first file to begin with an empty one",
        .witness.display(), .data.display()
    )]
    Gone {
        /// The marker or pointer file.
        witness: PathBuf,
        /// The missing data folder.
        data: PathBuf,
    },
    /// A test cluster (nothing is safe in it) asked to serve, or the other way round.
    #[error("{} was made for {made_for}; it is not used for {asked}", .data.display())]
    OtherPurpose {
        /// The data folder.
        data: PathBuf,
        /// The purpose in its marker.
        made_for: String,
        /// The purpose asked for now.
        asked: String,
    },
    /// The superuser's password file of an existing cluster is missing or empty.
    #[error("the file {} with the database password is missing; restore it", .secret.display())]
    NoSecret {
        /// Where it should be.
        secret: PathBuf,
    },
    /// Processes of an earlier PostgreSQL hold the data folder and do not end.
    #[error(
        "process {pid} of an earlier PostgreSQL still works on {} and does not end; stop it first",
        .data.display()
    )]
    Orphaned {
        /// Process id.
        pid: i32,
        /// The data folder.
        data: PathBuf,
    },
    /// Too little room to start without risk.
    #[error(
        "only {free_mb} MB are free at {}, PostgreSQL needs {needed_mb} MB",
        .folder.display()
    )]
    DiskFull {
        /// A folder on the full file system.
        folder: PathBuf,
        /// Megabytes (2^20 bytes) free.
        free_mb: u64,
        /// Megabytes needed.
        needed_mb: u64,
    },
    /// No folder gives a socket path that the operating system takes.
    #[error(
        "the socket folder {} gives a path longer than 103 bytes; set TMPDIR to a shorter folder",
        .folder.display()
    )]
    SocketPath {
        /// The best folder found.
        folder: PathBuf,
    },
    /// The fallback folder for sockets is somebody else's.
    #[error("the folder {} belongs to another user or is open to others", .folder.display())]
    Untrusted {
        /// The folder.
        folder: PathBuf,
    },
    /// `initdb` failed.
    #[error("initdb failed: {sentence}")]
    InitFailed {
        /// Its own last sentence.
        sentence: String,
    },
    /// `postgres` ended before it was ready.
    #[error("PostgreSQL did not start: {sentence} (see {})", .log.display())]
    StartFailed {
        /// Its own last sentence.
        sentence: String,
        /// Its log.
        log: PathBuf,
    },
    /// The keeper process could not be started.
    #[error("the keeper of PostgreSQL could not be started from {}: {source}", .program.display())]
    NoKeeper {
        /// The program.
        program: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The keeper gave up; the text is the keeper's own sentence, which is one of the above.
    #[error("{sentence}")]
    KeeperFailed {
        /// What the keeper said last.
        sentence: String,
    },
    /// Another file operation failed.
    #[error("{doing} {} failed: {source}", .path.display())]
    Io {
        /// What was being done, as in "reading".
        doing: &'static str,
        /// To which file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}

impl ClusterError {
    /// For `map_err`: an [`ClusterError::Io`] about `path`.
    pub(super) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> ClusterError {
        move |source| ClusterError::Io { doing, path: path.to_path_buf(), source }
    }

    /// For `map_err`: an [`ClusterError::Unwritable`] about `folder`.
    pub(super) fn unwritable(folder: &Path) -> impl FnOnce(io::Error) -> ClusterError {
        move |source| ClusterError::Unwritable { folder: folder.to_path_buf(), source }
    }
}
