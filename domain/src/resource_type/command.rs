//! The resource type's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::ResourceTypeEvent;
use super::refusal::ResourceTypeRefusal;
use super::state::ResourceType;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context};

/// What can be asked of a resource type.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum ResourceTypeCommand {
    Define(Define),
    Redefine(Redefine),
    Retire(Retire),
}

impl Command for ResourceTypeCommand {
    type State = ResourceType;
    type Event = ResourceTypeEvent;
    type Refusal = ResourceTypeRefusal;

    fn decide(
        self,
        resource: &ResourceType,
        cx: &Context,
    ) -> Result<Vec<ResourceTypeEvent>, ResourceTypeRefusal> {
        match self {
            Self::Define(c) => c.decide(resource, cx),
            Self::Redefine(c) => c.decide(resource, cx),
            Self::Retire(c) => c.decide(resource, cx),
        }
    }

    fn claims(before: &ResourceType, event: &ResourceTypeEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::Plain);
        let wanted = match event {
            ResourceTypeEvent::Defined(e) => Some(ClaimKey::Plain(e.full_name())),
            ResourceTypeEvent::Redefined(_) => held.clone(),
            ResourceTypeEvent::Retired(_) => None,
        };
        ClaimChange::exchange("resource_type.name", held, wanted)
    }
}
