//! What a template's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::{Content, TemplateEvent};
use super::refusal::TemplateRefusal;

/// A template: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Template(pub Option<Box<Body>>);

/// A template that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// What a ticket made from it starts with.
    pub content: Content,
    /// Whether no ticket is opened from it any more.
    pub retired: bool,
}

impl Template {
    /// The template, else P1's refusal.
    pub fn body(&self) -> Result<&Body, TemplateRefusal> {
        self.0.as_deref().ok_or(TemplateRefusal::NotFound)
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        self.0.as_deref().filter(|body| !body.retired).map(|body| body.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: TemplateEvent) {
        if let TemplateEvent::Defined(e) = event {
            let (name, content) = (e.name, e.content);
            self.0.get_or_insert_with(|| Box::new(Body { name, content, retired: false }));
            return;
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            TemplateEvent::Defined(_) => {}
            TemplateEvent::Redefined(e) => {
                body.name = e.name;
                body.content = e.content;
            }
            TemplateEvent::Retired(_) => body.retired = true,
        }
    }
}
