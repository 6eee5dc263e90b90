//! Restore: new tickets may be about the subject again.

use crate::kernel::Context;
use crate::subject::event::{Restored, SubjectEvent};
use crate::subject::refusal::SubjectRefusal;
use crate::subject::state::Subject;

/// B4. A retired subject is restored. One that is not retired stays so.
#[derive(Debug, Clone, PartialEq)]
pub struct Restore {}

impl Restore {
    pub(in crate::subject) fn decide(
        self,
        subject: &Subject,
        _cx: &Context,
    ) -> Result<Vec<SubjectEvent>, SubjectRefusal> {
        if !subject.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![SubjectEvent::Restored(Restored {})])
    }
}
