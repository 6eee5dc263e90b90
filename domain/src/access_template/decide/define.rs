//! Define: there is another template.

use super::fit;
use crate::access_template::event::{AccessTemplateEvent, Definition};
use crate::access_template::refusal::AccessTemplateRefusal;
use crate::access_template::state::AccessTemplate;
use crate::kernel::Context;

/// AT1 to AT4. A template is defined once, as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// What it is to be.
    pub definition: Definition,
}

impl Define {
    pub(in crate::access_template) fn decide(
        self,
        template: &AccessTemplate,
        cx: &Context,
    ) -> Result<Vec<AccessTemplateEvent>, AccessTemplateRefusal> {
        if template.0.is_some() {
            return Err(AccessTemplateRefusal::Exists);
        }
        let wanted = fit(self.definition, cx)?;
        Ok(vec![AccessTemplateEvent::Defined(Box::new(wanted))])
    }
}
