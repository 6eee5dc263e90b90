//! `annals database-url` and `annals migrate`.

use std::process::ExitCode;

use journal::postgres::deployment::Deployment;

use super::{FAILED, print, said};
use crate::boot::config::Config;

pub(super) async fn run(config: &Config, superuser: bool) -> ExitCode {
    match Deployment::open(&config.place()).await {
        Ok(deployment) => {
            let url = deployment.url(superuser);
            let code = print(&format!("{url}\n"));
            match deployment.close().await {
                Ok(()) => code,
                Err(error) => said(FAILED, &error),
            }
        }
        Err(error) => said(FAILED, &error),
    }
}

pub(super) async fn migrate(config: &Config) -> ExitCode {
    // Opening migrates.
    match Deployment::open(&config.place()).await {
        Ok(deployment) => match deployment.close().await {
            Ok(()) => print("the database is up to date\n"),
            Err(error) => said(FAILED, &error),
        },
        Err(error) => said(FAILED, &error),
    }
}
