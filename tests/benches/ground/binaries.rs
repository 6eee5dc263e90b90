//! PostgreSQL's own programs, and the two scripts by which the keeper starts the server with room
//! for the references.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Fault;

/// What differs from a serving cluster. A reference has a connection for each of its clients.
const CONNECTIONS: &str = "-c max_connections=220";
const STATEMENTS: &str = "-c shared_preload_libraries=pg_stat_statements \
                          -c pg_stat_statements.track=all -c pg_stat_statements.max=2000";

/// A folder with the server and pgbench in it.
#[derive(Debug)]
pub(crate) struct Binaries {
    pub(crate) folder: PathBuf,
    pub(crate) counts_statements: bool,
}

impl Binaries {
    /// The environment's, pg_config's, or the newest of those in the usual place.
    #[expect(
        clippy::disallowed_methods,
        reason = "programs are searched where the environment says"
    )]
    pub(crate) fn find() -> Result<Self, Fault> {
        let mut candidates = Vec::new();
        candidates.extend(std::env::var_os("ANNALS_PG_BIN").map(PathBuf::from));
        if let Ok(said) = Command::new("pg_config").arg("--bindir").output() {
            candidates.push(PathBuf::from(String::from_utf8(said.stdout)?.trim()));
        }
        let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
            .map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect())
            .unwrap_or_default();
        versions.sort();
        candidates.extend(versions.into_iter().rev());
        let has_all = |folder: &PathBuf| {
            ["postgres", "initdb", "pgbench"].iter().all(|name| folder.join(name).is_file())
        };
        let folder = candidates.into_iter().find(has_all);
        let folder = folder.ok_or("postgres, initdb and pgbench are not in one folder")?;
        let counts_statements = has_library(&folder);
        Ok(Self { folder, counts_statements })
    }

    /// Writes the scripts; what the keeper is to be started by.
    pub(crate) fn keeper(&self, folder: &Path, annals: &Path) -> Result<PathBuf, Fault> {
        let wrapped = folder.join("bin");
        fs::create_dir_all(&wrapped)?;
        let real = self.folder.display();
        let more = if self.counts_statements { STATEMENTS } else { "" };
        script(&wrapped.join("initdb"), &format!("exec '{real}/initdb' \"$@\""))?;
        let server = format!(
            "case \"$1\" in --*) exec '{real}/postgres' \"$@\" ;; esac\n\
             exec '{real}/postgres' \"$@\" {CONNECTIONS} {more}"
        );
        script(&wrapped.join("postgres"), &server)?;
        let keeper = folder.join("keeper");
        let (wrapped, annals) = (wrapped.display(), annals.display());
        let start =
            format!("ANNALS_PG_BIN='{wrapped}'\nexport ANNALS_PG_BIN\nexec '{annals}' \"$@\"");
        script(&keeper, &start)?;
        Ok(keeper)
    }
}

fn has_library(folder: &Path) -> bool {
    let said = Command::new(folder.join("pg_config")).arg("--pkglibdir").output();
    said.ok().and_then(|said| String::from_utf8(said.stdout).ok()).is_some_and(|libraries| {
        let library = Path::new(libraries.trim()).join("pg_stat_statements");
        ["so", "dylib"].iter().any(|ending| library.with_extension(ending).is_file())
    })
}

fn script(path: &Path, text: &str) -> Result<(), Fault> {
    fs::write(path, format!("#!/bin/sh\n{text}\n"))?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    Ok(())
}
