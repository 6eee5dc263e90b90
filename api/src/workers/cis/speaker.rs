//! Who speaks in an import: a source that is defined, with what it may do, or just a name.

use domain::ci::command::Liken;
use domain::ci::{CiCommand, Origin};
use domain::cmdb::Catalogue;
use domain::kernel::text::{self, WORD_MAX};
use domain::kernel::{CiId, ClaimKey, SyncSourceId};
use domain::sync_source::command::NAMES;
use domain::sync_source::{Definition, OnMany, OnNone, OnOne, SyncSource};

use super::engine::Plan;
use super::error::CisError;
use super::fault::Fault;
use crate::gateway::bulk::{Undone, Work};
use crate::gateway::{Gateway, GatewayError};

/// See the module.
#[derive(Debug)]
pub(super) struct Speaker {
    /// As whom what it says is stored.
    pub(super) origin: Origin,
    /// The source, if it is defined.
    pub(super) source: Option<(SyncSourceId, Definition)>,
}

impl Speaker {
    /// The source of this name, whatever its case; else the name itself, without a rank of its own.
    pub(super) async fn named(gateway: &Gateway, name: &str) -> Result<Self, CisError> {
        let name = text::line(name, WORD_MAX).map_err(|_| CisError::Source)?;
        let journal = gateway.journal();
        let found = journal.holders(NAMES, &[ClaimKey::of_name(&name)]).await?;
        let Some(id) = found.into_iter().flatten().next() else {
            let rank = if name == Origin::MANUAL { 0 } else { Origin::UNRANKED };
            return Ok(Self { origin: Origin { name, rank }, source: None });
        };
        let Some(body) = journal.load::<SyncSource>(id).await?.state.0 else {
            return Err(CisError::Source);
        };
        let Definition { name, rank, .. } = body.definition.clone();
        let source = Some((SyncSourceId(id), body.definition));
        Ok(Self { origin: Origin { name, rank }, source })
    }

    /// Whether a row that no item matches makes one.
    pub(super) fn makes_items(&self) -> bool {
        !matches!(&self.source, Some((_, it)) if it.on_none == OnNone::Reject)
    }

    /// Whether a row that an item matches says something of it.
    pub(super) fn changes_items(&self) -> bool {
        !matches!(&self.source, Some((_, it)) if it.on_one == OnOne::Reject)
    }

    /// Leaves in the plan what the source may say, and tells what it may not. What a new item is called
    /// by and has to have is always said.
    pub(super) fn keep_own(
        &self,
        catalogue: &Catalogue,
        plan: &mut Plan,
        is_new: bool,
    ) -> Vec<String> {
        let Some((_, definition)) = &self.source else { return Vec::new() };
        let Some(class) = catalogue.by_id(plan.class) else { return Vec::new() };
        let named = class.lineage.iter().filter_map(|id| catalogue.by_id(*id));
        let Some(own) = named.filter_map(|it| definition.owned.get(&it.name)).next() else {
            return Vec::new();
        };
        let mut notes = Vec::new();
        plan.values.retain(|name, _| {
            let in_key = class.identity.iter().any(|set| set.contains(name));
            let required = class.attribute(name).is_some_and(|it| it.required);
            let kept = own.contains(name) || (is_new && (in_key || required));
            // Which item a row means it says by its key, whoever owns that.
            if !kept && !in_key {
                notes.push(format!("{name}: it is not the source's to say"));
            }
            kept
        });
        notes
    }

    /// Lets two items that a row matched stand among the possible duplicates, if the source wants that;
    /// the row's fault, which says so then.
    pub(super) async fn queue(
        &self,
        work: &mut Work<'_>,
        fault: Fault,
    ) -> Result<Fault, GatewayError> {
        let wanted = matches!(&self.source, Some((_, it)) if it.on_many == OnMany::Queue);
        let Some((one, other)) = fault.pair().filter(|_| wanted) else { return Ok(fault) };
        work.begin_row();
        for (id, other) in [(one, other), (other, one)] {
            match self.liken(work, id, other).await {
                Ok(()) => {}
                // Whoever sends in their own name cannot; the row is reported all the same.
                Err(Undone::Refused(_) | Undone::Taken { .. } | Undone::Forbidden) => {
                    work.take_back();
                    return Ok(fault);
                }
                Err(Undone::Failed(error)) => return Err(error),
            }
        }
        Ok(fault.queued())
    }

    async fn liken(&self, work: &mut Work<'_>, id: CiId, other: CiId) -> Result<(), Undone> {
        let liken = Liken { id, other, source: self.origin.name.clone() };
        work.decide(id, CiCommand::Liken(liken)).await.map(drop)
    }
}
