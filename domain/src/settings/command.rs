//! The settings' verbs: a table of contents.

pub use super::decide::change_attachments::ChangeAttachments;
pub use super::decide::change_closing::ChangeClosing;
pub use super::decide::change_dispatch::ChangeDispatch;
pub use super::decide::change_languages::ChangeLanguages;
pub use super::decide::change_notices::ChangeNotices;
pub use super::decide::change_priority_matrix::ChangePriorityMatrix;
pub use super::decide::change_quality::ChangeQuality;
pub use super::decide::change_sla::ChangeSla;
pub use super::decide::establish::Establish;
use super::event::SettingsEvent;
use super::refusal::SettingsRefusal;
use super::state::Settings;
use crate::kernel::{Command, Context, Needs};

/// What can be asked of the settings.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SettingsCommand {
    Establish(Establish),
    ChangePriorityMatrix(ChangePriorityMatrix),
    ChangeClosing(ChangeClosing),
    ChangeLanguages(ChangeLanguages),
    ChangeAttachments(ChangeAttachments),
    ChangeDispatch(ChangeDispatch),
    ChangeNotices(ChangeNotices),
    ChangeSla(ChangeSla),
    ChangeQuality(ChangeQuality),
}

impl Command for SettingsCommand {
    type State = Settings;
    type Event = SettingsEvent;
    type Refusal = SettingsRefusal;

    fn needs(&self, _settings: &Settings) -> Needs {
        match self {
            Self::ChangeDispatch(c) => c.needs(),
            Self::ChangeSla(c) => c.needs(),
            Self::Establish(_)
            | Self::ChangePriorityMatrix(_)
            | Self::ChangeClosing(_)
            | Self::ChangeLanguages(_)
            | Self::ChangeAttachments(_)
            | Self::ChangeNotices(_)
            | Self::ChangeQuality(_) => Needs::default(),
        }
    }

    fn decide(
        self,
        settings: &Settings,
        cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        match self {
            Self::Establish(c) => c.decide(settings, cx),
            Self::ChangePriorityMatrix(c) => c.decide(settings, cx),
            Self::ChangeClosing(c) => c.decide(settings, cx),
            Self::ChangeLanguages(c) => c.decide(settings, cx),
            Self::ChangeAttachments(c) => c.decide(settings, cx),
            Self::ChangeDispatch(c) => c.decide(settings, cx),
            Self::ChangeNotices(c) => c.decide(settings, cx),
            Self::ChangeSla(c) => c.decide(settings, cx),
            Self::ChangeQuality(c) => c.decide(settings, cx),
        }
    }
}
