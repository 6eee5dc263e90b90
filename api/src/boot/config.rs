//! The configuration: defaults, then a TOML file, then the environment, then flags; read once.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use figment::Figment;
use figment::providers::{Format, Serialized, Toml};
use journal::postgres::deployment::Place;
use serde::{Deserialize, Serialize};

use crate::identity::must_be_acceptable;

/// What can be configured. Unknown keys in the file are errors.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the private PostgreSQL and the wrapping key live.
    pub data_dir: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Somebody else's PostgreSQL, instead of the private one.
    pub database_url: Option<String>,
    /// First password of the administrator, which need not be changed.
    pub admin_password: Option<String>,
    /// Password of all demo accounts.
    pub demo_password: Option<String>,
    /// What to log, in the syntax of `RUST_LOG`.
    pub log: String,
    /// How to log.
    pub log_format: LogFormat,
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

impl std::fmt::Debug for Config {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without passwords, and without the connection string, which may hold one.
        f.debug_struct("Config")
            .field("data_dir", &self.data_dir)
            .field("listen", &self.listen)
            .field("foreign_database", &self.database_url.is_some())
            .finish_non_exhaustive()
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from(".annals"),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            database_url: None,
            admin_password: None,
            demo_password: None,
            log: "info,sqlx=warn".to_owned(),
            log_format: LogFormat::Pretty,
        }
    }
}

/// The configuration cannot be used; one sentence.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

/// What flags may say.
#[derive(Debug, Default, Serialize)]
pub struct Flags {
    /// `--data-dir`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// `--listen`
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listen: Option<SocketAddr>,
}

/// Environment variables that are read, with the prefix `ANNALS_`.
const VARIABLES: [&str; 6] =
    ["data_dir", "listen", "admin_password", "demo_password", "log", "log_format"];

impl Config {
    /// Reads everything.
    pub fn read(file: Option<&Path>, flags: &Flags) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Serialized::defaults(Self::default()));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError(format!(
                    "there is no configuration file {}",
                    file.display()
                )));
            }
            figment = figment.merge(Toml::file(file));
        }
        figment
            .merge(Serialized::defaults(environment()))
            .merge(Serialized::defaults(flags))
            .extract::<Self>()
            .map_err(|error| ConfigError(sentence(&error)))?
            .checked()
    }

    /// Passwords that would be refused later are refused before anything is made.
    fn checked(self) -> Result<Self, ConfigError> {
        let passwords =
            [("admin_password", &self.admin_password), ("demo_password", &self.demo_password)];
        for (key, password) in passwords {
            if let Some(Err(fault)) = password.as_deref().map(must_be_acceptable) {
                return Err(ConfigError(format!("setting {key}: {fault}")));
            }
        }
        Ok(self)
    }

    /// Where the database comes from.
    pub fn place(&self) -> Place {
        Place {
            data_dir: self.data_dir.clone(),
            database_url: self.database_url.clone().filter(|url| !url.is_empty()),
        }
    }
}

/// What the environment says, word for word: a password of digits stays a text.
#[expect(clippy::disallowed_methods, reason = "this is the one reader of the environment")]
fn environment() -> BTreeMap<&'static str, String> {
    let prefixed = VARIABLES.iter().map(|key| (*key, format!("ANNALS_{}", key.to_uppercase())));
    prefixed
        .chain([("database_url", "DATABASE_URL".to_owned())])
        .filter_map(|(key, variable)| Some((key, std::env::var(variable).ok()?)))
        .collect()
}

/// The first fault, without the offending value: it may be a password.
fn sentence(error: &figment::Error) -> String {
    let key = error.path.join(".");
    match &error.kind {
        figment::error::Kind::UnknownField(field, _) => format!("unknown setting {field}"),
        figment::error::Kind::InvalidType(_, expected) => {
            format!("setting {key} must be {expected}")
        }
        _ if key.is_empty() => "the configuration file is not TOML".to_owned(),
        _ => format!("setting {key} has a value that cannot be used"),
    }
}
