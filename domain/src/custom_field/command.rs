//! The custom field's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::CustomFieldEvent;
use super::refusal::CustomFieldRefusal;
use super::state::CustomField;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context};

/// What can be asked of a custom field.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum CustomFieldCommand {
    Define(Define),
    Redefine(Redefine),
    Retire(Retire),
}

impl Command for CustomFieldCommand {
    type State = CustomField;
    type Event = CustomFieldEvent;
    type Refusal = CustomFieldRefusal;

    fn decide(
        self,
        field: &CustomField,
        cx: &Context,
    ) -> Result<Vec<CustomFieldEvent>, CustomFieldRefusal> {
        match self {
            Self::Define(c) => c.decide(field, cx),
            Self::Redefine(c) => c.decide(field, cx),
            Self::Retire(c) => c.decide(field, cx),
        }
    }

    fn claims(before: &CustomField, event: &CustomFieldEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::of_name);
        let wanted = match event {
            CustomFieldEvent::Defined(e) => Some(e.name.as_str()),
            CustomFieldEvent::Redefined(e) => Some(e.name.as_str()),
            CustomFieldEvent::Retired(_) => None,
        };
        ClaimChange::exchange("custom_field.name", held, wanted.map(ClaimKey::of_name))
    }
}
