//! What a complete run did not send: items that the source knows and that were in no row.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::ci::CiCommand;
use domain::ci::command::Miss;
use domain::kernel::CiId;
use domain::sync_source::command::Record;
use domain::sync_source::{OnMissing, Run, SyncSourceCommand};
use projections::cis::health::known_by;

use super::engine::Engine;
use super::error::CisError;
use super::report::Tally;
use crate::gateway::bulk::{Bulk, Undone};
use crate::gateway::{Caller, Gateway, GatewayError, Request};

/// How long the views may take to show all that was imported.
const PATIENCE: Duration = Duration::from_secs(900);
/// Items looked at together.
const CHUNK: i64 = 500;

impl Engine {
    /// Tells items that were not among these that the source misses them, if it is one that does; how
    /// many there are. A dry run counts alone. To be called when all else is stored.
    pub(super) async fn miss(
        &self,
        bulk: &mut Bulk,
        (sent, keeps): (&BTreeSet<CiId>, bool),
    ) -> Result<u64, CisError> {
        let Some((_, definition)) = &self.speaker.source else { return Ok(0) };
        let source = &self.speaker.origin.name;
        let tells = keeps && definition.on_missing != OnMissing::Ignore;
        let shown = self.waiter.caught_up(PATIENCE).await;
        shown.map_err(|_| GatewayError::Busy)?;
        let (mut after, mut missing) = (None, 0);
        loop {
            let known = known_by(&self.reads, source, (CHUNK, after)).await;
            let known = known.map_err(GatewayError::from)?;
            let Some(last) = known.last() else { return Ok(missing) };
            after = Some(*last);
            let gone: Vec<CiId> = known.into_iter().filter(|id| !sent.contains(id)).collect();
            missing += gone.len() as u64;
            if tells && !gone.is_empty() {
                self.tell(bulk, gone).await?;
            }
        }
    }

    async fn tell(&self, bulk: &mut Bulk, gone: Vec<CiId>) -> Result<(), CisError> {
        let mut work = bulk.begin().await?;
        work.load(gone.iter().copied()).await?;
        for id in gone {
            work.begin_row();
            let miss = Miss { source: self.speaker.origin.name.clone() };
            match work.decide(id, CiCommand::Miss(miss)).await {
                // It was retired meanwhile: nobody misses it.
                Ok(_) | Err(Undone::Refused(_)) => {}
                Err(Undone::Taken { .. } | Undone::Forbidden) => work.take_back(),
                Err(Undone::Failed(error)) => return Err(error.into()),
            }
        }
        work.flush().await.map_err(GatewayError::from)?;
        Ok(work.commit().await?)
    }

    /// Records the run of a source that is defined.
    pub(super) async fn record(
        &self,
        gateway: &Gateway,
        (tally, complete, missing): (Tally, bool, u64),
    ) -> Result<(), CisError> {
        let Some((id, _)) = &self.speaker.source else { return Ok(()) };
        let run = Run {
            complete,
            new: tally.new,
            changed: tally.changed,
            unchanged: tally.unchanged,
            conflicting: tally.conflicting,
            invalid: tally.invalid,
            missing,
        };
        let record = Request::new(SyncSourceCommand::Record(Record { run }), id.0);
        gateway.execute(&Caller::import(), record).await?;
        Ok(())
    }
}
