//! Change priority matrix: what impact and urgency mean.

use crate::kernel::Context;
use crate::settings::event::{PriorityMatrixChanged, SettingsEvent};
use crate::settings::matrix::PriorityMatrix;
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::Settings;

/// C2. Impact and urgency mean other priorities. The same matrix again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePriorityMatrix {
    /// Impact and urgency to priority.
    pub matrix: PriorityMatrix,
}

impl ChangePriorityMatrix {
    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        _cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        if settings.established()?.matrix == self.matrix {
            return Ok(vec![]);
        }
        let changed = PriorityMatrixChanged { priority_matrix: self.matrix };
        Ok(vec![SettingsEvent::PriorityMatrixChanged(changed)])
    }
}
