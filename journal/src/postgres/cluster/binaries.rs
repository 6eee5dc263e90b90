//! Finding `initdb` and `postgres` on this machine. Nothing is downloaded.

#![expect(clippy::disallowed_methods, reason = "programs are searched where the environment says")]

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::error::ClusterError;
use super::owner::Owner;

/// Oldest usable major version: cloning by `file_copy` and what the journal uses begin there.
const OLDEST: u32 = 15;

/// Folders to look into after the environment, `pg_config` and `PATH`; `*` is any one name.
const WELL_KNOWN: &[&str] = &[
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/bin",
    "/usr/libexec/postgresql*",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
];

/// A folder with working server binaries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub folder: PathBuf,
    pub major: u32,
}

impl Binaries {
    pub(super) fn initdb(&self) -> PathBuf {
        self.folder.join("initdb")
    }

    pub(super) fn postgres(&self) -> PathBuf {
        self.folder.join("postgres")
    }

    /// The newest usable binaries, or exactly those of the version that made `data`.
    pub(super) fn find(data: &Path, owner: &Owner) -> Result<Binaries, ClusterError> {
        let found = match env::var_os("ANNALS_PG_BIN").filter(|folder| !folder.is_empty()) {
            Some(folder) => {
                let folder = PathBuf::from(folder);
                let found = inspect(vec![folder.clone()], owner);
                if found.iter().all(|binaries| binaries.major < OLDEST) {
                    return Err(ClusterError::BadBinFolder { folder });
                }
                found
            }
            None => inspect(candidates(), owner),
        };
        choose(found, data)
    }
}

/// Picks among what was found.
pub(super) fn choose(found: Vec<Binaries>, data: &Path) -> Result<Binaries, ClusterError> {
    let made_by = made_by(data);
    let fitting = |binaries: &Binaries| match made_by {
        Some(major) => binaries.major == major,
        None => binaries.major >= OLDEST,
    };
    let majors: BTreeSet<u32> = found.iter().map(|binaries| binaries.major).collect();
    // The first of equals wins: the order of the candidates is the order of preference.
    let newest = found.into_iter().filter(fitting).rev().max_by_key(|binaries| binaries.major);
    if let Some(binaries) = newest {
        return Ok(binaries);
    }
    Err(match made_by {
        Some(made_by) if !majors.is_empty() => ClusterError::OtherVersion {
            data: data.to_path_buf(),
            made_by,
            found: majors.iter().map(u32::to_string).collect::<Vec<_>>().join(", "),
            install: install_hint(Some(made_by)),
        },
        made_by => ClusterError::NoBinaries { install: install_hint(made_by) },
    })
}

/// The major version that made a data folder.
pub(super) fn made_by(data: &Path) -> Option<u32> {
    leading_number(&fs::read_to_string(data.join("PG_VERSION")).ok()?)
}

/// Keeps the folders that have both programs and whose `postgres` runs as `owner`.
pub(super) fn inspect(folders: Vec<PathBuf>, owner: &Owner) -> Vec<Binaries> {
    let mut seen = BTreeSet::new();
    folders
        .into_iter()
        .filter(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .filter(|folder| seen.insert(folder.clone()))
        .filter_map(|folder| {
            let major = major_of(&folder.join("postgres"), owner)?;
            Some(Binaries { folder, major })
        })
        .collect()
}

fn major_of(postgres: &Path, owner: &Owner) -> Option<u32> {
    let output = owner.command(postgres).arg("--version").stderr(Stdio::null()).output().ok()?;
    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", "… 19beta1"
    let text = String::from_utf8(output.stdout).ok()?;
    leading_number(text.split_whitespace().nth(2)?)
}

fn leading_number(text: &str) -> Option<u32> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text[..end].parse().ok()
}

/// Folders in order of preference, links resolved.
fn candidates() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    folders.extend(pg_config_folder());
    if let Some(path) = env::var_os("PATH") {
        for folder in env::split_paths(&path).filter(|folder| folder.is_absolute()) {
            // Programs in PATH are often links into the folder that has all of them.
            let target = folder.join("postgres").canonicalize().ok();
            folders.extend(target.and_then(|target| target.parent().map(Path::to_path_buf)));
        }
    }
    folders.extend(WELL_KNOWN.iter().flat_map(|pattern| expand(pattern)));
    folders.into_iter().filter_map(|folder| folder.canonicalize().ok()).collect()
}

fn pg_config_folder() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").stderr(Stdio::null()).output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

/// Folders that match a pattern with at most one `*`.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else {
        return vec![PathBuf::from(pattern)];
    };
    let (parent, prefix) = before.rsplit_once('/').unwrap_or(("", before));
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_str().is_some_and(|name| name.starts_with(prefix)))
        .map(|entry| entry.path().join(after.trim_start_matches('/')))
        .collect()
}

/// What to type to get the server, by the package manager of this machine.
fn install_hint(major: Option<u32>) -> String {
    let version = major.map(|major| format!("-{major}")).unwrap_or_default();
    let newest = major.unwrap_or(17);
    let known: [(&str, String); 5] = [
        ("apt-get", format!("apt-get install --no-install-recommends postgresql{version}")),
        ("dnf", "dnf install postgresql-server".to_owned()),
        ("apk", format!("apk add postgresql{}", version.trim_start_matches('-'))),
        ("pacman", "pacman -S postgresql".to_owned()),
        ("brew", format!("brew install postgresql@{newest}")),
    ];
    match known.into_iter().find(|(program, _)| in_path(program)) {
        Some((_, command)) => format!("install them with: {command}"),
        None => "install the server package of PostgreSQL, or name its folder in ANNALS_PG_BIN"
            .to_owned(),
    }
}

fn in_path(program: &str) -> bool {
    let path = env::var_os("PATH");
    let path = path.as_deref().unwrap_or(OsStr::new("/usr/bin:/bin"));
    env::split_paths(path).any(|folder| folder.join(program).is_file())
}
