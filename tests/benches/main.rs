//! Benchmarks: what Annals does in a second, beside what the same PostgreSQL can do in the same run.
//!
//! `make bench` runs all of them, `make bench ARGS="append query"` some; `--write` puts the table
//! into the book. Nothing is asserted: a bar that is not met is printed as such, and the exit code
//! tells only whether everything could be measured. Never run by the tests.

mod access;
mod alone;
mod append;
mod clock;
mod footprint;
mod generator;
mod ground;
mod import;
mod items;
mod load;
mod machine;
mod node;
mod open;
mod pgbench;
mod proof;
mod query;
mod rebuild;
mod report;
mod schedule;
mod server;
mod sla;
mod verify;
mod visible;
mod watched;

use std::process::ExitCode;
use std::time::Instant;

use ground::Ground;
use mimalloc::MiMalloc;
use report::{Conditions, Section};

/// As the programs have it: what they do is measured in this one, too.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Why something could not be measured.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// All of them, in their order, and what their figures are.
const ALL: [(&str, &str); 12] = [
    ("append", "commands a second: a load and an append each"),
    ("open", "tickets opened a second, at 32 clients"),
    ("visible", "milliseconds, at 1,000 commands a second"),
    ("rebuild", "events a second"),
    ("query", "requests a second"),
    ("verify", "events a second"),
    ("proof", "events a second, or whatever the line says"),
    ("sla", "tickets a second"),
    ("import", "rows of an incident log a second"),
    ("items", "requests a second, or rows of a file"),
    ("access", "decisions a second, or whatever the line says"),
    ("footprint", "megabytes of resident memory"),
];

/// What this run is to be.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    chosen: Vec<String>,
    write: bool,
    /// Where all chance comes from.
    pub(crate) seed: u64,
    /// How often reference and ours take turns.
    pub(crate) rounds: usize,
    /// From how many tickets pages are read at most.
    pub(crate) tickets: u64,
    /// How many events the largest bundle has.
    pub(crate) events: i64,
}

impl Run {
    fn from_arguments() -> Result<Self, Fault> {
        let mut run = Self {
            chosen: Vec::new(),
            write: false,
            seed: generator::SEED,
            rounds: 3,
            tickets: set("ANNALS_BENCH_TICKETS")?,
            events: set("ANNALS_BENCH_EVENTS")?.try_into()?,
        };
        for argument in std::env::args().skip(1) {
            match argument.as_str() {
                "--write" => run.write = true,
                // What cargo adds of its own.
                "--bench" => {}
                name if ALL.iter().any(|(known, _)| *known == name) => {
                    run.chosen.push(name.to_owned())
                }
                other => {
                    let all = ALL.map(|(name, _)| name).join(" ");
                    return Err(format!("{other} is not one of: {all} --write").into());
                }
            }
        }
        Ok(run)
    }

    fn is_chosen(&self, name: &str) -> bool {
        self.chosen.is_empty() || self.chosen.iter().any(|chosen| chosen == name)
    }

    /// A seed of its own for each client of each measurement.
    pub(crate) fn seed_of(&self, salt: u64, client: u64) -> u64 {
        self.seed.wrapping_mul(1_000_003).wrapping_add(salt * 1_000 + client)
    }
}

/// A million, unless the environment wants a quicker try, or a longer one.
#[expect(clippy::disallowed_methods, reason = "the settings of the benchmarks")]
fn set(name: &str) -> Result<u64, Fault> {
    match std::env::var(name) {
        Ok(count) => Ok(count.parse()?),
        Err(_) => Ok(1_000_000),
    }
}

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    match runtime.map_err(Fault::from).and_then(|runtime| runtime.block_on(measure())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("bench: {fault}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything could be measured.
async fn measure() -> Result<bool, Fault> {
    let run = Run::from_arguments()?;
    let began = Instant::now();
    let ground = Ground::open().await?;
    let postgres = ground.version().await?;
    let mut sections = Vec::new();
    let mut complete = true;
    for (name, unit) in ALL.iter().filter(|(name, _)| run.is_chosen(name)) {
        eprintln!("{name}");
        let mut section = Section::new(name, unit);
        section.load[0] = machine::load();
        if let Err(fault) = one(&run, &ground, &mut section).await {
            complete = false;
            section.note(format!("**Could not be measured to the end**: {fault}"));
        }
        section.load[1] = machine::load();
        sections.push(section);
    }
    ground.close().await?;
    let chosen = if run.chosen.is_empty() {
        String::new()
    } else {
        format!(" ARGS=\"{}\"", run.chosen.join(" "))
    };
    let conditions = Conditions {
        postgres,
        date: clock::now().format("%Y-%m-%d").to_string(),
        seed: run.seed,
        arguments: chosen,
        minutes: began.elapsed().as_secs_f64() / 60.0,
    };
    let report = conditions.report(&sections);
    println!("{report}");
    if run.write {
        report::write(&report)?;
    }
    Ok(complete)
}

async fn one(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    match section.name {
        "append" => append::run(run, ground, section).await,
        "open" => open::run(run, ground, section).await,
        "visible" => visible::run(run, ground, section).await,
        "rebuild" => rebuild::run(run, ground, section).await,
        "query" => query::run(run, ground, section).await,
        "sla" => sla::run(run, ground, section).await,
        "verify" => verify::run(run, ground, section).await,
        "proof" => proof::run(run, ground, section).await,
        "import" => import::run(run, ground, section).await,
        "items" => items::run(run, ground, section).await,
        "access" => access::run(run, ground, section).await,
        "footprint" => footprint::run(run, ground, section).await,
        other => Err(format!("{other} is not known").into()),
    }
}
