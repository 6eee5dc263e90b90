//! Given, when, then: one file a verb, one test a rule.

mod change_attachments;
mod change_closing;
mod change_dispatch;
mod change_languages;
mod change_notices;
mod change_priority_matrix;
mod change_quality;
mod change_sla;
mod establish;

use crate::kernel::testing::{self, Given};
use crate::settings::event::Established;
use crate::settings::{PriorityMatrix, SettingsCommand, SettingsEvent, SettingsRefusal};

fn after(events: impl IntoIterator<Item = SettingsEvent>) -> Given<SettingsCommand> {
    testing::given(events)
}

fn established() -> SettingsEvent {
    SettingsEvent::Established(Established {
        priority_matrix: PriorityMatrix::SHIPPED,
        reopen_after_close_days: 0,
    })
}

/// C1: the verb meets no settings that were never established.
fn needs_settings(command: SettingsCommand) {
    after([]).when(command).refused(SettingsRefusal::NotEstablished);
}
