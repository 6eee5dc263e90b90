//! Define: tickets of a sort start alike.

use super::{fit_content, fit_name};
use crate::kernel::Context;
use crate::template::event::{Content, Defined, TemplateEvent};
use crate::template::refusal::TemplateRefusal;
use crate::template::state::Template;

/// P1, P2. A template is defined once, with a name and what would do for a ticket.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// What a ticket made from it starts with; texts as they were typed, at most 20 tags.
    pub content: Content,
}

impl Define {
    pub(in crate::template) fn decide(
        self,
        template: &Template,
        cx: &Context,
    ) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
        if template.0.is_some() {
            return Err(TemplateRefusal::Exists);
        }
        let name = fit_name(&self.name)?;
        let content = fit_content(self.content, cx)?;
        Ok(vec![TemplateEvent::Defined(Box::new(Defined { name, content }))])
    }
}
