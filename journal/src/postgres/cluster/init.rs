//! Making the data folder, and looking at one that is there: whole, half-made, somebody else's.

#![expect(clippy::disallowed_methods, reason = "a secret must be unguessable, never repeatable")]

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rand::Rng;

use super::binaries::Binaries;
use super::error::ClusterError;
use super::owner::{LOCALE, Owner};
use super::places::{MARKER, Places, is_used};
use super::process;
use super::settings::Purpose;

/// Room for WAL, a checkpoint and a new cluster; below it PostgreSQL may not even write its lock.
const NEEDED_MB: u64 = 200;
/// PostgreSQL numbers its own objects below this, so a database folder above it is a user's.
const FIRST_USER_OID: u32 = 16384;

/// Where, whose, with which binaries, for what: all that making or starting a cluster needs.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub places: Places,
    pub owner: Owner,
    pub binaries: Binaries,
    pub purpose: Purpose,
}

/// Leaves a data folder that can be started. Nothing may run in it, and its
/// purpose was checked. `tell` is given what a person
/// should know; no data is ever deleted but that of a test cluster.
pub(super) fn prepare(site: &Site, tell: &dyn Fn(&str)) -> Result<(), ClusterError> {
    let Site { places, purpose, .. } = site;
    let data = places.data();
    check_space(&places.base, free_bytes(&places.base)?)?;
    match (is_used(&data), places.marker().exists(), purpose) {
        (true, true, Purpose::Serve) => return have_folders(site),
        (false, true, Purpose::Serve) => {
            return Err(ClusterError::Gone { witness: places.marker(), data });
        }
        (_, true, Purpose::Test) => wipe(site)?,
        (true, false, _) => set_aside(site, tell)?,
        (false, false, _) => {}
    }
    have_folders(site)?;
    let secret = match purpose {
        Purpose::Serve => Some(make_secret(places)?),
        Purpose::Test => None,
    };
    initdb(site, secret.as_deref())?;
    write_marker(places, *purpose)
}

/// Refuses the cluster in `base` if it was made for something else.
pub(super) fn check_purpose(base: &Path, purpose: Purpose) -> Result<(), ClusterError> {
    let asked = purpose.to_string();
    match read_marker(&base.join(MARKER))? {
        Some(made_for) if made_for != asked => {
            Err(ClusterError::OtherPurpose { data: base.join("data"), made_for, asked })
        }
        _ => Ok(()),
    }
}

/// Removes the data of a test cluster; used before each cold start and after each end.
pub(super) fn wipe(site: &Site) -> Result<(), ClusterError> {
    let Site { places, owner, purpose, .. } = site;
    if *purpose != Purpose::Test || read_marker(&places.marker())?.as_deref() != Some("test") {
        return Ok(());
    }
    let data = places.data();
    process::clear(&data, owner)?;
    if data.exists() {
        fs::remove_dir_all(&data).map_err(ClusterError::io("removing", &data))?;
    }
    // Last, so that a wipe that was cut short is taken up again.
    fs::remove_file(places.marker()).map_err(ClusterError::io("removing", &places.marker()))
}

/// A data folder without our marker: ours and half-made, or somebody else's.
fn set_aside(site: &Site, tell: &dyn Fn(&str)) -> Result<(), ClusterError> {
    let data = site.places.data();
    if has_user_databases(&data)? {
        return Err(ClusterError::UnknownDatabases { data });
    }
    // What made it may still be at work, and would go on in the new folder.
    process::clear(&data, &site.owner)?;
    if site.purpose == Purpose::Test {
        return fs::remove_dir_all(&data).map_err(ClusterError::io("removing", &data));
    }
    let aside = free_name(&site.places.base);
    fs::rename(&data, &aside).map_err(ClusterError::io("renaming", &data))?;
    tell(&format!(
        "the database in {} was only half made; it was moved to {} and a new one is made",
        data.display(),
        aside.display()
    ));
    Ok(())
}

fn free_name(base: &Path) -> PathBuf {
    let mut number = std::process::id();
    loop {
        let name = base.join(format!("data.half-made-{number}"));
        if !name.exists() {
            return name;
        }
        number = number.wrapping_add(1);
    }
}

/// Whether there is more than the three databases that `initdb` makes.
pub(super) fn has_user_databases(data: &Path) -> Result<bool, ClusterError> {
    let is_users = |name: &str| name.parse::<u32>().is_ok_and(|oid| oid >= FIRST_USER_OID);
    for folder in [data.join("base"), data.join("pg_tblspc")] {
        match fs::read_dir(&folder) {
            Ok(entries) => {
                if entries.flatten().any(|e| e.file_name().to_str().is_some_and(is_users)) {
                    return Ok(true);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(ClusterError::io("reading", &folder)(error)),
        }
    }
    Ok(false)
}

/// `data/` and `run/`, PostgreSQL's own and closed to everybody else.
fn have_folders(site: &Site) -> Result<(), ClusterError> {
    for folder in [site.places.data(), site.places.run.clone()] {
        match DirBuilder::new().mode(0o700).create(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(ClusterError::unwritable(&site.places.base)(error)),
        }
        fs::set_permissions(&folder, Permissions::from_mode(0o700))
            .map_err(ClusterError::io("closing", &folder))?;
        site.owner.give(&folder)?;
    }
    Ok(())
}

fn make_secret(places: &Places) -> Result<String, ClusterError> {
    let bytes: [u8; 24] = rand::rng().random();
    let secret = crate::hex::hex(&bytes);
    let path = places.home.secret();
    let mut file = places.home.open_file("secret")?;
    file.set_len(0)
        .and_then(|()| writeln!(file, "{secret}"))
        .and_then(|()| file.sync_all())
        .map_err(ClusterError::io("writing", &path))?;
    Ok(secret)
}

fn initdb(site: &Site, secret: Option<&str>) -> Result<(), ClusterError> {
    let data = site.places.data();
    let mut command = site.owner.command(site.binaries.initdb());
    // Its working folder is how a forgotten one is found again.
    command.current_dir(&data).arg("-D").arg(&data).args([
        "-U",
        "annals",
        "--encoding=UTF8",
        &format!("--locale={LOCALE}"),
        "--no-instructions",
    ]);
    let mut password_file = None;
    match secret {
        Some(secret) => {
            let path = site.places.run.join("password");
            write_for(&site.owner, &path, secret)?;
            let mut argument = std::ffi::OsString::from("--pwfile=");
            argument.push(&path);
            command.arg(argument).args(["--auth=scram-sha-256", "--data-checksums"]);
            password_file = Some(path);
        }
        None => {
            command.args(["--auth=trust", "--no-sync"]);
        }
    }
    let output = command.output().map_err(ClusterError::io("running", &site.binaries.initdb()));
    if let Some(path) = password_file {
        fs::remove_file(&path).map_err(ClusterError::io("removing", &path))?;
    }
    let output = output?;
    if output.status.success() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let is_error = |line: &&str| line.contains("error:") || line.contains("FATAL:");
    let line = text.lines().find(is_error).or(text.lines().last()).unwrap_or("it was ended");
    Err(ClusterError::InitFailed { sentence: line.trim().to_owned() })
}

/// A file that only `owner` can read. Not by a pipe: opening one fails across users.
fn write_for(owner: &Owner, path: &Path, text: &str) -> Result<(), ClusterError> {
    if path.exists() {
        fs::remove_file(path).map_err(ClusterError::io("removing", path))?;
    }
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| writeln!(file, "{text}"))
        .map_err(ClusterError::io("writing", path))?;
    owner.give(path)
}

/// The purpose written in a marker. An unreadable or foreign text counts as a marker of no
/// purpose, which is refused.
fn read_marker(marker: &Path) -> Result<Option<String>, ClusterError> {
    match fs::read_to_string(marker) {
        Ok(text) => {
            let purpose = text.lines().find_map(|line| line.strip_prefix("purpose "));
            Ok(Some(purpose.unwrap_or("something unknown").to_owned()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ClusterError::io("reading", marker)(error)),
    }
}

/// Written last and to the disk: only with it is a data folder whole.
fn write_marker(places: &Places, purpose: Purpose) -> Result<(), ClusterError> {
    let marker = places.marker();
    let temporary = places.base.join("ANNALS_CLUSTER.new");
    let text = format!("The database beside this file belongs to Annals.\npurpose {purpose}\n");
    File::create(&temporary)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&temporary, &marker))
        .and_then(|()| File::open(&places.base)?.sync_all())
        .map_err(ClusterError::io("writing", &marker))
}

/// Refuses to go on when `free` bytes at `folder` are too few.
pub(super) fn check_space(folder: &Path, free: u64) -> Result<(), ClusterError> {
    let free_mb = free >> 20;
    if free_mb < NEEDED_MB {
        let folder = folder.to_path_buf();
        return Err(ClusterError::DiskFull { folder, free_mb, needed_mb: NEEDED_MB });
    }
    Ok(())
}

/// Bytes that an ordinary user may still write on the file system of `folder`.
pub(super) fn free_bytes(folder: &Path) -> Result<u64, ClusterError> {
    let found = rustix::fs::statvfs(folder)
        .map_err(|error| ClusterError::io("reading", folder)(error.into()))?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}
