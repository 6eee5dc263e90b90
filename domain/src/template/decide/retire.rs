//! Retire: no ticket is opened from it any more.

use crate::kernel::Context;
use crate::template::event::{Retired, TemplateEvent};
use crate::template::refusal::TemplateRefusal;
use crate::template::state::Template;

/// P4. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::template) fn decide(
        self,
        template: &Template,
        _cx: &Context,
    ) -> Result<Vec<TemplateEvent>, TemplateRefusal> {
        if template.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![TemplateEvent::Retired(Retired {})])
    }
}
