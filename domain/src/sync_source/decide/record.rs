//! Record: the source has run.

use crate::kernel::{Actor, Context};
use crate::sync_source::event::{Run, SyncSourceEvent};
use crate::sync_source::refusal::SyncSourceRefusal;
use crate::sync_source::state::SyncSource;

/// Y5. What it sent is imported, and came to this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// How many rows there were of each kind.
    pub run: Run,
}

impl Record {
    pub(in crate::sync_source) fn decide(
        self,
        source: &SyncSource,
        cx: &Context,
    ) -> Result<Vec<SyncSourceEvent>, SyncSourceRefusal> {
        source.body()?;
        if matches!(cx.actor, Actor::Person(_)) {
            return Err(SyncSourceRefusal::NotByPeople);
        }
        Ok(vec![SyncSourceEvent::Ran(self.run)])
    }
}
