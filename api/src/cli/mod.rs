//! The command line of `annals`.

mod database_url;
mod erasures;
mod export;
mod import;
mod keeper;
mod log_key;
mod serve;
mod witness;

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand};
use journal::postgres::deployment::DeploymentError;

use crate::boot::config::{Config, Flags};
use crate::boot::{BootError, telemetry};
use crate::workers::cis::{Format, Mode};

/// Everything went well.
const OK: u8 = 0;
/// It failed.
const FAILED: u8 = 1;
/// It was asked for wrongly.
const USAGE: u8 = 2;
/// An import ran to its end, but rows were refused and `--strict` was given.
const REFUSED: u8 = 3;

const EXAMPLES: &str = "\
Examples:
  annals serve --demo
  annals serve --data-dir /srv/annals --listen 0.0.0.0:8080
  annals import incident-log history.csv.gz --dry-run
  annals import commands history.ndjson.gz
  annals export tickets --format xlsx --where 'state=OPEN' --output open.xlsx
  psql \"$(annals database-url)\"          while a server runs";

const LINE: &str = "\
A line:
  {\"at\": \"2026-03-02T08:00:00Z\", \"actor\": \"agent1\", \"mutation\": \"ticketOpen\",
   \"input\": {\"kind\": \"INCIDENT\", \"title\": \"No network\"}, \"ref\": \"T1\"}
A value \"$T1\" in a later input stands for the id of what that line made.";

const ITEMS: &str = "\
Lines:
  {\"class\": \"Server\", \"key\": {\"name\": \"srv1\", \"organization\": \"Demo\"},
   \"attributes\": {\"ram\": \"64 GB\"}}
  {\"relation\": \"depends_on\", \"from\": {\"class\": \"ApplicationSolution\", \"key\": {…}},
   \"to\": {\"class\": \"Server\", \"key\": {…}}}";

const ROTATION: &str = "\
Several machines:
  annals rotate-master-key --begin     on one of them
  copy master.key to the others
  annals rotate-master-key --finish    then copy master.key once more";

/// IT service management whose every answer can be traced to the events that made it.
#[derive(Debug, Parser)]
#[command(name = "annals", version, after_help = EXAMPLES)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Common {
    /// Folder of the private PostgreSQL and the wrapping key [default: ./.annals]
    #[arg(long, global = true, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// TOML file with settings; the environment (ANNALS_…) and flags go before it
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the GraphQL API, until it is told to stop
    Serve(ServeArgs),
    /// Bring the database up to this version, and stop
    Migrate,
    /// Bring history in from another desk
    #[command(subcommand)]
    Import(ImportCommand),
    /// Write a whole read model into a file, all of one instant
    #[command(after_help = CONDITIONS)]
    Export(ExportArgs),
    /// Print a connection string of the database
    DatabaseUrl {
        /// The owner's instead of the application's
        #[arg(long)]
        superuser: bool,
    },
    /// Make the key that is to sign the log from now on, and print its public half
    RotateLogKey,
    /// Witness the logs of others: sign their checkpoints as long as each continues the one before
    #[command(after_help = WITNESSING)]
    Witness(WitnessArgs),
    /// Erase again, in a database that was restored, whoever was erased; nothing else may run
    ReplayErasures,
    /// Let another key wrap all data keys, while everything goes on
    #[command(after_help = ROTATION)]
    RotateMasterKey {
        /// Only let the new key wrap what comes; the one before still opens
        #[arg(long, conflicts_with = "finish")]
        begin: bool,
        /// Only wrap again what is there, and forget the key before
        #[arg(long)]
        finish: bool,
    },
    /// Print the GraphQL schema
    Schema,
    /// Print a shell completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Own the private PostgreSQL of a folder (started by the others)
    #[command(hide = true)]
    Keeper {
        /// The folder
        folder: PathBuf,
        /// What the cluster is for
        purpose: String,
    },
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// Seed the demo organisation and print its accounts
    #[arg(long)]
    demo: bool,
    /// Where to listen [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Offer GraphiQL at /graphiql, as --demo does
    #[arg(long)]
    graphiql: bool,
    /// A file that holds the current instant, to simulate whole days
    #[arg(long, value_name = "FILE", requires = "demo")]
    test_clock: Option<PathBuf>,
}

const WITNESSING: &str = "\
In the data folder:
  witness/witness.key  its key, made at the first start
  witness/logs/        the policies of the logs to witness, a file each, as Annals writes log/policy
  witness/seen/        the checkpoint of each log that it signed last";

#[derive(Debug, Args)]
struct WitnessArgs {
    /// What it is called, such as witness.example.org/audit; needed for the first start
    #[arg(long)]
    name: Option<String>,
    /// Where to listen
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
}

#[derive(Debug, Subcommand)]
enum ImportCommand {
    /// An incident log: one row an update of an incident
    IncidentLog(IncidentLogArgs),
    /// Commands of any other desk: one JSON object a line, each a mutation at its instant
    #[command(after_help = LINE)]
    Commands(CommandsArgs),
    /// Configuration items: lines of JSON, a table, or the inventory of an agent
    #[command(after_help = ITEMS)]
    Cis(CisArgs),
}

#[derive(Debug, Args)]
struct IncidentLogArgs {
    /// Comma-separated text with a header; .gz is unpacked
    file: PathBuf,
    /// Decide everything, store nothing
    #[arg(long)]
    dry_run: bool,
    /// Exit with 3 when a row was refused
    #[arg(long)]
    strict: bool,
    /// Where odd and refused rows are listed, one JSON object a line
    #[arg(long, value_name = "FILE", default_value = "incident-log.report.ndjson")]
    report: PathBuf,
    /// The service level plan that measures the tickets of this import; else none does
    #[arg(long, value_name = "NAME")]
    plan: Option<String>,
}

const CONDITIONS: &str = "\
Conditions:
  column=value, also != < <= > >= and ~ (contains), joined by and
  --where \"state=OPEN and created_at>=2026-01-01T00:00:00Z and title~'no network'\"
null without quotes is nothing at all; a quote within quotes is written twice.";

#[derive(Debug, Args)]
struct ExportArgs {
    /// What of; --list names all
    #[arg(required_unless_present = "list")]
    name: Option<String>,
    /// Print what can be exported, and stop
    #[arg(long)]
    list: bool,
    /// As what
    #[arg(long, value_enum, default_value_t = crate::exporting::Format::Csv)]
    format: crate::exporting::Format,
    /// Only rows that meet these conditions
    #[arg(long = "where", value_name = "EXPR")]
    filter: Option<String>,
    /// The file, which is there when it is whole [default: standard output]
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct CommandsArgs {
    /// One JSON object a line; .gz is unpacked
    file: PathBuf,
    /// Look whether lines fit the schema, whether refs and actors are known; store nothing, and ask
    /// no rule of the desk: those depend on what the lines before have made
    #[arg(long)]
    dry_run: bool,
    /// Exit with 3 when a line was refused
    #[arg(long)]
    strict: bool,
    /// Where every line is answered, one JSON object a line
    #[arg(long, value_name = "FILE", default_value = "commands.report.ndjson")]
    report: PathBuf,
}

#[derive(Debug, Args)]
struct CisArgs {
    /// The file; .gz is unpacked
    file: PathBuf,
    /// What it is
    #[arg(long, value_enum)]
    format: Format,
    /// TOML file that says what the columns of a table mean, and whose the items of an inventory are
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Of an inventory: the organisation whose the items are
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// Who says all this [default: import, of an inventory glpi]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// This is all that the source has: what it knows and did not send is missing
    #[arg(long, requires = "source")]
    complete: bool,
    /// What happens when a row is refused
    #[arg(long, value_enum, default_value = "by-row")]
    mode: Mode,
    /// Take what is odd for a fault, and exit with 3 when a row was refused
    #[arg(long)]
    strict: bool,
    /// Do everything, and take it back
    #[arg(long)]
    dry_run: bool,
    /// Where every row is answered, one JSON object a line
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no faults; clap knows.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { USAGE } else { OK });
        }
    };
    if let Command::Keeper { folder, purpose } = &cli.command {
        return keeper::run(folder, purpose);
    }
    let flags = Flags {
        data_dir: cli.common.data_dir.clone(),
        listen: match &cli.command {
            Command::Serve(args) => args.listen,
            _ => None,
        },
    };
    let config = match Config::read(cli.common.config.as_deref(), &flags) {
        Ok(config) => config,
        Err(error) => return said(USAGE, &error),
    };
    telemetry::start_logging(&config);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return said(FAILED, &error),
    };
    runtime.block_on(run(cli.command, config))
}

async fn run(command: Command, config: Config) -> ExitCode {
    match command {
        Command::Serve(args) => serve::run(args, config).await,
        Command::Migrate => database_url::migrate(&config).await,
        Command::Import(command) => import::run(command, config).await,
        Command::Export(args) => export::run(args, config).await,
        Command::DatabaseUrl { superuser } => database_url::run(&config, superuser).await,
        Command::RotateLogKey => log_key::rotate_log_key(&config),
        Command::Witness(args) => witness::run(args, &config).await,
        Command::ReplayErasures => erasures::replay(&config).await,
        Command::RotateMasterKey { begin, finish } => {
            erasures::rotate_master_key(&config, (begin, finish)).await
        }
        Command::Schema => print(&crate::graphql::sdl()),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "annals", &mut script);
            print(&String::from_utf8_lossy(&script))
        }
        Command::Keeper { folder, purpose } => keeper::run(&folder, &purpose),
    }
}

/// Prints to standard output; whoever reads may stop reading.
fn print(text: &str) -> ExitCode {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::from(OK),
        Err(_) => ExitCode::from(FAILED),
    }
}

/// Bad configuration is asked for wrongly; everything else failed.
fn code_of(error: &BootError) -> u8 {
    match error {
        BootError::Deployment(DeploymentError::BadUrl) | BootError::TestClock(_) => USAGE,
        _ => FAILED,
    }
}

/// One sentence to standard error.
fn said(code: u8, error: &dyn std::fmt::Display) -> ExitCode {
    // Nobody may be reading; the exit code says it too.
    let _ = writeln!(std::io::stderr(), "annals: {error}");
    ExitCode::from(code)
}
