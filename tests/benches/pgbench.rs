//! The physical reference: PostgreSQL's own load generator, on the same server, in the same run.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::process::Command;

use crate::Fault;
use crate::ground::{Database, Ground};

/// A script that is ready to run.
#[derive(Debug)]
pub(crate) struct Script {
    program: PathBuf,
    file: PathBuf,
    database: Database,
}

/// Makes what each run writes its own, whichever script it is.
static RUNS: AtomicU32 = AtomicU32::new(1);

impl Script {
    /// Writes the script down. `:run`, `:n` and pgbench's own `:client_id` are set in it.
    pub(crate) fn new(
        ground: &Ground,
        database: &Database,
        (name, text): (&str, &str),
    ) -> Result<Self, Fault> {
        let file = ground.folder().join(format!("{}-{name}.pgbench", database.name));
        std::fs::write(&file, text)?;
        Ok(Self { program: ground.program("pgbench"), file, database: database.clone() })
    }

    /// Runs it; transactions a second.
    pub(crate) async fn run(&self, clients: usize, span: Duration) -> Result<f64, Fault> {
        let output = self.command(clients, span).output().await?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let tps = said.lines().find_map(|line| {
            let rest = line.strip_prefix("tps = ")?;
            rest.split_whitespace().next()?.parse().ok()
        });
        match tps {
            Some(tps) if output.status.success() => Ok(tps),
            // It says nothing when the machine was too busy for a single transaction.
            None if output.status.success() => Ok(0.0),
            _ => {
                let complaint = String::from_utf8_lossy(&output.stderr);
                Err(format!("pgbench {}: {complaint}", shown(&self.file)).into())
            }
        }
    }

    fn command(&self, clients: usize, span: Duration) -> Command {
        let mut command = Command::new(&self.program);
        let threads = clients.min(crate::machine::cores());
        let run = RUNS.fetch_add(1, Ordering::Relaxed);
        command
            .args(["-n", "-M", "prepared", "-U", "annals", "-p", "5432"])
            .args(["-c", &clients.to_string(), "-j", &threads.to_string()])
            .args(["-T", &span.as_secs().max(1).to_string()])
            .args(["-D", "n=0", "-D", &format!("run={run}")])
            .arg("-h")
            .arg(&self.database.socket)
            .arg("-f")
            .arg(&self.file)
            .arg(&self.database.name)
            .env("PGPASSWORD", &self.database.password)
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }
}

fn shown(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
