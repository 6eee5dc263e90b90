//! Rename: the subject has another name.

use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};
use crate::subject::event::{Renamed, SubjectEvent};
use crate::subject::refusal::SubjectRefusal;
use crate::subject::state::Subject;

/// B2. A subject may have another unique name. The same name again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Rename {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
}

impl Rename {
    pub(in crate::subject) fn decide(
        self,
        subject: &Subject,
        _cx: &Context,
    ) -> Result<Vec<SubjectEvent>, SubjectRefusal> {
        let body = subject.body()?;
        let name = text::line(&self.name, NAME_MAX).map_err(SubjectRefusal::NameUnfit)?;
        if body.name == name {
            return Ok(vec![]);
        }
        Ok(vec![SubjectEvent::Renamed(Renamed { name })])
    }
}
