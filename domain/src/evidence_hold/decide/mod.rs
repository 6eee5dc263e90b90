//! One verb a file, and what both of them do.

pub mod lift;
pub mod place;

use super::event::EvidenceHoldEvent;
use super::refusal::EvidenceHoldRefusal;
use crate::kernel::{Personal, text};

/// How long a hold lasts that says its end, in days.
pub(super) const HOLD_MAX_DAYS: i64 = 3_653;

type Decided = Result<Vec<EvidenceHoldEvent>, EvidenceHoldRefusal>;

/// EH4: words that outlive whoever is erased, and whoever says them.
fn fit_why(typed: &str) -> Result<Personal<String>, EvidenceHoldRefusal> {
    text::lasting_reason(typed).map_err(EvidenceHoldRefusal::WhyUnfit)
}
