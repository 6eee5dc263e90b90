//! Who was erased, and what evidence was held.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::erasure::{ErasureEvent, ErasureGround, Exemption, Phase};
use domain::evidence_hold::{EvidenceHoldEvent, HeldObject};
use domain::kernel::{ErasureId, EvidenceHoldId, PersonId};
use uuid::Uuid;

use super::{Known, Mark, Told};

/// An erasure, its whole life.
#[derive(Debug)]
pub(in crate::compliance) struct KnownErasure {
    pub(in crate::compliance) person: PersonId,
    pub(in crate::compliance) ground: ErasureGround,
    /// What the law said for a refusal.
    pub(in crate::compliance) exemption: Option<Exemption>,
    /// Those that are gone.
    pub(in crate::compliance) keys: BTreeSet<Uuid>,
    /// How far it came and when, in order; the first is the request.
    pub(in crate::compliance) steps: Vec<(Phase, Mark)>,
}

/// A hold on evidence, its whole life.
#[derive(Debug)]
pub(in crate::compliance) struct KnownHold {
    pub(in crate::compliance) on: HeldObject,
    pub(in crate::compliance) placed: Mark,
    pub(in crate::compliance) until: Option<DateTime<Utc>>,
    pub(in crate::compliance) lifted: Option<Mark>,
}

impl KnownErasure {
    /// When it came so far; none: it has not.
    pub(in crate::compliance) fn reached(&self, phase: Phase) -> Option<&Mark> {
        self.steps.iter().find(|(step, _)| *step == phase).map(|(_, mark)| mark)
    }

    /// How far it had come by this position, and when; none: nobody had asked for it.
    pub(in crate::compliance) fn at(&self, position: i64) -> Option<(Phase, &Mark)> {
        let found = self.steps.iter().rev().find(|(_, mark)| mark.position <= position);
        found.map(|(phase, mark)| (*phase, mark))
    }
}

impl KnownHold {
    /// Whether it protected anything at this instant, as known at this position.
    pub(in crate::compliance) fn stands(&self, position: i64, at: DateTime<Utc>) -> bool {
        self.placed.position <= position
            && self.lifted.as_ref().is_none_or(|lifted| position < lifted.position)
            && self.until.is_none_or(|until| at < until)
    }
}

impl Known {
    pub(super) fn erasure(&mut self, id: ErasureId, event: &ErasureEvent, told: &Told) {
        if let ErasureEvent::Requested(e) = event {
            self.erasures.entry(id).or_insert_with(|| KnownErasure {
                person: e.person,
                ground: e.ground,
                exemption: None,
                keys: BTreeSet::new(),
                steps: vec![(Phase::Requested, Mark::of(told))],
            });
            return;
        }
        let Some(erasure) = self.erasures.get_mut(&id) else { return };
        let phase = match event {
            ErasureEvent::Requested(_) => Phase::Requested,
            ErasureEvent::Approved(_) => Phase::Approved,
            ErasureEvent::Refused(e) => {
                erasure.exemption = Some(e.ground);
                Phase::Refused
            }
            ErasureEvent::Withdrawn(_) => Phase::Withdrawn,
            ErasureEvent::DestructionBegun(_) => Phase::Begun,
            ErasureEvent::KeysDestroyed(e) => {
                erasure.keys.clone_from(&e.keys);
                Phase::KeysDestroyed
            }
            ErasureEvent::Purged(_) => Phase::Purged,
            ErasureEvent::Certified(_) => Phase::Certified,
        };
        erasure.steps.push((phase, Mark::of(told)));
    }

    pub(super) fn hold(&mut self, id: EvidenceHoldId, event: &EvidenceHoldEvent, told: &Told) {
        let mark = Mark::of(told);
        match event {
            EvidenceHoldEvent::Placed(e) => {
                let hold = KnownHold { on: e.on, placed: mark, until: e.until, lifted: None };
                self.holds.entry(id).or_insert(hold);
            }
            EvidenceHoldEvent::Lifted(_) => {
                if let Some(hold) = self.holds.get_mut(&id) {
                    hold.lifted.get_or_insert(mark);
                }
            }
        }
    }
}
