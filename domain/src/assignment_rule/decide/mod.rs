//! One verb a file; what defining a rule takes stands here.

pub mod confirm;
pub mod decline;
pub mod define;
pub mod redefine;
pub mod retire;

use super::event::{AssignmentRuleEvent, Defined, Definition, Proposed};
use super::refusal::AssignmentRuleRefusal as No;
use super::simulation::{Simulation, SimulationQuery};
use crate::access::giving::{Gift, not_held};
use crate::access::known::{AccessNeeds, Rulebook};
use crate::access::model::{Granted, RiskTier};
use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{Actor, AssignmentRuleId, Context, Needs};

/// Most roles that a rule gives.
pub(super) const GIVES_MAX: usize = 20;

type Decided = Result<Vec<AssignmentRuleEvent>, No>;

/// A rule as it is wished, and what whoever wishes it has seen come of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// This rule.
    pub rule: AssignmentRuleId,
    /// A name of at most 100 characters, unique whatever its case; at most 20 roles.
    pub definition: Definition,
    /// The digest of the simulation that they saw.
    pub seen: String,
}

impl Wish {
    pub(super) fn needs(&self) -> Needs {
        let Self { rule, definition, .. } = self;
        let query = SimulationQuery { rule: *rule, definition: definition.clone() };
        Needs {
            units: definition.population.units(),
            access: AccessNeeds {
                rules: true,
                policy: true,
                simulation: Some(query),
                ..AccessNeeds::default()
            },
            ..Needs::default()
        }
    }

    /// AA2 to AA5: in force at once, or waiting.
    fn decide(self, definition: Definition, cx: &Context) -> Decided {
        let simulation = seen(&self.seen, cx)?;
        let rules = rules(cx)?;
        must_hold(&definition, rules, cx)?;
        Ok(vec![if waits(&definition, &simulation, rules, cx) {
            let by = cx.doer();
            AssignmentRuleEvent::Proposed(Box::new(Proposed { definition, simulation, by }))
        } else {
            AssignmentRuleEvent::Defined(Box::new(Defined { definition, simulation }))
        }])
    }
}

/// AA1, AA2: as it is stored.
fn fit(typed: &Definition, cx: &Context) -> Result<Definition, No> {
    let name = text::line(&typed.name, WORD_MAX).map_err(No::NameUnfit)?;
    let population = typed.population.fit().map_err(No::PopulationUnfit)?;
    if !population.units().iter().all(|unit| cx.facts.units.contains_key(unit)) {
        return Err(No::UnitUnfit);
    }
    if !(1..=GIVES_MAX).contains(&typed.gives.len()) {
        return Err(No::GivesUnfit);
    }
    let rules = rules(cx)?;
    for given in &typed.gives {
        let there = rules.roles.definition(given.role);
        let there = there.filter(|role| role.max_hours.is_none());
        if there.is_none() || rules.retired.contains(&given.role) {
            return Err(No::RoleUnfit { role: given.role });
        }
    }
    Ok(Definition { name, population, gives: typed.gives.clone() })
}

fn rules(cx: &Context) -> Result<&Rulebook, No> {
    cx.facts.access.rules.as_deref().ok_or(No::GivesUnfit)
}

/// AA3: what comes of it, if it is what was seen.
fn seen(digest: &str, cx: &Context) -> Result<Simulation, No> {
    let simulation = cx.facts.access.simulation.as_ref();
    simulation.filter(|it| it.digest == digest).cloned().ok_or(No::NotSimulated)
}

/// AA4: Annals itself may give anything.
fn must_hold(definition: &Definition, rules: &Rulebook, cx: &Context) -> Result<(), No> {
    if cx.actor == Actor::System {
        return Ok(());
    }
    let missing = definition.gives.iter().find_map(|given| {
        let what = Granted::Role(given.role);
        let gift = Gift { what: &what, scope: &given.scope, until: None, pierces: false };
        not_held(gift, &cx.facts.access.held, rules, cx.now)
    });
    match missing {
        Some(action) => Err(No::NotHeld { action }),
        None => Ok(()),
    }
}

/// AA5
fn waits(definition: &Definition, seen: &Simulation, rules: &Rulebook, cx: &Context) -> bool {
    let policy = cx.facts.access.policy.as_deref();
    let passes = policy.map_or(0, |policy| policy.rule_people_max);
    let mut roles = definition.gives.iter().filter_map(|given| rules.roles.definition(given.role));
    let privileged = roles.any(|role| role.risk == RiskTier::Privileged);
    privileged || seen.breaches > 0 || seen.gains.saturating_add(seen.loses) > passes
}
