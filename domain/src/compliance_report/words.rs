//! What a report is asked.

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Serialize};

use super::refusal::ComplianceReportRefusal;

/// How many are drawn of a population: what auditors ask for.
pub const SAMPLE_SIZES: [u8; 2] = [25, 40];
/// The longest seed, in characters.
pub const SEED_MAX: usize = 100;

/// What is asked. Whoever asks the same of the same log is told the same, for good.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Question {
    /// The first instant of the period.
    pub from: DateTime<Utc>,
    /// The first one behind it.
    pub to: DateTime<Utc>,
    /// The last position that is looked at.
    pub at: i64,
    /// Checkpoints of larger trees are not looked at: they were signed later.
    pub signed: i64,
    /// What is drawn as a sample; none: nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sample: Option<Draw>,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Draw {
    /// Whatever the auditor chose; 1 to 100 characters.
    pub seed: String,
    /// How many of each population; one of [`SAMPLE_SIZES`].
    pub size: u8,
}

impl Question {
    /// Whether it makes sense of a log that is long enough.
    ///
    /// # Errors
    /// CR2 or CR4: it does not.
    pub fn fits(&self) -> Result<(), ComplianceReportRefusal> {
        let written = |at: DateTime<Utc>| (0..=9_999).contains(&at.year());
        if self.to <= self.from || !written(self.from) || !written(self.to) {
            return Err(ComplianceReportRefusal::PeriodUnfit);
        }
        if self.at < 1 || self.signed < 0 {
            return Err(ComplianceReportRefusal::PositionUnfit);
        }
        if self.sample.as_ref().is_some_and(|draw| !draw.fits()) {
            return Err(ComplianceReportRefusal::SampleUnfit);
        }
        Ok(())
    }
}

impl Draw {
    fn fits(&self) -> bool {
        let visible = !self.seed.chars().any(char::is_control);
        (1..=SEED_MAX).contains(&self.seed.chars().count())
            && visible
            && SAMPLE_SIZES.contains(&self.size)
    }
}
