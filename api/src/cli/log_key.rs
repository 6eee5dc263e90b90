//! `annals rotate-log-key`.

use std::process::ExitCode;

use journal::signer::{Folder, rotate};

use super::{FAILED, print, said};
use crate::boot::config::Config;

/// Needs no database: whoever signs takes the key up.
pub(super) fn rotate_log_key(config: &Config) -> ExitCode {
    match rotate(&Folder::of(&config.data_dir)) {
        Ok(key) => print(&format!("{key}\n")),
        Err(error) => said(FAILED, &error),
    }
}
