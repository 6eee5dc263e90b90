//! Redefine: tickets of a sort start otherwise.

use super::{fit_content, fit_name};
use crate::kernel::Context;
use crate::template::event::{Content, Redefined, TemplateEvent};
use crate::template::refusal::TemplateRefusal;
use crate::template::state::Template;

/// P3. Name and content are said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// What a ticket made from it starts with; texts as they were typed, at most 20 tags.
    pub content: Content,
}

impl Redefine {
    pub(in crate::template) fn decide(
        self,
        template: &Template,
        cx: &Context,
    ) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
        let body = template.body()?;
        if body.retired {
            return Err(TemplateRefusal::Retired);
        }
        let name = fit_name(&self.name)?;
        let content = fit_content(self.content, cx)?;
        if (&name, &content) == (&body.name, &body.content) {
            return Ok(vec![]);
        }
        Ok(vec![TemplateEvent::Redefined(Box::new(Redefined { name, content }))])
    }
}
