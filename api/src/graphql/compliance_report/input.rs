//! What is wished for.

use async_graphql::{Context, InputObject, Result};
use chrono::{DateTime, Utc};
use domain::compliance_report::Draw;

use crate::graphql::context::{PATIENCE, services};
use crate::graphql::error::bad_request;
use crate::graphql::payload::Common;
use crate::graphql::scalar::Position;
use crate::reporting::{ComplianceWish, Period};

/// What is drawn of each population, to be looked into one by one.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ComplianceSampleInput {
    /// Any text of 1 to 100 characters: the same seed draws the same.
    seed: String,
    /// How many: 25 or 40.
    size: u8,
}

/// A report that is to be made, and kept by its hash.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ComplianceReportGenerateInput {
    /// The first instant of the period.
    from: DateTime<Utc>,
    /// The first instant behind it.
    to: DateTime<Utc>,
    /// The last position of the log that is looked at. Absent: the last one there is.
    at: Option<Position>,
    /// What is drawn as a sample. Absent: nothing.
    sample: Option<ComplianceSampleInput>,
    #[graphql(flatten)]
    pub(super) common: Common,
}

/// A wish as clients say it.
pub(super) struct Asked {
    pub(super) period: Period,
    pub(super) at: Option<Position>,
    pub(super) signed: Option<i64>,
    pub(super) sample: Option<ComplianceSampleInput>,
}

impl Asked {
    /// The wish.
    ///
    /// # Errors
    /// Nobody prepared the execution; the position has no number in time.
    pub(super) async fn meant(self, cx: &Context<'_>) -> Result<ComplianceWish> {
        let Self { period, at, signed, sample } = self;
        let at = match at {
            None => None,
            Some(Position::Number(number)) => Some(number),
            Some(Position::Token(token)) => {
                let number = services(cx)?.waiter.number_of(token, PATIENCE).await;
                Some(number.ok_or_else(|| bad_request("the log does not reach this position"))?)
            }
        };
        let sample = sample.map(|ComplianceSampleInput { seed, size }| Draw { seed, size });
        Ok(ComplianceWish { period, at, signed, sample })
    }
}

impl ComplianceReportGenerateInput {
    /// What it asks for.
    pub(super) fn asked(self) -> Asked {
        let Self { from, to, at, sample, common: _ } = self;
        Asked { period: Period { from, to }, at, signed: None, sample }
    }
}
