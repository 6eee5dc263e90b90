//! The row, and how an event changes it: through the domain's own evolve.

use domain::kernel::{SlaPlanId, SubjectId, UnitId};
use domain::subject::event::DefaultsChosen;
use domain::subject::state::Body;
use domain::subject::{Subject, SubjectEvent};
use domain::ticket::Priority;
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::tier;

/// What tickets are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRow {
    /// Its stream.
    pub subject_id: SubjectId,
    /// Unique, whatever its case.
    pub name: String,
    /// Which unit its tickets go to; none: dispatch.
    pub unit_id: Option<UnitId>,
    /// Their priority when nobody says one.
    pub priority: Option<Priority>,
    /// What whoever works on them has to be able to do.
    pub skill: Option<String>,
    /// The tier that works on them; none: any.
    pub tier: Option<i16>,
    /// The plan that measures them; none: that of their kind.
    pub sla_plan_id: Option<SlaPlanId>,
    /// Whether no new ticket is about it.
    pub retired: bool,
    /// The number of its events.
    pub version: i64,
}

impl SubjectRow {
    /// The row after an event; none as long as the subject was not created.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        subject_event: &SubjectEvent,
        id: SubjectId,
    ) -> Option<Self> {
        let mut subject = Subject(row.map(Self::into_body));
        subject.evolve(subject_event.clone());
        let Body { name, defaults, retired } = subject.0?;
        Some(Self {
            subject_id: id,
            name,
            unit_id: defaults.unit,
            priority: defaults.priority,
            skill: defaults.skill,
            tier: defaults.tier.map(|tier| tier.0.into()),
            sla_plan_id: defaults.sla_plan,
            retired,
            version: event.sequence,
        })
    }

    fn into_body(self) -> Body {
        let defaults = DefaultsChosen {
            unit: self.unit_id,
            priority: self.priority,
            skill: self.skill,
            tier: self.tier.map(tier),
            sla_plan: self.sla_plan_id,
        };
        Body { name: self.name, defaults, retired: self.retired }
    }
}
