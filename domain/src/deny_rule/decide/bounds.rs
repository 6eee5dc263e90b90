//! DR1 to DR4: how a definition must be by itself.

use crate::access::Permission;
use crate::access::fit::{self, FIELDS_MAX};
use crate::access::known::Rulebook;
use crate::access::model::{AccessSubject, ActionName, Deny, Matcher};
use crate::deny_rule::event::Definition;
use crate::deny_rule::refusal::DenyRuleRefusal;
use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};

/// The definition as it is stored.
pub(super) fn fit(
    definition: Definition,
    rules: &Rulebook,
    cx: &Context,
) -> Result<Definition, DenyRuleRefusal> {
    let name = text::line(&definition.name, NAME_MAX).map_err(DenyRuleRefusal::NameUnfit)?;
    let deny = &definition.deny;
    fit::patterns(&deny.actions, &rules.registry).map_err(DenyRuleRefusal::ActionsUnfit)?;
    if deny.fields.len() > FIELDS_MAX {
        return Err(DenyRuleRefusal::TooManyFields);
    }
    fit::condition(deny.condition.as_ref()).map_err(DenyRuleRefusal::ConditionUnfit)?;
    must_be_there(&deny.whom, rules, cx)?;
    if locks_out(deny) {
        return Err(DenyRuleRefusal::NobodyLeft);
    }
    Ok(Definition { name, ..definition })
}

/// DR3
fn must_be_there(whom: &Matcher, rules: &Rulebook, cx: &Context) -> Result<(), DenyRuleRefusal> {
    match *whom {
        Matcher::Role(role) if !rules.is_live(role) => Err(DenyRuleRefusal::RoleUnknown { role }),
        Matcher::Subject(AccessSubject::Person(person))
            if !cx.facts.people.contains_key(&person) =>
        {
            Err(DenyRuleRefusal::PersonUnknown { person })
        }
        Matcher::Any | Matcher::Role(_) | Matcher::Subject(_) | Matcher::Group(_) => Ok(()),
    }
}

/// DR4: wherever and under whatever circumstances, and also if an exception lifts it: those end.
fn locks_out(deny: &Deny) -> bool {
    let lifts = ActionName::from(Permission::DenyRuleDefine);
    let lifts = [lifts.function(), lifts];
    deny.whom == Matcher::Any
        && deny.fields.is_empty()
        && deny.actions.iter().any(|pattern| lifts.iter().any(|action| pattern.matches(action)))
}
