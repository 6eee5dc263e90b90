//! Files that are there whole or not at all, and what is read of others.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;

/// Files that are flushed at once: a disk makes several last as soon as one.
const AT_ONCE: usize = 16;

use rustix::fs::OFlags;

use crate::tlog::tile::{Tile, WIDTH};

/// Writes a file under another name first, then gives it its own. Repeating it does no harm.
pub(crate) fn replace(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    write(path, bytes, mode)?;
    sync(path.parent().ok_or(io::ErrorKind::InvalidInput)?)
}

/// The same of files that everybody may read; all of them last when it returns.
///
/// # Errors
/// The path that could not be written, and why.
pub(crate) fn replace_all(files: &[(PathBuf, &[u8])]) -> Result<(), (PathBuf, io::Error)> {
    let write_some = |files: &[(PathBuf, &[u8])]| {
        files.iter().try_for_each(|(path, bytes)| {
            write(path, bytes, 0o644).map_err(|error| (path.clone(), error))
        })
    };
    thread::scope(|scope| {
        let shares = files.chunks(files.len().div_ceil(AT_ONCE).max(1));
        let hands: Vec<_> = shares.map(|share| scope.spawn(move || write_some(share))).collect();
        let mut ended = hands.into_iter().map(|hand| hand.join());
        ended.try_for_each(|written| written.unwrap_or_else(|died| std::panic::resume_unwind(died)))
    })?;
    // Once for all that is in it.
    let folders: BTreeSet<&Path> = files.iter().filter_map(|(path, _)| path.parent()).collect();
    let mut folders = folders.into_iter();
    folders.try_for_each(|folder| sync(folder).map_err(|error| (folder.to_owned(), error)))
}

/// The file and its name, which lasts once its folder does.
fn write(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    fs::create_dir_all(folder)?;
    let mut draft = path.as_os_str().to_owned();
    // One signer at a time: nobody else writes it.
    draft.push(".draft");
    let draft = Path::new(&draft);
    // Whoever was killed may have left one, with rights of its own.
    match fs::remove_file(draft) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(draft)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(draft, path)
}

/// Opens a file to be read. Nothing else: a pipe may never begin, and a device never end.
pub(crate) fn open(path: &Path, flags: OFlags) -> io::Result<File> {
    let flags = (OFlags::NONBLOCK | flags).bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::ErrorKind::InvalidInput.into()) }
}

/// The content of a tile. It is not believed: what it leads to is compared.
pub(crate) fn tile(log: &Path, tile: Tile) -> io::Result<Vec<u8>> {
    let read = |tile: Tile| fs::read(log.join(tile.to_string()));
    match read(tile) {
        // A server may have made it whole meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !tile.is_whole() => {
            let mut bytes = read(Tile { width: WIDTH, ..tile })?;
            bytes.truncate(usize::from(tile.width) * 32);
            Ok(bytes)
        }
        read => read,
    }
}

/// Makes the names in a folder last.
pub(crate) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
