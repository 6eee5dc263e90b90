//! The source's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::record::Record;
use super::event::SyncSourceEvent;
use super::refusal::SyncSourceRefusal;
use super::state::SyncSource;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// The scope of the claims on names of sources.
pub const NAMES: &str = "sync_source.name";

/// What can be asked of a source.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SyncSourceCommand {
    Define(Box<Define>),
    Record(Record),
}

impl Command for SyncSourceCommand {
    type State = SyncSource;
    type Event = SyncSourceEvent;
    type Refusal = SyncSourceRefusal;

    fn needs(&self, _source: &SyncSource) -> Needs {
        match self {
            Self::Define(_) => Needs { catalogue: true, ..Needs::default() },
            Self::Record(_) => Needs::default(),
        }
    }

    fn decide(
        self,
        source: &SyncSource,
        cx: &Context,
    ) -> Result<Vec<SyncSourceEvent>, SyncSourceRefusal> {
        match self {
            Self::Define(c) => c.decide(source, cx),
            Self::Record(c) => c.decide(source, cx),
        }
    }

    fn claims(before: &SyncSource, event: &SyncSourceEvent) -> Vec<ClaimChange> {
        let SyncSourceEvent::Defined(event) = event else { return Vec::new() };
        let held = before.0.as_deref().map(|body| ClaimKey::of_name(&body.definition.name));
        ClaimChange::exchange(NAMES, held, Some(ClaimKey::of_name(&event.name)))
    }
}
