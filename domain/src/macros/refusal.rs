//! The macro's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a macro is refused. The variant's name is the code: `MACRO_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "MACRO_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum MacroRefusal {
    /// M1: no such macro.
    #[error("there is no such macro")]
    NotFound,
    /// M1: defined already.
    #[error("the macro exists already")]
    Exists,
    /// M4
    #[error("the macro is retired")]
    Retired,
    /// M1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// M1, M2
    #[error("tickets and macros are those of open departments and support units")]
    UnitUnfit,
    /// M2
    #[error("a macro has 1 to {max} steps", max = super::decide::STEPS_MAX)]
    StepsUnfit,
    /// M2
    #[error("a text of step {step} {fault}")]
    StepTextUnfit {
        /// Which one, counted from 1.
        step: usize,
        /// What is wrong with it.
        fault: TextFault,
    },
}

impl Refusal for MacroRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::Retired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::UnitUnfit => Some("unitId"),
            Self::StepsUnfit | Self::StepTextUnfit { .. } => Some("steps"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::StepTextUnfit { step, .. } => BTreeMap::from([("step", json!(step))]),
            _ => BTreeMap::new(),
        }
    }
}
