//! What is asked of a compliance report.

use chrono::{DateTime, Utc};
use clap::Args;
use domain::compliance_report::{Draw, words::SAMPLE_SIZES};

use super::instant;

pub(super) const COMPLIANCE_EXAMPLES: &str = "\
Examples:
  replay compliance-report --from 2026-01-01T00:00:00Z --to 2026-04-01T00:00:00Z > q1.json
  replay compliance-report --from … --to … --at 1200 --sample 2026-Q1 > q1.json
  replay compliance-report --from … --to … --html > q1.html         the same, to be printed
  replay verify --report q1.json                                    a report that a server made";

/// `compliance-report`.
#[derive(Debug, Args)]
pub(crate) struct ComplianceReport {
    /// The period's first instant, RFC 3339
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) from: DateTime<Utc>,
    /// The first instant behind the period
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub(crate) to: DateTime<Utc>,
    /// The last position of the log that is looked at [default: the last one there is]
    #[arg(long, value_name = "POSITION")]
    pub(crate) at: Option<i64>,
    /// Leave out checkpoints of larger trees, which were signed later
    #[arg(long, value_name = "SIZE")]
    pub(crate) signed: Option<i64>,
    /// Draw a sample by this seed
    #[arg(long, value_name = "SEED")]
    pub(crate) sample: Option<String>,
    /// How many of each population: 25 or 40
    #[arg(long, value_name = "N", requires = "sample", default_value_t = SAMPLE_SIZES[0])]
    pub(crate) size: u8,
    /// Print a page for people in place of the document
    #[arg(long)]
    pub(crate) html: bool,
}

impl ComplianceReport {
    /// What is to be drawn.
    pub(crate) fn draw(&self) -> Option<Draw> {
        self.sample.clone().map(|seed| Draw { seed, size: self.size })
    }
}
