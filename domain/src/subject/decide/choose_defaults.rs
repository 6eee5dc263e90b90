//! Choose defaults: how tickets about the subject start.

use std::collections::BTreeSet;

use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{Context, Needs, SlaPlanId, UnitId};
use crate::subject::event::{DefaultsChosen, SubjectEvent};
use crate::subject::refusal::SubjectRefusal;
use crate::subject::state::Subject;
use crate::ticket::{Priority, Tier};

/// B3. Tickets about the subject start with this unit, priority, skill, tier and plan, instead of what
/// was chosen before. The same choice again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChooseDefaults {
    /// Which unit they go to; none: dispatch.
    pub unit: Option<UnitId>,
    /// Their priority when nobody says one; none: NORMAL.
    pub priority: Option<Priority>,
    /// What whoever works on them has to be able to do; at most 100 characters, kept in lower case.
    pub skill: Option<String>,
    /// The tier that works on them, 1 to 3; none: any.
    pub tier: Option<Tier>,
    /// The service level plan that measures them; none: that of their kind.
    pub sla_plan: Option<SlaPlanId>,
}

impl ChooseDefaults {
    pub(in crate::subject) fn needs(&self) -> Needs {
        Needs {
            units: BTreeSet::from_iter(self.unit),
            plans: BTreeSet::from_iter(self.sla_plan),
            ..Needs::default()
        }
    }

    pub(in crate::subject) fn decide(
        self,
        subject: &Subject,
        cx: &Context,
    ) -> Result<Vec<SubjectEvent>, SubjectRefusal> {
        let body = subject.body()?;
        let skill = self
            .skill
            .map(|skill| text::line(&skill.to_lowercase(), WORD_MAX))
            .transpose()
            .map_err(SubjectRefusal::SkillUnfit)?;
        let Self { unit, priority, tier, sla_plan, .. } = self;
        let defaults = DefaultsChosen { unit, priority, skill, tier, sla_plan };
        if body.defaults == defaults {
            return Ok(vec![]);
        }
        if unit.is_some_and(|unit| !cx.facts.takes_tickets(unit)) {
            return Err(SubjectRefusal::UnitUnfit);
        }
        if tier.is_some_and(|tier| !(Tier::FIRST..=Tier::TOP).contains(&tier)) {
            return Err(SubjectRefusal::TierUnfit);
        }
        if sla_plan.is_some_and(|plan| !cx.facts.plans.contains_key(&plan)) {
            return Err(SubjectRefusal::PlanUnknown);
        }
        Ok(vec![SubjectEvent::DefaultsChosen(defaults)])
    }
}
