//! C1

use super::{after, established};
use crate::kernel::{Command, Refusal};
use crate::settings::command::Establish;
use crate::settings::{Policy, PriorityMatrix, Settings, SettingsCommand, SettingsRefusal};
use crate::ticket::Priority;

fn establish(policy: Policy) -> SettingsCommand {
    SettingsCommand::Establish(Establish { policy })
}

#[test]
fn c1_the_first_start_establishes_what_is_shipped() {
    let settings = after([]).when(establish(Policy::shipped())).then([established()]).state();
    assert_eq!(settings.0.as_deref(), Some(&Policy::shipped()));
    assert_eq!(Settings::default().policy(), Policy::shipped());
    assert!(SettingsCommand::claims(&Settings::default(), &established()).is_empty());
}

#[test]
fn c1_the_same_again_changes_nothing_and_others_are_refused() {
    after([established()]).when(establish(Policy::shipped())).nothing();
    let other = Policy { matrix: PriorityMatrix([[Priority::Low; 3]; 3]), ..Policy::shipped() };
    assert_eq!(SettingsRefusal::Established.code(), "SETTINGS_ESTABLISHED");
    after([established()]).when(establish(other)).refused(SettingsRefusal::Established);
}
