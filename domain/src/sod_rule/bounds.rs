//! SD1, SD2, SD3: how a definition must be by itself.

use std::collections::BTreeSet;

use crate::access::known::Rulebook;
use crate::access::model::{Counted, Duty, SodAction, SodKind, SodRule};
use crate::kernel::text::{self, NAME_MAX};
use crate::sod_rule::refusal::SodRuleRefusal;

/// Roles and actions that a static rule counts.
pub(super) const SET_MAX: usize = 50;
/// Duties that a dynamic rule separates.
pub(super) const DUTIES_MAX: usize = 16;
/// Actions that take on one duty.
pub(super) const ACTIONS_MAX: usize = 50;

/// The definition as it is stored.
pub(super) fn fit(rule: SodRule, rules: &Rulebook) -> Result<SodRule, SodRuleRefusal> {
    let name = text::line(&rule.name, NAME_MAX).map_err(SodRuleRefusal::NameUnfit)?;
    match &rule.kind {
        SodKind::Static { set, n } => counted_must_fit(set, *n, rules)?,
        SodKind::Dynamic { .. } if rule.action == SodAction::Prune => {
            return Err(SodRuleRefusal::NothingToPrune);
        }
        SodKind::Dynamic { object_type, duties } => duties_must_fit(object_type, duties, rules)?,
    }
    Ok(SodRule { name, ..rule })
}

/// SD2
fn counted_must_fit(
    set: &BTreeSet<Counted>,
    n: u8,
    rules: &Rulebook,
) -> Result<(), SodRuleRefusal> {
    if !(2..=SET_MAX).contains(&set.len()) {
        return Err(SodRuleRefusal::SetUnfit);
    }
    if !(2..=set.len()).contains(&usize::from(n)) {
        return Err(SodRuleRefusal::CountUnfit);
    }
    for counted in set {
        match counted {
            Counted::Role(role) if !rules.is_live(*role) => {
                return Err(SodRuleRefusal::RoleUnknown { role: *role });
            }
            Counted::Actions(actions) if rules.registry.matching(actions).next().is_none() => {
                return Err(SodRuleRefusal::ActionsUnknown { actions: actions.clone() });
            }
            Counted::Role(_) | Counted::Actions(_) => {}
        }
    }
    Ok(())
}

/// SD3
fn duties_must_fit(
    object_type: &str,
    duties: &[Duty],
    rules: &Rulebook,
) -> Result<(), SodRuleRefusal> {
    let mut actions = rules.registry.actions().map(|(_, info)| &info.name);
    if !actions.any(|action| action.object_type() == object_type) {
        return Err(SodRuleRefusal::ObjectTypeUnknown);
    }
    let names: BTreeSet<_> = duties.iter().map(|duty| &duty.name).collect();
    if !(2..=DUTIES_MAX).contains(&duties.len()) || names.len() < duties.len() {
        return Err(SodRuleRefusal::DutiesUnfit);
    }
    let mut taken = BTreeSet::new();
    for duty in duties {
        if duty.actions.len() > ACTIONS_MAX {
            return Err(SodRuleRefusal::TooManyActions { duty: duty.name.clone() });
        }
        for action in &duty.actions {
            let is_there = rules.registry.find(action).is_some();
            if !is_there || action.object_type() != object_type {
                return Err(SodRuleRefusal::ActionUnknown { action: action.clone() });
            }
            if !taken.insert(action) {
                return Err(SodRuleRefusal::ActionTwice { action: action.clone() });
            }
        }
    }
    Ok(())
}
