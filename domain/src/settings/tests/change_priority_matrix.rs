//! C2

use super::{after, established, needs_settings};
use crate::settings::command::ChangePriorityMatrix;
use crate::settings::event::PriorityMatrixChanged;
use crate::settings::{PriorityMatrix, SettingsCommand, SettingsEvent};
use crate::ticket::Priority;

fn change(matrix: PriorityMatrix) -> SettingsCommand {
    SettingsCommand::ChangePriorityMatrix(ChangePriorityMatrix { matrix })
}

#[test]
fn c2_the_matrix_changes_as_a_whole() {
    let low = PriorityMatrix([[Priority::Low; 3]; 3]);
    let changed = PriorityMatrixChanged { priority_matrix: low.clone() };
    let changed = SettingsEvent::PriorityMatrixChanged(changed);
    let settings = after([established()]).when(change(low.clone())).then([changed]).state();
    assert_eq!(settings.policy().matrix, low);
    after([established()]).when(change(PriorityMatrix::SHIPPED)).nothing();
    needs_settings(change(low));
}
