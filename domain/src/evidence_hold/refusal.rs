//! The hold's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::HOLD_MAX_DAYS;
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a hold is refused. The variant's name is the code: `EVIDENCE_HOLD_TOO_LATE`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "EVIDENCE_HOLD_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum EvidenceHoldRefusal {
    /// EH1: no such hold.
    #[error("there is no such evidence hold")]
    NotFound,
    /// EH1: placed already.
    #[error("the evidence hold exists already")]
    Exists,
    /// EH1
    #[error("there is no such person or ticket")]
    ObjectUnknown,
    /// EH1, EH3
    #[error("reason {0}")]
    WhyUnfit(TextFault),
    /// EH1
    #[error("a hold ends later than now, within {HOLD_MAX_DAYS} days")]
    EndUnfit,
    /// EH2
    #[error("the person is being erased, or is erased")]
    TooLate,
    /// EH3
    #[error("nobody lifts a hold that is on themselves, with no account of theirs")]
    NotOneself,
    /// EH3
    #[error("the hold has come to its end")]
    Over,
}

impl Refusal for EvidenceHoldRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::ObjectUnknown | Self::TooLate => Some("on"),
            Self::WhyUnfit(_) => Some("why"),
            Self::EndUnfit => Some("until"),
            Self::NotFound | Self::Exists | Self::NotOneself | Self::Over => None,
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::EndUnfit => BTreeMap::from([("maxDays", json!(HOLD_MAX_DAYS))]),
            _ => BTreeMap::new(),
        }
    }
}
