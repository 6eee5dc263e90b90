//! The files that are brought in: applications that lean on each other, told apart by their numbers.
//!
//! Each group is a tree in which every item leans on the one above it and on two more that were
//! there before; what breaks at its top breaks all of it, within ten steps.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use rand::Rng;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::Fault;

/// Items of a group.
pub(super) const GROUP: u64 = 10_000;
/// How many lean on each, in the tree.
const BRANCHES: u64 = 3;
/// Items that lean on one server.
pub(super) const FAN: u64 = 921;
/// The server's name.
pub(super) const ROOT: &str = "fan-root";
/// Whose all of it is.
pub(super) const ORGANIZATION: &str = "Bench";
/// One in how many was moved to production late: the last ones by name.
const LATE: u64 = 100;
/// On which day.
pub(super) const LATE_DAY: &str = "2026-02-01";

const STATUS: [&str; 2] = ["active", "inactive"];
const CRITICITY: [&str; 3] = ["high", "medium", "low"];

/// The name of an item.
pub(super) fn name(nr: u64) -> String {
    format!("app-{nr:07}")
}

/// The organisation, the server and those that lean on it.
pub(super) fn fan(folder: &Path) -> Result<PathBuf, Fault> {
    let path = folder.join("fan.ndjson");
    let mut out = BufWriter::new(File::create(&path)?);
    let key = |name: &str| format!(r#"{{"name":"{name}","organization":"{ORGANIZATION}"}}"#);
    writeln!(
        out,
        r#"{{"class":"Organization","key":{{"name":"{ORGANIZATION}"}},"attributes":{{}}}}"#
    )?;
    writeln!(
        out,
        r#"{{"class":"Server","key":{},"attributes":{{"status":"production"}}}}"#,
        key(ROOT)
    )?;
    for nr in 0..FAN {
        let leaf = key(&format!("fan-{nr:04}"));
        writeln!(
            out,
            r#"{{"class":"ApplicationSolution","key":{leaf},"attributes":{{"status":"active"}}}}"#
        )?;
        writeln!(
            out,
            r#"{{"relation":"depends_on","from":{{"class":"ApplicationSolution","key":{leaf}}},"to":{{"class":"Server","key":{}}}}}"#,
            key(ROOT)
        )?;
    }
    out.flush()?;
    Ok(path)
}

/// A table of so many items.
pub(super) fn items(folder: &Path, count: u64) -> Result<PathBuf, Fault> {
    let path = folder.join("items.csv");
    let mut out = BufWriter::new(File::create(&path)?);
    writeln!(out, "class,name,organization,status,business_criticity,description,move2production")?;
    for nr in 0..count {
        // Few are out of service: they pass nothing on, and the graph is to be large.
        let status = STATUS[usize::from(nr % GROUP == GROUP - 1)];
        let criticity = CRITICITY[(nr % 3) as usize];
        // The last by name share a day that no other has.
        let day = match nr >= count - count / LATE {
            true => LATE_DAY.to_owned(),
            false => format!("2026-01-{:02}", 1 + nr % 28),
        };
        writeln!(
            out,
            "ApplicationSolution,{},{ORGANIZATION},{status},{criticity},Service number {} of rack {},{day}",
            name(nr),
            nr % 1_000,
            nr % 97
        )?;
    }
    out.flush()?;
    Ok(path)
}

/// Three relations for each of them; how many there are.
pub(super) fn relations(folder: &Path, (count, seed): (u64, u64)) -> Result<(PathBuf, u64), Fault> {
    let path = folder.join("relations.ndjson");
    let mut out = BufWriter::new(File::create(&path)?);
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut written = 0;
    for nr in 0..count {
        let (group, within) = (nr - nr % GROUP, nr % GROUP);
        if within == 0 {
            continue;
        }
        let mut to = vec![(within - 1) / BRANCHES];
        for _ in 0..2 {
            let other = chance.random_range(0..within);
            if !to.contains(&other) {
                to.push(other);
            }
        }
        for other in to {
            writeln!(
                out,
                r#"{{"relation":"depends_on","from":{},"to":{}}}"#,
                end(nr),
                end(group + other)
            )?;
            written += 1;
        }
    }
    out.flush()?;
    Ok((path, written))
}

fn end(nr: u64) -> String {
    format!(
        r#"{{"class":"ApplicationSolution","key":{{"name":"{}","organization":"{ORGANIZATION}"}}}}"#,
        name(nr)
    )
}
