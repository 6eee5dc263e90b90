//! A plan, for the tests of those who use plans.

use uuid::Uuid;

use super::event::{Clock, Clocks, Defined, Targets, Threshold};
use crate::kernel::SlaPlanId;
use crate::kernel::testing::world::OFFICE;
use crate::sla::{ChangePolicy, PauseState};
use crate::ticket::Priority;

/// It exists.
pub(crate) const PLAN: SlaPlanId = SlaPlanId(Uuid::from_u128(0x51));

/// Three targets for each priority; the deadline counts in office hours and waits with the ticket.
pub(crate) fn definition() -> Defined {
    let targets = |reaction_seconds, work_seconds, deadline_seconds| Targets {
        reaction_seconds,
        work_seconds,
        deadline_seconds,
    };
    let plain = || Clock { calendar: None, pause_states: [].into(), thresholds: at([75, 100]) };
    let deadline = Clock {
        calendar: Some(OFFICE),
        pause_states: [PauseState::Pending].into(),
        thresholds: at([50, 100]),
    };
    Defined {
        name: "Gold".to_owned(),
        policy: ChangePolicy::CarryOver,
        targets: [
            (Priority::Critical, targets(300, 0, 7_200)),
            (Priority::High, targets(600, 3_600, 14_400)),
            (Priority::Normal, targets(1_800, 7_200, 28_800)),
            (Priority::Low, targets(14_400, 28_800, 259_200)),
        ]
        .into(),
        clocks: Clocks { reaction: plain(), work: plain(), deadline },
    }
}

fn at(percents: [u16; 2]) -> Vec<Threshold> {
    percents.map(|percent| Threshold { percent, actions: Vec::new() }).into()
}
