//! Given, when, then: one file a verb, one test a rule.

mod define;
mod redefine;
mod retire;

use crate::kernel::testing::world::DESK;
use crate::kernel::testing::{self, Given};
use crate::macros::event::{Defined, Retired};
use crate::macros::{MacroCommand, MacroEvent, MacroStep};

fn given(events: impl IntoIterator<Item = MacroEvent>) -> Given<MacroCommand> {
    testing::given(events)
}

fn tag(tag: &str) -> MacroStep {
    MacroStep::Tag { tag: tag.to_owned() }
}

/// The service desk's, which takes up work and tags it.
fn defined() -> MacroEvent {
    MacroEvent::Defined(Defined {
        name: "Take up".to_owned(),
        unit: Some(DESK),
        steps: vec![MacroStep::StartWork, tag("taken")],
    })
}

fn retired() -> MacroEvent {
    MacroEvent::Retired(Retired {})
}
