//! Retire: no new ticket is about the subject.

use crate::kernel::Context;
use crate::subject::event::{Retired, SubjectEvent};
use crate::subject::refusal::SubjectRefusal;
use crate::subject::state::Subject;

/// B4. A subject is retired and keeps its name. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::subject) fn decide(
        self,
        subject: &Subject,
        _cx: &Context,
    ) -> Result<Vec<SubjectEvent>, SubjectRefusal> {
        if subject.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![SubjectEvent::Retired(Retired {})])
    }
}
