//! DR1 to DR4: how a definition must be by itself.

use crate::access::Permission;
use crate::access::fit::{self, FIELDS_MAX};
use crate::access::known::Rulebook;
use crate::access::model::{AccessSubject, ActionName, Matcher};
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
    fit::patterns(&definition.actions, &rules.registry).map_err(DenyRuleRefusal::ActionsUnfit)?;
    if definition.fields.len() > FIELDS_MAX {
        return Err(DenyRuleRefusal::TooManyFields);
    }
    fit::condition(definition.condition.as_ref()).map_err(DenyRuleRefusal::ConditionUnfit)?;
    must_be_there(&definition.whom, rules, cx)?;
    if locks_out(&definition) {
        return Err(DenyRuleRefusal::NobodyLeft);
    }
    Ok(Definition { name, ..definition })
}

/// DR3
fn must_be_there(whom: &Matcher, rules: &Rulebook, cx: &Context) -> Result<(), DenyRuleRefusal> {
    let facts = &cx.facts.access;
    let (subject, is_there) = match *whom {
        Matcher::Any => return Ok(()),
        Matcher::Role(role) if rules.is_live(role) => return Ok(()),
        Matcher::Role(role) => return Err(DenyRuleRefusal::RoleUnknown { role }),
        Matcher::Subject(AccessSubject::Group(id)) | Matcher::Group(id) => {
            let group = facts.groups.get(&id);
            (AccessSubject::Group(id), group.is_some_and(|group| !group.retired))
        }
        Matcher::Subject(subject) => (subject, facts.subjects.contains_key(&subject)),
    };
    if is_there { Ok(()) } else { Err(DenyRuleRefusal::SubjectUnknown { subject }) }
}

/// DR4: wherever and under whatever circumstances, and also if an exception lifts it: those end.
fn locks_out(rule: &Definition) -> bool {
    let lifts = ActionName::from(Permission::DenyRuleDefine);
    let lifts = [lifts.function(), lifts];
    rule.whom == Matcher::Any
        && rule.fields.is_empty()
        && rule.actions.iter().any(|pattern| lifts.iter().any(|action| pattern.matches(action)))
}
