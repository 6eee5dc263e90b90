//! The template's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::{Content, TemplateEvent};
use super::refusal::TemplateRefusal;
use super::state::Template;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a template.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum TemplateCommand {
    Define(Box<Define>),
    Redefine(Box<Redefine>),
    Retire(Retire),
}

impl Command for TemplateCommand {
    type State = Template;
    type Event = TemplateEvent;
    type Refusal = TemplateRefusal;

    fn needs(&self, _template: &Template) -> Needs {
        let named = |content: &Content| Needs {
            subjects: content.subject.into_iter().collect(),
            units: content.unit.into_iter().collect(),
            ..Needs::default()
        };
        match self {
            Self::Define(c) => named(&c.content),
            Self::Redefine(c) => named(&c.content),
            Self::Retire(_) => Needs::default(),
        }
    }

    fn decide(
        self,
        template: &Template,
        cx: &Context,
    ) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
        match self {
            Self::Define(c) => c.decide(template, cx),
            Self::Redefine(c) => c.decide(template, cx),
            Self::Retire(c) => c.decide(template, cx),
        }
    }

    fn claims(before: &Template, event: &TemplateEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::of_name);
        let wanted = match event {
            TemplateEvent::Defined(e) => Some(e.name.as_str()),
            TemplateEvent::Redefined(e) => Some(e.name.as_str()),
            TemplateEvent::Retired(_) => None,
        };
        ClaimChange::exchange("template.name", held, wanted.map(ClaimKey::of_name))
    }
}
