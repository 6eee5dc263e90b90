//! C7

use super::{after, established, needs_settings};
use crate::settings::command::ChangeNotices;
use crate::settings::event::NoticesChanged;
use crate::settings::{SettingsCommand, SettingsEvent};

#[test]
fn c7_assignees_hear_of_work_or_do_not() {
    let change = |to_assignees| SettingsCommand::ChangeNotices(ChangeNotices { to_assignees });
    let changed = SettingsEvent::NoticesChanged(NoticesChanged { to_assignees: true });
    let settings = after([established()]).when(change(true)).then([changed]).state();
    assert!(settings.policy().notices_to_assignees);
    after([established()]).when(change(false)).nothing();
    needs_settings(change(true));
}
