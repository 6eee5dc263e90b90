//! The row, and how an event makes it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::erasure::event::{PurgedView, Requested};
use domain::erasure::{ErasureEvent, ErasureGround, Exemption, Phase};
use domain::kernel::{ErasureId, PersonId};
use journal::Recorded;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rows::{micros, shown};

/// An erasure, as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ErasureRow {
    /// Its stream.
    pub erasure_id: ErasureId,
    /// Whom.
    pub person_id: PersonId,
    /// With which right.
    pub ground: ErasureGround,
    /// Why.
    pub why: String,
    /// Who asked; none: a program.
    pub requester_id: Option<PersonId>,
    /// How far it has come.
    pub phase: Phase,
    /// When somebody asked, by `occurred_at`, as all instants here.
    pub requested_at: DateTime<Utc>,
    /// Who said yes.
    pub approved_by: Option<PersonId>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// Who said no.
    pub refused_by: Option<PersonId>,
    /// When.
    pub refused_at: Option<DateTime<Utc>>,
    /// What the law says for it.
    pub exemption: Option<Exemption>,
    /// Why not.
    pub refused_why: Option<String>,
    /// When whoever asked did not want it any more.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Since when it is not stopped.
    pub begun_at: Option<DateTime<Utc>>,
    /// When it was said that the keys are gone.
    pub keys_destroyed_at: Option<DateTime<Utc>>,
    /// Which.
    pub keys: BTreeSet<Uuid>,
    /// The number of the event that says so.
    pub keys_destroyed_seq: Option<i64>,
    /// When no view told of the person any more.
    pub purged_at: Option<DateTime<Utc>>,
    /// What was made again for that.
    pub purge: Option<Purge>,
    /// When it was done.
    pub certified_at: Option<DateTime<Utc>>,
    /// How many events the log had then.
    pub certified_size: Option<i64>,
    /// The root of its tree then, in hex.
    pub certified_root: Option<String>,
    /// The number of the event that says so: the certificate.
    pub certified_seq: Option<i64>,
    /// The number of its events.
    pub version: i64,
}

/// What was made again without the person, and what was deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purge {
    /// Of how many streams.
    pub streams: u32,
    /// Each view by its name.
    pub views: BTreeMap<String, PurgedView>,
    /// What was deleted beside the views, by what it is: how many.
    pub besides: BTreeMap<String, u64>,
}

impl ErasureRow {
    /// The row after an event; none before it is asked for.
    pub fn fold(
        before: Option<Self>,
        recorded: &Recorded,
        event: &ErasureEvent,
        id: ErasureId,
    ) -> Option<Self> {
        let at = micros(recorded.event.meta.occurred_at);
        let mut row = match (event, before) {
            (ErasureEvent::Requested(e), None) => Self::new(id, e, at),
            (_, before) => before?,
        };
        match event {
            ErasureEvent::Requested(_) => {}
            ErasureEvent::Approved(e) => {
                row.phase = Phase::Approved;
                (row.approved_by, row.approved_at) = (Some(e.by), Some(at));
            }
            ErasureEvent::Refused(e) => {
                row.phase = Phase::Refused;
                (row.refused_by, row.refused_at) = (Some(e.by), Some(at));
                (row.exemption, row.refused_why) = (Some(e.ground), Some(shown(&e.why)));
            }
            ErasureEvent::Withdrawn(_) => {
                (row.phase, row.withdrawn_at) = (Phase::Withdrawn, Some(at));
            }
            ErasureEvent::DestructionBegun(_) => {
                (row.phase, row.begun_at) = (Phase::Begun, Some(at));
            }
            ErasureEvent::KeysDestroyed(e) => {
                (row.phase, row.keys_destroyed_at) = (Phase::KeysDestroyed, Some(at));
                row.keys.clone_from(&e.keys);
                row.keys_destroyed_seq = Some(recorded.global_seq);
            }
            ErasureEvent::Purged(e) => {
                (row.phase, row.purged_at) = (Phase::Purged, Some(at));
                let (views, besides) = (e.views.clone(), e.besides.clone());
                row.purge = Some(Purge { streams: e.streams, views, besides });
            }
            ErasureEvent::Certified(e) => {
                (row.phase, row.certified_at) = (Phase::Certified, Some(at));
                row.certified_size = Some(e.position);
                row.certified_root = Some(e.root.clone());
                row.certified_seq = Some(recorded.global_seq);
            }
        }
        row.version = recorded.event.sequence;
        Some(row)
    }

    fn new(id: ErasureId, requested: &Requested, at: DateTime<Utc>) -> Self {
        Self {
            erasure_id: id,
            person_id: requested.person,
            ground: requested.ground,
            why: shown(&requested.why),
            requester_id: requested.requester,
            phase: Phase::Requested,
            requested_at: at,
            approved_by: None,
            approved_at: None,
            refused_by: None,
            refused_at: None,
            exemption: None,
            refused_why: None,
            withdrawn_at: None,
            begun_at: None,
            keys_destroyed_at: None,
            keys: BTreeSet::new(),
            keys_destroyed_seq: None,
            purged_at: None,
            purge: None,
            certified_at: None,
            certified_size: None,
            certified_root: None,
            certified_seq: None,
            version: 0,
        }
    }
}
