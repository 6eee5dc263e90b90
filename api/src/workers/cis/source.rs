//! Who says what a file says. A source that is defined has a rank of its own, and its runs are recorded.

use domain::ci::Origin;
use domain::kernel::ClaimKey;
use domain::kernel::text::{self, WORD_MAX};
use domain::sync_source::command::{NAMES, Record};
use domain::sync_source::{Run, SyncSource, SyncSourceCommand};
use uuid::Uuid;

use super::error::CisError;
use super::report::Tally;
use crate::gateway::{Caller, Gateway, Request};

/// A source by its name, whatever its case.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) origin: Origin,
    /// Where its runs are recorded, if it is defined.
    stream: Option<Uuid>,
}

impl Source {
    pub(super) async fn named(gateway: &Gateway, name: &str) -> Result<Self, CisError> {
        let name = text::line(name, WORD_MAX).map_err(|_| CisError::Source)?;
        let journal = gateway.journal();
        let holders = journal.holders(NAMES, &[ClaimKey::of_name(&name)]).await?;
        let stream = holders.into_iter().flatten().next();
        let defined = match stream {
            Some(id) => journal.load::<SyncSource>(id).await?.state.0,
            None => None,
        };
        let origin = match (defined, name.as_str()) {
            (Some(body), _) => {
                Origin { name: body.definition.name.clone(), rank: body.definition.rank }
            }
            (None, Origin::MANUAL) => Origin::manual(),
            (None, _) => Origin { name, rank: Origin::UNRANKED },
        };
        Ok(Self { origin, stream })
    }

    /// It has sent what is stored now. Files do not say whether that is all it has.
    pub(super) async fn ran(&self, gateway: &Gateway, tally: Tally) -> Result<(), CisError> {
        let Some(stream) = self.stream else { return Ok(()) };
        let run = Run {
            complete: false,
            new: tally.new,
            changed: tally.changed,
            unchanged: tally.unchanged,
            conflicting: tally.conflicting,
            invalid: tally.invalid,
            missing: 0,
        };
        let request = Request::new(SyncSourceCommand::Record(Record { run }), stream);
        let request = request.correlated(gateway.new_id());
        gateway.execute(&Caller::import(), request).await?;
        Ok(())
    }
}
