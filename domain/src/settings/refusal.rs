//! The settings' business "no".

use crate::kernel::Refusal;

/// Why a command on the settings is refused. The variant's name is the code.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SETTINGS_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SettingsRefusal {
    /// C1: other settings are in force.
    #[error("the settings are established already")]
    Established,
}

impl Refusal for SettingsRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
