//! The command line of `replay`.

mod compliance;
mod evidence;
mod history;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{DateTime, Utc};
use clap::{Args, CommandFactory, Parser, Subcommand};
use domain::kernel::text::{REASON_MAX, required};
use domain::ticket::Priority;
use journal::postgres::cluster::{Purpose, keeper_main};
use journal::postgres::deployment::Place;

use crate::command;
use crate::failure::Failure;
use crate::moment::Moment;

use compliance::COMPLIANCE_EXAMPLES;
pub(crate) use compliance::ComplianceReport;
use evidence::{
    ARCHIVE_EXAMPLES, EXPORT_EXAMPLES, IMPORT_EXAMPLES, PROVE_EXAMPLES, VERIFY_EXAMPLES,
};
pub(crate) use evidence::{Archive, Export, Import, Prove, Verify};
use history::{
    AS_OF_EXAMPLES, DIFF_EXAMPLES, STATS_EXAMPLES, TIMELINE_EXAMPLES, WHO_COULD_EXAMPLES,
};
pub(crate) use history::{AsOf, By, Diff, Of, Stats, Timeline, WhoCould};

const EXAMPLES: &str = "\
Examples:
  replay verify
  replay export evidence --ticket INC-1042
  replay verify --bundle evidence --policy trusted
  replay rebuild all --data-dir /srv/annals
  replay timeline INC-1042 --json
  replay as-of 2016-03-15T12:00:00Z --occurred tickets --summary

Exit codes:
  0  sound, or answered
  1  the history or a view is not what it should be; the first bad position is named
  2  asked for wrongly
  3  incomplete: it could not be read to the end, which never counts as sound

With DATABASE_URL in the environment that PostgreSQL is read instead of the private one.";

const SLA_REPORT_EXAMPLES: &str = "\
Examples:
  replay sla-report --unit 'Service Desk' --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z
  replay sla-report --unit 'Service Desk' --from … --to … --at 1200          after position 1200
  replay sla-report --unit 'Service Desk' --from … --to … --csv > march.csv  every ticket of it";

const LETTERS_EXAMPLES: &str = "\
Examples:
  replay dead-letters list
  replay dead-letters list tickets --all --json
  replay dead-letters retry 12
  replay dead-letters resolve 12 --reason 'a damaged row'
  replay dead-letters discard 12 --reason 'written by a foreign tool'";
const REBUILD_EXAMPLES: &str = "\
Examples:
  replay rebuild tickets --workers 8
  replay rebuild tickets --resume        after Ctrl-C, a crash or an error
  replay rebuild tickets --cancel        from elsewhere; nothing live was touched
  replay rollback tickets                the tables of before, within a day";

const WHAT_IF_EXAMPLES: &str = "\
Examples:
  replay what-if --plan gold.json --from 2026-01-01T00:00:00Z --to 2026-04-01T00:00:00Z
  replay what-if --calendar office.json --from 2026-01-01T00:00:00Z --to 2026-04-01T00:00:00Z
  replay what-if --plan gold.json --calendar office.json --from … --to … --unit 'Service Desk' --csv

The files hold the inputs of slaPlanDefine and calendarDefine. A clock of the plan names its
calendar by calendarId, or by its name as \"calendar\": the other file's, or one that is there.";

/// Proves and replays the history of an Annals deployment, without a server.
#[derive(Debug, Parser)]
#[command(name = "replay", version, after_help = EXAMPLES)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Common {
    /// Folder of the private PostgreSQL and the wrapping key
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "ANNALS_DATA_DIR",
        default_value = "./.annals"
    )]
    data_dir: PathBuf,
    /// Print one JSON object a line, keys sorted
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prove that the history is what was recorded and signed, and that every view tells it
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Verify),
    /// Write the history, or a part of it, into a folder that anybody can check by themselves
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Write what was signed since the last time into an archive: a folder more, and none is changed
    #[command(after_help = ARCHIVE_EXAMPLES)]
    Archive(Archive),
    /// Bring a whole history out of such a folder into a new deployment
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(Import),
    /// Write the proof of one event as a file
    #[command(after_help = PROVE_EXAMPLES)]
    Prove(Prove),
    /// Make views anew beside the live ones, compare and swap
    #[command(after_help = REBUILD_EXAMPLES)]
    Rebuild(Rebuild),
    /// Compare a view with what the history says, row by row
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Put the tables that a view's last rebuild replaced back, within a day
    Rollback {
        /// A view
        name: String,
    },
    /// List the last rebuilds, whoever asked for them
    Jobs,
    /// Tell who did what to a ticket, when and why
    #[command(after_help = TIMELINE_EXAMPLES)]
    Timeline(Timeline),
    /// Tell how it stood then
    #[command(after_help = AS_OF_EXAMPLES)]
    AsOf(AsOf),
    /// Tell who could do something then, and by which grants
    #[command(after_help = WHO_COULD_EXAMPLES)]
    WhoCould(WhoCould),
    /// Count events, streams and bytes
    #[command(after_help = STATS_EXAMPLES)]
    Stats(Stats),
    /// Tell how a unit kept its service levels in a period, from the events alone
    #[command(after_help = SLA_REPORT_EXAMPLES)]
    SlaReport(SlaReport),
    /// Tell who came and went, who was given what by whose yes, and which rules changed in a period
    #[command(after_help = COMPLIANCE_EXAMPLES)]
    ComplianceReport(ComplianceReport),
    /// Tell which tickets would be breached or met under another plan or calendar
    #[command(after_help = WHAT_IF_EXAMPLES)]
    WhatIf(WhatIf),
    /// Tell how far each view is behind the history
    Projections,
    /// Tell which events a view could not apply, and decide about them
    #[command(after_help = LETTERS_EXAMPLES)]
    DeadLetters {
        #[command(subcommand)]
        letters: Letters,
    },
    /// Print a shell completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual, or its page on one command, for man
    Man {
        /// Which command, such as verify; absent: what there is
        command: Option<String>,
    },
    /// Own the private PostgreSQL of a folder (started by the others)
    #[command(hide = true)]
    Keeper {
        /// The folder
        folder: PathBuf,
        /// What the cluster is for
        purpose: Purpose,
    },
}

/// `rebuild`.
#[derive(Debug, Args)]
pub(crate) struct Rebuild {
    /// A view, or all
    pub(crate) name: String,
    /// How many fill side by side [default: 4]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) workers: Option<u8>,
    /// Go on where the last one stopped
    #[arg(long, conflicts_with = "cancel")]
    pub(crate) resume: bool,
    /// Stop the one that is under way, wherever it runs
    #[arg(long, conflicts_with = "workers")]
    pub(crate) cancel: bool,
}

/// `sla-report`.
#[derive(Debug, Args)]
pub(crate) struct SlaReport {
    /// The unit's name, or its UUID
    #[arg(long, value_name = "NAME")]
    pub(crate) unit: String,
    /// The period's first instant, RFC 3339
    #[arg(long, value_name = "TIME")]
    pub(crate) from: DateTime<Utc>,
    /// The first instant behind the period
    #[arg(long, value_name = "TIME")]
    pub(crate) to: DateTime<Utc>,
    /// As it stood then: RFC 3339, or a position in the log [default: now]
    #[arg(long, value_name = "TIME")]
    pub(crate) at: Option<Moment>,
    /// Print every ticket of it as CSV
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

/// `what-if`.
#[derive(Debug, Args)]
pub(crate) struct WhatIf {
    /// The plan that is supposed: the input of slaPlanDefine as JSON
    #[arg(long, value_name = "FILE", required_unless_present = "calendar")]
    pub(crate) plan: Option<PathBuf>,
    /// The calendar that is supposed: the input of calendarDefine as JSON
    #[arg(long, value_name = "FILE")]
    pub(crate) calendar: Option<PathBuf>,
    /// Tickets opened from then on, RFC 3339
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) from: DateTime<Utc>,
    /// And before then; clocks are read then, or now when that is to come
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) to: DateTime<Utc>,
    /// Tickets of this unit alone, by its name or id
    #[arg(long)]
    pub(crate) unit: Option<String>,
    /// Tickets of this priority alone
    #[arg(long, value_parser = priority)]
    pub(crate) priority: Option<Priority>,
    /// As the log was after this position
    #[arg(long, value_name = "POSITION")]
    pub(crate) at: Option<i64>,
    /// Print the tickets as CSV
    #[arg(long)]
    pub(crate) csv: bool,
}

fn instant(text: &str) -> Result<DateTime<Utc>, &'static str> {
    let at = DateTime::parse_from_rfc3339(text);
    at.map(|at| at.with_timezone(&Utc))
        .map_err(|_| "not an RFC 3339 instant such as 2026-01-01T00:00:00Z")
}

fn priority(text: &str) -> Result<Priority, &'static str> {
    text.to_uppercase().parse().map_err(|_| "the priorities are CRITICAL, HIGH, NORMAL and LOW")
}

/// `dead-letters`.
#[derive(Debug, Subcommand)]
pub(crate) enum Letters {
    /// Those that wait, the newest first
    List {
        /// Of this view alone
        view: Option<String>,
        /// Those that were settled too
        #[arg(long)]
        all: bool,
    },
    /// Try the event again, and those of its stream behind it
    Retry {
        /// As listed
        number: i64,
        /// Why
        #[arg(long, value_parser = reason)]
        reason: Option<String>,
    },
    /// Make the rows of the stream anew from its whole history
    Resolve {
        /// As listed
        number: i64,
        /// Why
        #[arg(long, value_parser = reason)]
        reason: String,
    },
    /// Leave the event out of the view for good, and apply those behind it
    Discard {
        /// As listed
        number: i64,
        /// Why
        #[arg(long, value_parser = reason)]
        reason: String,
    },
}

fn reason(text: &str) -> Result<String, String> {
    required(text, REASON_MAX).map_err(|fault| format!("a reason {fault}"))
}

/// Runs the command line of this process.
pub(crate) fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no faults; clap knows.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let done = match cli.command {
        Command::Keeper { folder, purpose } => {
            let code = keeper_main(&folder, purpose);
            return ExitCode::from(u8::try_from(code).unwrap_or(1));
        }
        Command::Completions { shell } => completions(shell),
        Command::Verify(ask) => run(&cli.common, command::Ask::Verify(ask)),
        Command::Export(ask) => run(&cli.common, command::Ask::Export(ask)),
        Command::Archive(ask) => run(&cli.common, command::Ask::Archive(ask)),
        Command::Import(ask) => run(&cli.common, command::Ask::Import(ask)),
        Command::Prove(ask) => run(&cli.common, command::Ask::Prove(ask)),
        Command::Rebuild(ask) => run(&cli.common, command::Ask::Rebuild(ask)),
        Command::Rollback { name } => run(&cli.common, command::Ask::Rollback(name)),
        Command::Jobs => run(&cli.common, command::Ask::Jobs),
        Command::Man { command } => man(command.as_deref()),
        Command::Diff(ask) => run(&cli.common, command::Ask::Diff(ask)),
        Command::Timeline(ask) => run(&cli.common, command::Ask::Timeline(ask)),
        Command::WhoCould(ask) => run(&cli.common, command::Ask::WhoCould(ask)),
        Command::Stats(ask) => run(&cli.common, command::Ask::Stats(ask)),
        Command::SlaReport(asked) => run(&cli.common, command::Ask::SlaReport(asked)),
        Command::ComplianceReport(asked) => run(&cli.common, command::Ask::ComplianceReport(asked)),
        Command::Projections => run(&cli.common, command::Ask::Projections),
        Command::DeadLetters { letters } => run(&cli.common, command::Ask::DeadLetters(letters)),
        Command::AsOf(as_of) => run(&cli.common, command::Ask::AsOf(as_of)),
        Command::WhatIf(ask) => run(&cli.common, command::Ask::WhatIf(ask)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nobody may be reading; the exit code says it too.
            let _ = writeln!(std::io::stderr(), "replay: {failure}");
            ExitCode::from(failure.code())
        }
    }
}

fn run(common: &Common, ask: command::Ask) -> Result<(), Failure> {
    let place = Place { data_dir: common.data_dir.clone(), database_url: database_url() };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let done = runtime.block_on(command::run(&place, common.json, ask));
    // After an interruption something may still block; the kernel lets go for it.
    runtime.shutdown_background();
    done
}

/// From the environment alone: on a command line everybody would see the password.
fn database_url() -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the configuration of this binary")]
    std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty())
}

fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "replay", &mut script);
    Ok(std::io::stdout().lock().write_all(&script)?)
}

/// A page in the language of man.
fn man(name: Option<&str>) -> Result<(), Failure> {
    let mut all = Cli::command();
    // Builds the names of subcommands as they are called.
    all.build();
    let page = match name {
        None => all,
        Some(name) => {
            let found = all.get_subcommands().find(|it| it.get_name() == name);
            let unknown = || Failure::BadInput(format!("there is no command {name}"));
            let found = found.filter(|it| !it.is_hide_set()).ok_or_else(unknown)?;
            found.clone().display_name(format!("replay-{name}"))
        }
    };
    let mut text = Vec::new();
    clap_mangen::Man::new(page).render(&mut text)?;
    Ok(std::io::stdout().lock().write_all(&text)?)
}
