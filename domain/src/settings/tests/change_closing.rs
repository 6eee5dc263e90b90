//! C3

use super::{after, established, needs_settings};
use crate::kernel::Refusal;
use crate::settings::command::ChangeClosing;
use crate::settings::event::ClosingChanged;
use crate::settings::{SettingsCommand, SettingsEvent, SettingsRefusal};

fn change(close_after_days: u16, reopen_after_close_days: u16) -> SettingsCommand {
    SettingsCommand::ChangeClosing(ChangeClosing { close_after_days, reopen_after_close_days })
}

#[test]
fn c3_times_change_within_their_bounds() {
    for (close_after_days, reopen_after_close_days) in [(0, 0), (365, 3_650)] {
        let changed = ClosingChanged { close_after_days, reopen_after_close_days };
        let settings = after([established()])
            .when(change(close_after_days, reopen_after_close_days))
            .then([SettingsEvent::ClosingChanged(changed)])
            .state();
        let policy = settings.policy();
        let days = (policy.close_after_days, policy.reopen_after_close_days);
        assert_eq!(days, (close_after_days, reopen_after_close_days));
    }
    after([established()]).when(change(3, 0)).nothing();
    needs_settings(change(3, 0));
}

#[test]
fn c3_and_not_beyond() {
    after([established()]).when(change(366, 0)).refused(SettingsRefusal::CloseAfterUnfit);
    after([established()]).when(change(0, 3_651)).refused(SettingsRefusal::ReopenUnfit);
    assert_eq!(SettingsRefusal::CloseAfterUnfit.field(), Some("closeAfterDays"));
    assert_eq!(SettingsRefusal::ReopenUnfit.field(), Some("reopenAfterCloseDays"));
}
