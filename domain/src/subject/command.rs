//! The subject's verbs: a table of contents.

pub use super::decide::create::Create;
use super::event::SubjectEvent;
use super::refusal::SubjectRefusal;
use super::state::Subject;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context};

/// What can be asked of a subject.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SubjectCommand {
    Create(Create),
}

impl Command for SubjectCommand {
    type State = Subject;
    type Event = SubjectEvent;
    type Refusal = SubjectRefusal;

    fn decide(self, subject: &Subject, cx: &Context) -> Result<Vec<SubjectEvent>, SubjectRefusal> {
        match self {
            Self::Create(c) => c.decide(subject, cx),
        }
    }

    fn claims(event: &SubjectEvent) -> Vec<ClaimChange> {
        let SubjectEvent::Created(created) = event else { return Vec::new() };
        let key = ClaimKey::Plain(created.name.to_lowercase());
        vec![ClaimChange::Hold { scope: "subject.name", key }]
    }
}
