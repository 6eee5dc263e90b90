//! Which folder holds what: the home that the user named, and where PostgreSQL can really live.
//!
//! They are the same but for two cases: as root, when PostgreSQL's user cannot reach the home, and
//! when the socket path would be too long. An existing data folder is never moved away from.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::ClusterError;
use super::owner::{Owner, is_root};

/// Limit of a socket path on the strictest system we know (macOS), without the closing zero.
const SOCKET_PATH_LIMIT: usize = 103;
/// Name of the file that says that the data beside it are whole, and what for.
pub(super) const MARKER: &str = "ANNALS_CLUSTER";
const SOCKET_NAME: &str = ".s.PGSQL.5432";

/// The folder that the user named: made, absolute, links resolved. Holds the locks and the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Home(PathBuf);

impl Home {
    /// Makes the folder when it is missing (passable for PostgreSQL's user when root makes it).
    pub(super) fn open(folder: &Path) -> Result<Home, ClusterError> {
        if !folder.exists() {
            let mode = if is_root() { 0o711 } else { 0o700 };
            if let Some(parent) = folder.parent() {
                fs::create_dir_all(parent).map_err(ClusterError::unwritable(parent))?;
            }
            match DirBuilder::new().mode(mode).create(folder) {
                Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                    return Err(ClusterError::unwritable(folder)(error));
                }
                _ => {}
            }
        }
        let path = folder.canonicalize().map_err(ClusterError::unwritable(folder))?;
        Ok(Home(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn secret(&self) -> PathBuf {
        self.0.join("secret")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.0.join("postgres.log")
    }

    /// Where the data are when they are not here.
    pub(super) fn pointer(&self) -> PathBuf {
        self.0.join("postgres-is-at")
    }

    /// The folder named by the pointer file.
    pub(super) fn redirected_to(&self) -> Option<PathBuf> {
        let mut bytes = fs::read(self.pointer()).ok()?;
        bytes.truncate(bytes.trim_ascii_end().len());
        Some(PathBuf::from(std::ffi::OsString::from_vec(bytes)))
    }

    /// Opens one of our files for reading and writing, 0600. When root makes it in a user's folder
    /// it becomes that user's, who would otherwise be locked out by one run as root.
    pub(super) fn open_file(&self, name: &str) -> Result<File, ClusterError> {
        let path = self.0.join(name);
        let fresh = !path.exists();
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(ClusterError::unwritable(&self.0))?;
        if fresh && is_root() {
            let owner = fs::metadata(&self.0).map_err(ClusterError::io("reading", &self.0))?;
            chown(&path, Some(owner.uid()), Some(owner.gid()))
                .map_err(ClusterError::io("giving away", &path))?;
        }
        Ok(file)
    }

    /// Opens the log for appending.
    pub(super) fn open_log(&self) -> Result<File, ClusterError> {
        // Made first, so that it belongs to the right user.
        self.open_file("postgres.log")?;
        let path = self.log();
        OpenOptions::new().append(true).open(&path).map_err(ClusterError::io("opening", &path))
    }

    /// Short name that is the same for the same path, for folders outside of the home.
    fn hash(&self) -> String {
        let digest = Sha256::digest(self.0.as_os_str().as_bytes());
        crate::hex::hex(&digest[..8])
    }
}

/// Where to go when the home cannot be used. A parameter so that tests can say it.
#[derive(Debug, Clone)]
pub(super) struct Fallback {
    /// As root: for everything.
    pub root: PathBuf,
    /// As an ordinary user: for sockets only.
    pub temp: PathBuf,
}

impl Default for Fallback {
    fn default() -> Self {
        Fallback { root: PathBuf::from("/var/lib/annals"), temp: std::env::temp_dir() }
    }
}

/// Where one cluster lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Places {
    pub home: Home,
    /// Holds `data/` and the marker; the home, or the fallback.
    pub base: PathBuf,
    /// Holds the socket.
    pub run: PathBuf,
}

impl Places {
    pub(super) fn data(&self) -> PathBuf {
        self.base.join("data")
    }

    pub(super) fn marker(&self) -> PathBuf {
        self.base.join(MARKER)
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.run.join(SOCKET_NAME)
    }

    /// Decides where the cluster of `home` lives and who runs it.
    pub(super) fn settle(home: Home, fallback: &Fallback) -> Result<(Places, Owner), ClusterError> {
        let mut base = existing_base(&home)?;
        let data = base.join("data");
        let owner = if is_used(&data) {
            let owner = Owner::of_existing(&data)?;
            if !owner.reaches(&base) {
                return Err(ClusterError::Unreachable { data, user: owner.name().to_owned() });
            }
            owner
        } else {
            let owner = Owner::of_new()?;
            if !owner.reaches(&base) {
                base = redirect(&home, &fallback.root)?;
            }
            owner
        };
        let run = socket_folder(&home, &base, fallback)?;
        Ok((Places { home, base, run }, owner))
    }
}

/// Whether a data folder exists and something is in it.
pub(super) fn is_used(data: &Path) -> bool {
    fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some())
        // Somebody else's folder cannot be listed, which does not make it empty.
        || (data.exists() && fs::read_dir(data).is_err())
}

/// Where the data of `home` are, or would be if PostgreSQL's user can reach it.
pub(super) fn existing_base(home: &Home) -> Result<PathBuf, ClusterError> {
    if is_used(&home.path().join("data")) {
        return Ok(home.path().to_path_buf());
    }
    match home.redirected_to() {
        None => Ok(home.path().to_path_buf()),
        Some(base) if base.is_dir() => Ok(base),
        Some(base) => Err(ClusterError::Gone { witness: home.pointer(), data: base.join("data") }),
    }
}

/// Makes the fallback folder and the pointer to it.
fn redirect(home: &Home, root: &Path) -> Result<PathBuf, ClusterError> {
    let base = root.join(home.hash());
    make_passable(root)?;
    make_passable(&base)?;
    let mut bytes = base.as_os_str().as_bytes().to_vec();
    bytes.push(b'\n');
    let mut file = home.open_file("postgres-is-at")?;
    file.write_all(&bytes)
        .and_then(|()| file.sync_all())
        .map_err(ClusterError::io("writing", &home.pointer()))?;
    Ok(base)
}

fn make_passable(folder: &Path) -> Result<(), ClusterError> {
    match DirBuilder::new().mode(0o711).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            Err(ClusterError::unwritable(folder)(error))
        }
        _ => Ok(()),
    }
}

/// `base/run`, or a shorter folder when its socket path would be too long.
fn socket_folder(home: &Home, base: &Path, fallback: &Fallback) -> Result<PathBuf, ClusterError> {
    let run = base.join("run");
    if fits(&run) {
        return Ok(run);
    }
    let folder = if is_root() {
        make_passable(&fallback.root)?;
        let folder = fallback.root.join(home.hash());
        make_passable(&folder)?;
        folder.join("run")
    } else {
        let uid = rustix::process::geteuid().as_raw();
        let mine = fallback.temp.join(format!("annals-{uid}"));
        make_private(&mine, uid)?;
        mine.join(home.hash())
    };
    if fits(&folder) { Ok(folder) } else { Err(ClusterError::SocketPath { folder }) }
}

fn fits(run: &Path) -> bool {
    run.join(SOCKET_NAME).as_os_str().len() <= SOCKET_PATH_LIMIT
}

/// A folder in a place where anybody may make folders: it has to be ours, and
/// nobody else may write into it.
pub(super) fn make_private(folder: &Path, uid: u32) -> Result<(), ClusterError> {
    // Root's is passable: PostgreSQL does not run as root.
    let mode = if uid == 0 { 0o711 } else { 0o700 };
    match DirBuilder::new().mode(mode).create(folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(ClusterError::unwritable(folder)(error));
        }
        _ => {}
    }
    let found = fs::symlink_metadata(folder).map_err(ClusterError::io("reading", folder))?;
    if found.is_dir() && found.uid() == uid && found.mode() & 0o022 == 0 {
        Ok(())
    } else {
        Err(ClusterError::Untrusted { folder: folder.to_path_buf() })
    }
}
