//! Change notices: who hears of work on a ticket.

use crate::kernel::Context;
use crate::settings::event::{NoticesChanged, SettingsEvent};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::Settings;

/// C7. Assignees hear of work on a ticket, or do not. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeNotices {
    /// Whether its assignees hear of each start, stop, resolution and reopening.
    pub to_assignees: bool,
}

impl ChangeNotices {
    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        _cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        if settings.established()?.notices_to_assignees == self.to_assignees {
            return Ok(vec![]);
        }
        let changed = NoticesChanged { to_assignees: self.to_assignees };
        Ok(vec![SettingsEvent::NoticesChanged(changed)])
    }
}
