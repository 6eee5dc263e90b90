//! Choose population: whoever is so belongs to it.

use super::{Decided, about, is_theirs, known, must_hold, must_stay_bound};
use crate::access::known::AccessNeeds;
use crate::access::population::Population;
use crate::access_group::event::{AccessGroupEvent, PopulationChosen};
use crate::access_group::refusal::AccessGroupRefusal as No;
use crate::access_group::state::AccessGroup;
use crate::kernel::{AccessGroupId, Context, Needs};

/// AG2, AG4, AG7. Whoever is of the population belongs to the group, besides those who were added. The
/// same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoosePopulation {
    /// This group.
    pub group: AccessGroupId,
    /// Of which; none: only those who were added.
    pub population: Option<Population>,
}

impl ChoosePopulation {
    pub(in crate::access_group) fn needs(&self) -> Needs {
        Needs {
            units: self.population.iter().flat_map(Population::units).collect(),
            access: AccessNeeds { policy: true, ..about(self.group) },
            ..Needs::default()
        }
    }

    pub(in crate::access_group) fn decide(self, group: &AccessGroup, cx: &Context) -> Decided {
        let body = group.open()?;
        let population = self.population.as_ref().map(Population::fit).transpose();
        let population = population.map_err(No::PopulationUnfit)?;
        if population == body.population {
            return Ok(vec![]);
        }
        if let Some(population) = &population {
            if !population.units().iter().all(|unit| cx.facts.units.contains_key(unit)) {
                return Err(No::UnitUnfit);
            }
            let (known, rules) = known(self.group, cx)?;
            must_hold((self.group, known), rules, cx)?;
        }
        must_stay_bound(self.group, is_theirs(self.group, cx), cx)?;
        let chosen = PopulationChosen { population };
        Ok(vec![AccessGroupEvent::PopulationChosen(chosen)])
    }
}
