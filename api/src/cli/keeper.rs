//! `annals keeper`: owns the private PostgreSQL; started by whoever joins it first.

use std::path::Path;
use std::process::ExitCode;

use journal::postgres::cluster::{Purpose, keeper_main};

use super::{USAGE, said};

pub(super) fn run(folder: &Path, purpose: &str) -> ExitCode {
    match purpose.parse::<Purpose>() {
        Ok(purpose) => {
            let code = keeper_main(folder, purpose);
            ExitCode::from(u8::try_from(code).unwrap_or(super::FAILED))
        }
        Err(error) => said(USAGE, &error),
    }
}
