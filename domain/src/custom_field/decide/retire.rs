//! Retire: the field is not filled in any more.

use crate::custom_field::event::{CustomFieldEvent, Retired};
use crate::custom_field::refusal::CustomFieldRefusal;
use crate::custom_field::state::CustomField;
use crate::kernel::Context;

/// F4. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::custom_field) fn decide(
        self,
        field: &CustomField,
        _cx: &Context,
    ) -> Result<Vec<CustomFieldEvent>, CustomFieldRefusal> {
        if field.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![CustomFieldEvent::Retired(Retired {})])
    }
}
