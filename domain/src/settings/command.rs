//! The settings' verbs: a table of contents.

pub use super::decide::establish::Establish;
use super::event::SettingsEvent;
use super::refusal::SettingsRefusal;
use super::state::Settings;
use crate::kernel::{Command, Context};

/// What can be asked of the settings.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SettingsCommand {
    Establish(Establish),
}

impl Command for SettingsCommand {
    type State = Settings;
    type Event = SettingsEvent;
    type Refusal = SettingsRefusal;

    fn decide(
        self,
        settings: &Settings,
        cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        match self {
            Self::Establish(c) => c.decide(settings, cx),
        }
    }
}
