//! A second process that uses a cluster: this test binary, run again.

#![expect(clippy::disallowed_methods, reason = "tests are configured by their environment")]

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Lines, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::*;

const FOLDER: &str = "ANNALS_HOLDER_FOLDER";
const SAYS: &str = "holder: ";

/// Does nothing, unless run again by [`Holder`]: joins, says so, and leaves when its input ends.
#[tokio::test]
async fn holder_entry() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    match Cluster::join(serving(Path::new(&folder))).await {
        Ok(cluster) => {
            println!("\n{SAYS}joined");
            let _ = std::io::stdin().read_to_end(&mut Vec::new());
            cluster.leave().await.unwrap();
        }
        Err(error) => println!("\n{SAYS}{error}"),
    }
}

/// A process that holds a cluster.
pub(super) struct Holder {
    child: Child,
    /// Kept open: the test runner in there complains of a closed one.
    _output: Lines<BufReader<ChildStdout>>,
    /// `joined`, or why not.
    pub said: String,
}

impl Holder {
    pub(super) fn start(folder: &Path) -> Holder {
        let child = Holder::spawn(folder, "ANNALS_HOLDER_NOTHING", "");
        Holder::listen(child)
    }

    pub(super) fn start_with(folder: &Path, name: &str, value: impl AsRef<OsStr>) -> Holder {
        Holder::listen(Holder::spawn(folder, name, value))
    }

    /// Does not wait for it to have joined.
    pub(super) fn spawn(folder: &Path, name: &str, value: impl AsRef<OsStr>) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["holder_entry", "--nocapture"])
            .env(FOLDER, folder)
            .env(name, value.as_ref())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    fn listen(mut child: Child) -> Holder {
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = lines.find_map(|line| line.unwrap().strip_prefix(SAYS).map(str::to_owned));
        Holder { child, _output: lines, said: said.unwrap() }
    }

    /// Lets it leave and waits for its end.
    pub(super) fn end(mut self) {
        drop(self.child.stdin.take());
        self.child.wait().unwrap();
    }

    pub(super) fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
