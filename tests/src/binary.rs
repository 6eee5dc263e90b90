//! The real binaries, as processes.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How long a start may take; beyond it something hangs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Path of a built binary, beside the test binary's own folder.
///
/// # Panics
/// When it was not built: `make test` builds it first, by `cargo build --workspace --bins`.
pub fn binary(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().and_then(|deps| deps.parent()).unwrap().join(name);
    assert!(path.is_file(), "{name} is not built: run cargo build --workspace --bins");
    path
}

/// What a finished process said.
#[derive(Debug)]
pub struct Finished {
    /// Exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Finished {
    let output = command.stdin(Stdio::null()).output().unwrap();
    Finished {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Sends a process this signal; whether there is such a process.
pub fn send(signal: &str, pid: u32) -> bool {
    let mut kill = Command::new("kill");
    let kill = kill.arg(format!("-{signal}")).arg(pid.to_string()).stderr(Stdio::null());
    kill.status().unwrap().success()
}

/// A server process; killed when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// What it printed until it answered.
    pub greeting: String,
    /// What it prints since.
    heard: mpsc::Receiver<String>,
}

impl Process {
    /// Starts a command and waits until it prints a line with this text.
    ///
    /// # Panics
    /// When it ends before, or takes too long.
    pub fn start(command: &mut Command, until: &str) -> Self {
        Self::try_start(command, until)
            .unwrap_or_else(|greeting| panic!("the process did not start: {greeting}"))
    }

    /// The same; what it printed instead, when it ends before or takes too long.
    ///
    /// # Errors
    /// It does not start.
    pub fn try_start(command: &mut Command, until: &str) -> Result<Self, String> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (said, heard) = mpsc::channel();
        std::thread::spawn(move || {
            // Reads on after the start, so that the process never blocks on a full pipe.
            for line in lines.map_while(Result::ok) {
                let _ = said.send(line);
            }
        });
        let mut greeting = String::new();
        loop {
            match heard.recv_timeout(PATIENCE) {
                Ok(line) => {
                    greeting.push_str(&line);
                    greeting.push('\n');
                    if line.contains(until) {
                        return Ok(Self { child, greeting, heard });
                    }
                }
                Err(_) => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(greeting);
                }
            }
        }
    }

    /// The next line that it prints.
    ///
    /// # Panics
    /// When it ends instead, or takes too long.
    pub fn line(&mut self) -> String {
        self.heard.recv_timeout(PATIENCE).expect("a line was expected by now")
    }

    /// Waits for its end; its exit code.
    pub fn wait(mut self) -> i32 {
        self.child.wait().unwrap().code().unwrap_or(-1)
    }

    /// Its process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Ends it without a warning.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks it to stop by this signal, and waits; its exit code.
    pub fn stop(self, signal: &str) -> i32 {
        assert!(send(signal, self.pid()), "it has ended already");
        self.wait()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}
