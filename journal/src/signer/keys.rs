//! The key that signs, and the policy that tells others which one it is.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::error::SignError;
use super::files::replace;
use super::folder::Folder;
use crate::seal::cipher::random;
use crate::tlog::key::{KeyName, Kind, SignerKey, VerifierKey};
use crate::tlog::policy::Policy;

/// The key and the policy in force; made at the first start.
pub(super) fn open(folder: &Folder, origin: &str) -> Result<(SignerKey, Policy), SignError> {
    let path = folder.key();
    let key = match read(&path)? {
        Some(key) => key,
        None => make(&path, origin)?,
    };
    let policy = match policy(folder)? {
        Some(policy) => policy,
        None => {
            add_to_policy(folder, &format!("log {}\nquorum none\n", key.public()))?;
            Policy::of_log(key.public().clone())
        }
    };
    Ok((key, policy))
}

/// The key that signs now, if there is one.
pub(crate) fn signer_key(folder: &Folder) -> Result<Option<SignerKey>, SignError> {
    read(&folder.key())
}

/// The policy file, if there is one.
pub(crate) fn policy(folder: &Folder) -> Result<Option<Policy>, SignError> {
    let path = folder.policy();
    match fs::read(&path) {
        Ok(bytes) => {
            Policy::parse(&bytes).map(Some).map_err(|fault| SignError::Policy { path, fault })
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SignError::file(&path)(error)),
    }
}

/// Makes the key that is to follow. Whoever signs takes it up within a second; if nobody does, with
/// the next start. Its public half.
///
/// # Errors
/// There is no key to follow, or a file cannot be written.
pub fn rotate(folder: &Folder) -> Result<VerifierKey, SignError> {
    let path = folder.key();
    let Some(key) = read(&path)? else {
        return Err(SignError::File { path, kind: ErrorKind::NotFound });
    };
    let path = folder.next_key();
    let next = match read(&path)? {
        Some(next) => next,
        None => make(&path, key.public().name().as_str())?,
    };
    Ok(next.public().clone())
}

/// Takes up the key that is to follow, if there is one: it signs from this size on. Whoever is killed
/// in between finds it in the policy, and still to be taken up.
pub(super) fn follow(folder: &Folder, from: u64) -> Result<Option<SignerKey>, SignError> {
    let path = folder.next_key();
    if !path.exists() {
        return Ok(None);
    }
    let Some(next) = read(&path)? else { return Ok(None) };
    let listed = policy(folder)?.is_some_and(|policy| policy.lists(next.public()));
    if !listed {
        let (key, id) = (next.public(), next.public().id());
        add_to_policy(folder, &format!("log {key}\n#annals-from {id} {from}\n"))?;
    }
    fs::rename(&path, folder.key()).map_err(SignError::file(&path))?;
    Ok(Some(next))
}

/// Lines at the end: what somebody else wrote there stays.
fn add_to_policy(folder: &Folder, lines: &str) -> Result<(), SignError> {
    let path = folder.policy();
    let written = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(SignError::file(&path)(error)),
    };
    replace(&path, format!("{written}{lines}").as_bytes(), 0o644).map_err(SignError::file(&path))
}

fn read(path: &Path) -> Result<Option<SignerKey>, SignError> {
    match fs::read_to_string(path) {
        Ok(text) => text
            .trim_end()
            .parse()
            .map(Some)
            .map_err(|fault| SignError::Key { path: path.to_owned(), fault }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SignError::file(path)(error)),
    }
}

fn make(path: &Path, origin: &str) -> Result<SignerKey, SignError> {
    let name: KeyName =
        origin.parse().map_err(|fault| SignError::Key { path: path.to_owned(), fault })?;
    let key = SignerKey::new(name, Kind::Note, &random());
    let text = format!("{}\n", key.to_secret());
    replace(path, text.as_bytes(), 0o600).map_err(SignError::file(path))?;
    Ok(key)
}
