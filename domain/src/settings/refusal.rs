//! The settings' business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on the settings is refused. The variant's name is the code.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SETTINGS_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SettingsRefusal {
    /// C1: other settings are in force.
    #[error("the settings are established already")]
    Established,
    /// C1: none are in force yet.
    #[error("the settings are not established yet")]
    NotEstablished,
    /// C3
    #[error("tickets close 0 to 365 days after their resolution")]
    CloseAfterUnfit,
    /// C3
    #[error("tickets may be reopened for 0 to 3650 days after closing")]
    ReopenUnfit,
    /// C4
    #[error("there is at least one language, and none twice")]
    LanguagesUnfit,
    /// C5
    #[error("the largest file has 1 to 26214400 bytes")]
    MaxBytesUnfit,
    /// C5
    #[error("there are at most 100 media types, such as image/png, of at most 100 characters")]
    MediaTypesUnfit,
    /// C6
    #[error("this unit takes no tickets")]
    UnitUnfit,
    /// C8
    #[error("there is no such plan")]
    PlanUnknown,
    /// C9
    #[error("a sample is 0 to 100 percent")]
    SampleUnfit {
        /// Of which sample: surveyPercent or checkPercent.
        sample: &'static str,
    },
    /// C9
    #[error("a survey is open for 1 to 365 days")]
    SurveyDaysUnfit,
    /// C9
    #[error("a checklist has 1 to 20 different questions of weight 1 to 100")]
    ChecklistUnfit,
    /// C9
    #[error("question {fault}")]
    QuestionUnfit {
        /// Which, counted from 0.
        index: usize,
        /// Why.
        fault: TextFault,
    },
}

impl Refusal for SettingsRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Established | Self::NotEstablished => None,
            Self::CloseAfterUnfit => Some("closeAfterDays"),
            Self::ReopenUnfit => Some("reopenAfterCloseDays"),
            Self::LanguagesUnfit => Some("languages"),
            Self::MaxBytesUnfit => Some("maxBytes"),
            Self::MediaTypesUnfit => Some("mediaTypes"),
            Self::UnitUnfit => Some("unitId"),
            Self::PlanUnknown => Some("sla"),
            Self::SampleUnfit { .. }
            | Self::SurveyDaysUnfit
            | Self::ChecklistUnfit
            | Self::QuestionUnfit { .. } => Some("quality"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        let place = |place: String| BTreeMap::from([("place", json!(format!("quality.{place}")))]);
        match self {
            Self::SampleUnfit { sample } => place((*sample).to_owned()),
            Self::SurveyDaysUnfit => place("surveyDays".to_owned()),
            Self::ChecklistUnfit => place("checklist".to_owned()),
            Self::QuestionUnfit { index, .. } => place(format!("checklist[{index}].question")),
            _ => BTreeMap::new(),
        }
    }
}
