//! Resident memory of a server as `annals serve --demo` starts it, and of its own PostgreSQL.
//!
//! PostgreSQL's processes share most of their memory, so theirs is counted proportionally.

use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};

use crate::ground::Ground;
use crate::load::closed;
use crate::report::{Line, Section};
use crate::server::{Asker, Server};
use crate::watched::kilobytes;
use crate::{Fault, Run};

/// What an idle server may have.
const MOST: f64 = 64.0;
/// A light load: so many clients, for so long.
const CLIENTS: usize = 4;
const SPAN: Duration = Duration::from_secs(5);

const LIST: &str = "{ tickets(first: 50) { nodes { id number title state holder { name } } } }";

/// Runs it.
pub(crate) async fn run(_run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let folder = ground.folder().join("footprint");
    fs::create_dir_all(&folder)?;
    let mut command = Command::new(testbed::binary("annals"));
    command
        .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(&folder)
        .env("ANNALS_DEMO_PASSWORD", testbed::DEMO_PASSWORD)
        .env("ANNALS_LOG", "warn")
        .env_remove("DATABASE_URL")
        .current_dir(&folder);
    let server = Server::start_by(&mut command)?;
    let postmaster = postmaster(&folder)?;
    lines(section, "after the start", server.pid(), postmaster)?;
    let mut askers = Vec::new();
    for login in ["agent1", "head1", "director", "client1"].into_iter().cycle().take(CLIENTS) {
        let variables = || -> Value { json!({}) };
        askers.push(Asker { who: server.person(login).await, query: LIST, variables });
    }
    closed(askers, SPAN).await?;
    lines(section, "after a light load", server.pid(), postmaster)?;
    server.stop()
}

fn lines(section: &mut Section, when: &str, server: u32, postmaster: u32) -> Result<(), Fault> {
    let resident = kilobytes(server, "status", "VmRSS:")? / 1024.0;
    let own = kilobytes(server, "status", "RssAnon:")? / 1024.0;
    let line = Line::new(format!("server, {when}")).rate(resident);
    let line = line.remark(format!("{own:.0} MB of it its own, the rest the program's file"));
    section.push(line.bar(format!("≤ {MOST} MB"), resident <= MOST));
    let mut shared = 0.0;
    for pid in family(postmaster)? {
        // One that has just ended has none.
        shared += kilobytes(pid, "smaps_rollup", "Pss:").unwrap_or_default() / 1024.0;
    }
    section.push(Line::new(format!("PostgreSQL, {when}")).rate(shared));
    Ok(())
}

/// The postmaster's process id.
fn postmaster(folder: &std::path::Path) -> Result<u32, Fault> {
    let text = fs::read_to_string(folder.join("data/postmaster.pid"))?;
    Ok(text.lines().next().unwrap_or_default().trim().parse()?)
}

/// It and its children.
fn family(parent: u32) -> Result<Vec<u32>, Fault> {
    let mut pids = vec![parent];
    for entry in fs::read_dir("/proc")?.flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else { continue };
        let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
        let of = status.lines().find_map(|line| line.strip_prefix("PPid:"));
        if of.is_some_and(|of| of.trim() == parent.to_string()) {
            pids.push(pid);
        }
    }
    Ok(pids)
}
