//! Establish: the first settings.

use crate::kernel::Context;
use crate::settings::event::{Established, SettingsEvent};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::{Policy, Settings};

/// C1. The first start establishes the settings; doing it again with the same ones changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Establish {
    /// The settings.
    pub policy: Policy,
}

impl Establish {
    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        _cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        match settings.0.as_deref() {
            Some(current) if *current == self.policy => Ok(vec![]),
            Some(_) => Err(SettingsRefusal::Established),
            None => Ok(vec![SettingsEvent::Established(Established {
                priority_matrix: self.policy.matrix,
                reopen_after_close_days: self.policy.reopen_after_close_days,
            })]),
        }
    }
}
