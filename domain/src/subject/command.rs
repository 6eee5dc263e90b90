//! The subject's verbs: a table of contents.

pub use super::decide::choose_defaults::ChooseDefaults;
pub use super::decide::create::Create;
pub use super::decide::rename::Rename;
pub use super::decide::restore::Restore;
pub use super::decide::retire::Retire;
use super::event::SubjectEvent;
use super::refusal::SubjectRefusal;
use super::state::Subject;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a subject.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SubjectCommand {
    Create(Create),
    Rename(Rename),
    ChooseDefaults(ChooseDefaults),
    Retire(Retire),
    Restore(Restore),
}

impl Command for SubjectCommand {
    type State = Subject;
    type Event = SubjectEvent;
    type Refusal = SubjectRefusal;

    fn needs(&self, _subject: &Subject) -> Needs {
        match self {
            Self::ChooseDefaults(c) => c.needs(),
            Self::Create(_) | Self::Rename(_) | Self::Retire(_) | Self::Restore(_) => {
                Needs::default()
            }
        }
    }

    fn decide(self, subject: &Subject, cx: &Context) -> Result<Vec<SubjectEvent>, SubjectRefusal> {
        match self {
            Self::Create(c) => c.decide(subject, cx),
            Self::Rename(c) => c.decide(subject, cx),
            Self::ChooseDefaults(c) => c.decide(subject, cx),
            Self::Retire(c) => c.decide(subject, cx),
            Self::Restore(c) => c.decide(subject, cx),
        }
    }

    fn claims(before: &Subject, event: &SubjectEvent) -> Vec<ClaimChange> {
        let held = before.0.as_ref().map(|body| key(&body.name));
        let name = |new: &str| ClaimChange::exchange("subject.name", held, Some(key(new)));
        match event {
            SubjectEvent::Created(e) => name(&e.name),
            SubjectEvent::Renamed(e) => name(&e.name),
            SubjectEvent::DefaultsChosen(_)
            | SubjectEvent::Retired(_)
            | SubjectEvent::Restored(_) => Vec::new(),
        }
    }
}

/// B1: whatever its case.
fn key(name: &str) -> ClaimKey {
    ClaimKey::Plain(name.to_lowercase())
}
