//! Change closing: when tickets close, and how long they may be reopened.

use crate::kernel::Context;
use crate::settings::event::{ClosingChanged, SettingsEvent};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::Settings;

/// Longest wait for an objection: a year.
const CLOSE_AFTER_MAX: u16 = 365;
/// Longest time to reopen: ten years.
const REOPEN_MAX: u16 = 3_650;

/// C3. Resolved tickets close after at most a year, closed ones may be reopened within at most ten.
/// The same times again change nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeClosing {
    /// Days after the resolution in which nobody objects, 0 to 365; then a ticket is closed.
    pub close_after_days: u16,
    /// Days after closing in which a ticket may be reopened, 0 to 3650.
    pub reopen_after_close_days: u16,
}

impl ChangeClosing {
    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        _cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        let policy = settings.established()?;
        let Self { close_after_days, reopen_after_close_days } = self;
        let days = (close_after_days, reopen_after_close_days);
        if (policy.close_after_days, policy.reopen_after_close_days) == days {
            return Ok(vec![]);
        }
        if close_after_days > CLOSE_AFTER_MAX {
            return Err(SettingsRefusal::CloseAfterUnfit);
        }
        if reopen_after_close_days > REOPEN_MAX {
            return Err(SettingsRefusal::ReopenUnfit);
        }
        let changed = ClosingChanged { close_after_days, reopen_after_close_days };
        Ok(vec![SettingsEvent::ClosingChanged(changed)])
    }
}
