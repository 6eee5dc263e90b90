//! Retire: nobody may do anything with the resources any more.

use super::must_be_theirs;
use crate::kernel::Context;
use crate::resource_type::event::{ResourceTypeEvent, Retired};
use crate::resource_type::refusal::ResourceTypeRefusal;
use crate::resource_type::state::ResourceType;

/// RT5, RT6. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::resource_type) fn decide(
        self,
        resource: &ResourceType,
        cx: &Context,
    ) -> Result<Vec<ResourceTypeEvent>, ResourceTypeRefusal> {
        let body = resource.body()?;
        must_be_theirs(body, cx)?;
        if body.retired {
            return Ok(vec![]);
        }
        Ok(vec![ResourceTypeEvent::Retired(Retired {})])
    }
}
