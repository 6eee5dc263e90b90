//! The template's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::AccessTemplateEvent;
use super::refusal::AccessTemplateRefusal;
use super::state::AccessTemplate;
use crate::access::known::AccessNeeds;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a template of grants.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum AccessTemplateCommand {
    Define(Box<Define>),
    Redefine(Box<Redefine>),
    Retire(Retire),
}

impl Command for AccessTemplateCommand {
    type State = AccessTemplate;
    type Event = AccessTemplateEvent;
    type Refusal = AccessTemplateRefusal;

    fn needs(&self, _template: &AccessTemplate) -> Needs {
        AccessNeeds::rules().into()
    }

    fn decide(
        self,
        template: &AccessTemplate,
        cx: &Context,
    ) -> Result<Vec<AccessTemplateEvent>, AccessTemplateRefusal> {
        match self {
            Self::Define(c) => c.decide(template, cx),
            Self::Redefine(c) => c.decide(template, cx),
            Self::Retire(c) => c.decide(template, cx),
        }
    }

    fn claims(before: &AccessTemplate, event: &AccessTemplateEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::of_name);
        let wanted = match event {
            AccessTemplateEvent::Defined(e) | AccessTemplateEvent::Redefined(e) => {
                Some(e.name.as_str())
            }
            AccessTemplateEvent::Retired(_) => None,
        };
        ClaimChange::exchange("access_template.name", held, wanted.map(ClaimKey::of_name))
    }
}
