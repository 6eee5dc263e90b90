//! Create: something tickets can be about.

use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};
use crate::subject::event::{Created, SubjectEvent};
use crate::subject::refusal::SubjectRefusal;
use crate::subject::state::Subject;

/// B1. A subject is created once, with a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Create {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
}

impl Create {
    pub(in crate::subject) fn decide(
        self,
        subject: &Subject,
        _cx: &Context,
    ) -> Result<Vec<SubjectEvent>, SubjectRefusal> {
        if subject.0.is_some() {
            return Err(SubjectRefusal::Exists);
        }
        let name = text::line(&self.name, NAME_MAX).map_err(SubjectRefusal::NameUnfit)?;
        Ok(vec![SubjectEvent::Created(Created { name })])
    }
}
