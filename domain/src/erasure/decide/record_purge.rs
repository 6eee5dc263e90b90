//! Record purge: no view tells it any more.

use std::collections::BTreeMap;

use super::{Decided, RECORD_NAME_MAX, RECORDS_MAX, step};
use crate::erasure::event::{ErasureEvent, Purged, PurgedView};
use crate::erasure::refusal::ErasureRefusal;
use crate::erasure::state::Erasure;
use crate::erasure::words::Phase;
use crate::kernel::Context;
use crate::kernel::text;

/// ER5. Said after all of it is true.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordPurge {
    /// Of how many streams.
    pub streams: u32,
    /// Each view by its name; at most 200, of at most 64 characters.
    pub views: BTreeMap<String, PurgedView>,
    /// What was deleted beside the views, by what it is; likewise.
    pub besides: BTreeMap<String, u64>,
}

impl RecordPurge {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, _cx: &Context) -> Decided {
        let body = erasure.body()?;
        let Self { streams, views, besides } = self;
        let fits = |name: &String| text::line(name, RECORD_NAME_MAX).as_ref() == Ok(name);
        let named = views.keys().chain(besides.keys()).all(fits);
        let placed = views.values().all(|view| view.through >= 0);
        if views.len() > RECORDS_MAX || besides.len() > RECORDS_MAX || !named || !placed {
            return Err(ErasureRefusal::RecordUnfit);
        }
        let purged = ErasureEvent::Purged(Purged { streams, views, besides });
        step(body, Phase::KeysDestroyed, purged)
    }
}
