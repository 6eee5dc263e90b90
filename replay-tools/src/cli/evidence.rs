//! What is asked of evidence: verified, exported, imported, proven.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::{ArgGroup, Args};
use uuid::Uuid;

use super::instant;

pub(super) const VERIFY_EXAMPLES: &str = "\
Examples:
  replay verify                                        with what is signed in the data folder
  replay verify --since kept.checkpoint                and with a checkpoint of your own
  replay verify --policy trusted --checkpoints copy    and with your own copies of both
  replay verify --resume so-far                        and again, after an interruption
  replay verify --bundle evidence --policy trusted     a folder of replay export, without a database
  replay verify --proof 57.proof --event 57.json --policy trusted
  replay verify --receipt kept.receipt                 is what was acknowledged in the signed log?
  replay verify --report q1.json                       a compliance report, counted again from the log";

pub(super) const EXPORT_EXAMPLES: &str = "\
Examples:
  replay export evidence --all
  replay export evidence --ticket INC-1042
  replay export sampled --report q1.json               what its sample drew
  replay export march --from 2026-03-01T00:00:00Z --to 2026-04-01T00:00:00Z";

pub(super) const ARCHIVE_EXAMPLES: &str = "\
Examples:
  replay archive /srv/archive                          every night
  replay verify --bundle /srv/archive --policy trusted
  replay import /srv/archive --data-dir new --policy trusted";

pub(super) const IMPORT_EXAMPLES: &str = "\
Examples:
  annals migrate --data-dir new
  replay import evidence --data-dir new --policy trusted
  replay verify --data-dir new";

pub(super) const PROVE_EXAMPLES: &str = "\
Examples:
  replay prove 57 --out 57.proof --event 57.json
  replay verify --proof 57.proof --event 57.json --policy trusted";

/// `verify`.
#[derive(Debug, Args)]
pub(crate) struct Verify {
    /// A checkpoint that you kept: the history has to continue it
    #[arg(long, value_name = "FILE", conflicts_with = "proof")]
    pub(crate) since: Option<PathBuf>,
    /// Every checkpoint that was signed [default: log/checkpoints in the data folder]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["bundle", "proof"])]
    pub(crate) checkpoints: Option<PathBuf>,
    /// The keys to trust, as tlog-policy has them [default: log/policy in the data folder; of a bundle
    /// its own]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
    /// Note in this file how far the log was read, and go on from there if it is there; removed at the
    /// end
    #[arg(long, value_name = "FILE", conflicts_with_all = ["bundle", "proof", "report"])]
    pub(crate) resume: Option<PathBuf>,
    /// A folder of replay export or replay archive, in place of the database
    #[arg(long, value_name = "FOLDER")]
    pub(crate) bundle: Option<PathBuf>,
    /// A file of replay prove, in place of the database; of the event or of the receipt
    #[arg(long, value_name = "FILE", conflicts_with = "bundle")]
    pub(crate) proof: Option<PathBuf>,
    /// The event that it proves: a line of an export
    #[arg(long, value_name = "FILE", requires = "proof")]
    pub(crate) event: Option<PathBuf>,
    /// The receipt of an acknowledged event: it has to stand in the signed log
    #[arg(long, value_name = "FILE",
        conflicts_with_all = ["bundle", "event", "since", "checkpoints", "resume", "report"])]
    pub(crate) receipt: Option<PathBuf>,
    /// A compliance report: the log, the bundle or the event has to know it
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// `export`.
#[derive(Debug, Args)]
#[command(group(
    ArgGroup::new("what").required(true).args(["all", "ticket", "ci", "person", "from", "report"])
))]
pub(crate) struct Export {
    /// A new folder, or an empty one
    pub(crate) folder: PathBuf,
    /// Everything: it can be brought into a new deployment
    #[arg(long)]
    pub(crate) all: bool,
    /// A ticket: INC-1042, its name in another system, or its UUID
    #[arg(long, value_name = "NUMBER")]
    pub(crate) ticket: Option<String>,
    /// A configuration item
    #[arg(long, value_name = "UUID")]
    pub(crate) ci: Option<Uuid>,
    /// A person, and whatever they did or had done
    #[arg(long, value_name = "UUID")]
    pub(crate) person: Option<Uuid>,
    /// What was recorded from then on, RFC 3339
    #[arg(long, value_name = "TIME", value_parser = instant, requires = "to")]
    pub(crate) from: Option<DateTime<Utc>>,
    /// And before then
    #[arg(long, value_name = "TIME", value_parser = instant, requires = "from")]
    pub(crate) to: Option<DateTime<Utc>>,
    /// What a compliance report drew as its sample, and that the report was made
    #[arg(long, value_name = "FILE")]
    pub(crate) report: Option<PathBuf>,
}

/// `archive`.
#[derive(Debug, Args)]
pub(crate) struct Archive {
    /// The archive: a folder with one for each time
    pub(crate) folder: PathBuf,
}

/// `import`.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A folder of replay export --all, or of replay archive
    pub(crate) folder: PathBuf,
    /// A checkpoint that you kept: the history has to continue it
    #[arg(long, value_name = "FILE")]
    pub(crate) since: Option<PathBuf>,
    /// The keys to trust, as tlog-policy has them [default: the bundle's own]
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}

/// `prove`.
#[derive(Debug, Args)]
pub(crate) struct Prove {
    /// The event's number in the log
    #[arg(value_name = "POSITION")]
    pub(crate) position: i64,
    /// Where the proof goes: a tlog-proof [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
    /// Where the event goes, as a line of an export
    #[arg(long, value_name = "FILE")]
    pub(crate) event: Option<PathBuf>,
}
