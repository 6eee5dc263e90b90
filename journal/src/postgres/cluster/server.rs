//! One running `postgres`: started as our child or adopted from a keeper that was killed.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::Signal;

use super::error::ClusterError;
use super::init::Site;
use super::pidfile::{self, PidFile};
use super::places::Home;
use super::process;
use super::settings;

const POLL: Duration = Duration::from_millis(5);
/// Between two sentences to somebody who waits.
const SENTENCE: Duration = Duration::from_secs(5);
/// A fast shutdown that takes longer becomes an immediate one, which recovery repairs.
const SHUTDOWN: Duration = Duration::from_secs(60);
/// How long a single-user process may go on before we give up.
const STANDALONE: Duration = Duration::from_secs(5);
/// The log is set aside at a start when it is larger.
const LOG_LIMIT: u64 = 16 << 20;

/// A running server.
#[derive(Debug)]
pub(super) struct Server {
    /// `None` for an adopted one.
    child: Option<Child>,
    pid: i32,
    socket_dir: PathBuf,
}

impl Server {
    /// A living server of this data folder, if there is one, taken over as it is. Waits for one
    /// that is starting or stopping.
    pub(super) fn adopt(site: &Site, tell: &dyn Fn(&str)) -> Result<Option<Server>, ClusterError> {
        let data = site.places.data();
        let begun = Instant::now();
        let mut nagging = Nagging::new();
        loop {
            let Some(file) = pidfile::living(&data, &site.owner)? else { return Ok(None) };
            if file.standalone {
                if begun.elapsed() > STANDALONE {
                    return Err(ClusterError::Orphaned { pid: file.pid, data });
                }
            } else if let Some(socket_dir) = ready_socket(&file, site) {
                tell("a PostgreSQL whose keeper was killed was found and taken over");
                return Ok(Some(Server { child: None, pid: file.pid, socket_dir }));
            } else if file.status == "stopping" {
                // It may be waiting for its clients; they would wait for us.
                process::signal(file.pid, Signal::INT);
            }
            nagging.tell(tell, "an earlier PostgreSQL is neither ready nor ended");
            sleep(Duration::from_millis(50));
        }
    }

    /// Starts `postgres` and waits until it is ready, without a limit while it lives: recovery
    /// takes as long as it takes. No other may be alive.
    pub(super) fn start(site: &Site, tell: &dyn Fn(&str)) -> Result<Server, ClusterError> {
        let data = site.places.data();
        process::clear(&data, &site.owner)?;
        pidfile::heal(&site.places, &site.owner)?;
        let (log, from) = open_log(&site.places.home)?;
        let errors =
            log.try_clone().map_err(ClusterError::io("opening", &site.places.home.log()))?;
        let program = site.binaries.postgres();
        let mut child = site
            .owner
            .command(&program)
            .arg("-D")
            .arg(&data)
            .args(settings::arguments(site.purpose, &site.places.run))
            .stdout(Stdio::from(log))
            .stderr(Stdio::from(errors))
            .spawn()
            .map_err(ClusterError::io("running", &program))?;
        let pid = i32::try_from(child.id()).unwrap_or(i32::MAX);
        let mut nagging = Nagging::new();
        loop {
            let ended = child.try_wait().map_err(ClusterError::io("running", &program))?;
            if ended.is_some() {
                let log = site.places.home.log();
                return Err(ClusterError::StartFailed { sentence: last_sentence(&log, from), log });
            }
            // The number matters: the file of a killed server says "ready" as well.
            if let Some(file) = pidfile::read(&data)?.filter(|file| file.pid == pid)
                && let Some(socket_dir) = ready_socket(&file, site)
            {
                return Ok(Server { child: Some(child), pid, socket_dir });
            }
            nagging.tell(tell, "PostgreSQL is recovering what was not yet in its files");
            sleep(POLL);
        }
    }

    pub(super) fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Whether it still runs.
    pub(super) fn is_alive(&mut self, site: &Site) -> bool {
        match &mut self.child {
            Some(child) => matches!(child.try_wait(), Ok(None)),
            None => process::works_in(self.pid, &site.places.data(), &site.owner),
        }
    }

    /// Fast shutdown: ends sessions, writes a checkpoint, and waits for the end.
    pub(super) fn stop(mut self, site: &Site) {
        process::signal(self.pid, Signal::INT);
        let begun = Instant::now();
        let mut hurried = false;
        while self.is_alive(site) {
            if begun.elapsed() > SHUTDOWN && !hurried {
                process::signal(self.pid, Signal::QUIT);
                hurried = true;
            }
            sleep(POLL);
        }
    }
}

fn ready_socket(file: &PidFile, site: &Site) -> Option<PathBuf> {
    file.is_ready().then(|| file.socket_dir.clone().unwrap_or(site.places.run.clone()))
}

/// The log for appending, and where the new part begins. A long one is set aside before.
fn open_log(home: &Home) -> Result<(File, u64), ClusterError> {
    let path = home.log();
    if fs::metadata(&path).is_ok_and(|found| found.len() > LOG_LIMIT) {
        fs::rename(&path, path.with_extension("log.old"))
            .map_err(ClusterError::io("renaming", &path))?;
    }
    let log = home.open_log()?;
    let length = log.metadata().map_err(ClusterError::io("reading", &path))?.len();
    Ok((log, length))
}

/// Why it ended, in PostgreSQL's own words.
fn last_sentence(log: &Path, from: u64) -> String {
    let mut bytes = Vec::new();
    let read = File::open(log).and_then(|mut file| {
        file.seek(SeekFrom::Start(from))?;
        file.take(1 << 20).read_to_end(&mut bytes)
    });
    let text = String::from_utf8_lossy(&bytes);
    let fatal = text.lines().find_map(|line| line.split_once("FATAL:").map(|(_, rest)| rest));
    match fatal.or(text.lines().last()) {
        Some(sentence) if read.is_ok() => sentence.trim().to_owned(),
        _ => "it ended without a word".to_owned(),
    }
}

/// Says the same sentence every few seconds, with the time that has passed.
struct Nagging {
    begun: Instant,
    said: u32,
}

impl Nagging {
    fn new() -> Self {
        Nagging { begun: Instant::now(), said: 0 }
    }

    fn tell(&mut self, tell: &dyn Fn(&str), sentence: &str) {
        let waited = self.begun.elapsed();
        if waited >= SENTENCE * (self.said + 1) {
            self.said += 1;
            tell(&format!("{sentence} ({} s)", waited.as_secs()));
        }
    }
}
