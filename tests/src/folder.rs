//! A deployment whose PostgreSQL is its own, in its data folder, with every commit on disk: what
//! may be killed. Several servers may run on it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use uuid::Uuid;

use crate::binary::{Finished, Process, binary, run};
use crate::world::DEMO_PASSWORD;

/// How long the private PostgreSQL may take to stop once nobody uses it.
const STOPPING: Duration = Duration::from_secs(15);

/// The folder; removed when dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// An empty one: the first server makes the rest.
    pub fn new() -> Self {
        let name = format!("annals-folder-{}", Uuid::new_v4().simple());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self { path }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The binary `annals` on this deployment.
    pub fn annals(&self, arguments: &[&str]) -> Command {
        self.command("annals", arguments)
    }

    /// Runs `annals` to its end.
    pub fn run_annals(&self, arguments: &[&str]) -> Finished {
        run(&mut self.annals(arguments))
    }

    /// Runs `replay` to its end.
    pub fn run_replay(&self, arguments: &[&str]) -> Finished {
        run(&mut self.command("replay", arguments))
    }

    /// Starts a server; what it printed instead of its address when it did not come up.
    ///
    /// # Errors
    /// It did not start.
    pub fn serve(&self, arguments: &[&str]) -> Result<(Process, String), String> {
        let server = Process::try_start(&mut self.serving(arguments), "answers at")?;
        let address = server.greeting.lines().find_map(|line| {
            line.split("answers at ").nth(1)?.strip_suffix("/graphql").map(str::to_owned)
        });
        let address = address.ok_or_else(|| server.greeting.clone())?;
        Ok((server, address))
    }

    /// Starts a server that nobody listens to.
    pub fn begin(&self, arguments: &[&str]) -> Child {
        let mut command = self.serving(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
    }

    fn serving(&self, arguments: &[&str]) -> Command {
        let mut command = self.annals(&["serve", "--listen", "127.0.0.1:0"]);
        // What is killed all the time complains all the time; it is kept for whoever looks.
        let log = File::options().create(true).append(true).open(self.log()).unwrap();
        command.args(arguments).stderr(Stdio::from(log));
        command
    }

    /// Where the servers complain.
    pub fn log(&self) -> PathBuf {
        self.path.join("servers.log")
    }

    /// The connection string of whoever owns the database; a server has to run.
    pub fn owner_url(&self) -> String {
        let asked = self.run_annals(&["database-url", "--superuser"]);
        assert_eq!(asked.code, 0, "{}", asked.stderr);
        asked.stdout.trim().to_owned()
    }

    /// The process id of the postmaster, while there is one.
    pub fn postmaster(&self) -> Option<u32> {
        let file = fs::read_to_string(self.path.join("data/postmaster.pid")).ok()?;
        let pid = file.lines().next()?.trim().parse().ok()?;
        Path::new(&format!("/proc/{pid}/cwd")).exists().then_some(pid)
    }

    /// The process ids of the postmaster and of all its children.
    pub fn postgres(&self) -> Vec<u32> {
        let Some(postmaster) = self.postmaster() else { return Vec::new() };
        let parent = |pid: u32| {
            let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            // Behind the name, which may hold anything: state, then parent.
            stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse::<u32>().ok()
        };
        let children = processes().filter(|pid| parent(*pid) == Some(postmaster));
        std::iter::once(postmaster).chain(children).collect()
    }

    /// The process id of whoever keeps PostgreSQL, while there is one.
    pub fn keeper(&self) -> Option<u32> {
        let folder = self.path.display().to_string();
        processes().find(|pid| {
            let said = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
            let said = String::from_utf8_lossy(&said);
            let mut words = said.split('\0').skip(1);
            words.next() == Some("keeper") && words.next() == Some(&folder)
        })
    }

    fn command(&self, name: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(binary(name));
        command
            .args(arguments)
            .arg("--data-dir")
            .arg(&self.path)
            .env_remove("DATABASE_URL")
            .env("ANNALS_DEMO_PASSWORD", DEMO_PASSWORD)
            .env("ANNALS_LOG", "warn")
            .current_dir(&self.path);
        command
    }
}

fn processes() -> impl Iterator<Item = u32> {
    let entries = fs::read_dir("/proc").unwrap().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

impl Drop for Folder {
    fn drop(&mut self) {
        let begun = Instant::now();
        // Its keeper notices within moments that the last server is gone.
        while self.postmaster().is_some() && begun.elapsed() < STOPPING {
            std::thread::park_timeout(Duration::from_millis(20));
        }
        let _ = fs::remove_dir_all(&self.path);
    }
}
