//! Files that are there whole or not at all, and what is read of others.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use rustix::fs::OFlags;

use crate::tlog::tile::{Tile, WIDTH};

/// Writes a file under another name first, then gives it its own. Repeating it does no harm.
pub(crate) fn replace(path: &Path, bytes: &[u8], mode: u32) -> io::Result<()> {
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
    fs::rename(draft, path)?;
    sync(folder)
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
