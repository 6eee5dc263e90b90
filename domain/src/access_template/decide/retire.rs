//! Retire: nothing is granted by the template any more.

use crate::access_template::event::{AccessTemplateEvent, Retired};
use crate::access_template::refusal::AccessTemplateRefusal;
use crate::access_template::state::AccessTemplate;
use crate::kernel::Context;

/// AT5. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::access_template) fn decide(
        self,
        template: &AccessTemplate,
        _cx: &Context,
    ) -> Result<Vec<AccessTemplateEvent>, AccessTemplateRefusal> {
        if template.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![AccessTemplateEvent::Retired(Retired {})])
    }
}
