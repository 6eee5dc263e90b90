//! Redefine: the template is another one.

use super::fit;
use crate::access_template::event::{AccessTemplateEvent, Definition};
use crate::access_template::refusal::AccessTemplateRefusal;
use crate::access_template::state::AccessTemplate;
use crate::kernel::Context;

/// AT1 to AT5. The template is said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// What it is to be.
    pub definition: Definition,
}

impl Redefine {
    pub(in crate::access_template) fn decide(
        self,
        template: &AccessTemplate,
        cx: &Context,
    ) -> Result<Vec<AccessTemplateEvent>, AccessTemplateRefusal> {
        let body = template.body()?;
        if body.retired {
            return Err(AccessTemplateRefusal::Retired);
        }
        let wanted = fit(self.definition, cx)?;
        if wanted == body.definition {
            return Ok(vec![]);
        }
        Ok(vec![AccessTemplateEvent::Redefined(Box::new(wanted))])
    }
}
