//! One verb a file, and what several of them ask.

pub mod change_limits;
pub mod choose_governance;
pub mod draw_boundary;
pub mod prepare_emergencies;
pub mod set_rules;

use super::event::AccessPolicyEvent;
use super::refusal::AccessPolicyRefusal;
use crate::access::giving::{Gift, not_held};
use crate::access::model::{ActionName, Granted, Scope};
use crate::access_request::stage::Span;
use crate::kernel::{AccessGroupId, Actor, Context, Needs, PersonId, RoleId};

type Decided = Result<Vec<AccessPolicyEvent>, AccessPolicyRefusal>;

/// How long a stage may take, in seconds.
const SPAN: std::ops::RangeInclusive<u32> = 60..=90 * 86_400;

/// What must be known of a span.
pub(super) fn calendar_of(span: &Span) -> Needs {
    Needs { calendars: span.calendar.into_iter().collect(), ..Needs::default() }
}

/// AP2
fn fit_span(span: Span, cx: &Context) -> Result<(), AccessPolicyRefusal> {
    let known = span.calendar.is_none_or(|calendar| cx.facts.calendars.contains_key(&calendar));
    if SPAN.contains(&span.seconds) && known { Ok(()) } else { Err(AccessPolicyRefusal::SpanUnfit) }
}

/// AP4
fn must_be_there(group: AccessGroupId, cx: &Context) -> Result<(), AccessPolicyRefusal> {
    let there = cx.facts.access.groups.get(&group).is_some_and(|group| !group.retired);
    if there { Ok(()) } else { Err(AccessPolicyRefusal::GroupUnfit) }
}

/// AP4
fn must_be_active(person: PersonId, cx: &Context) -> Result<(), AccessPolicyRefusal> {
    let active = cx.facts.people.get(&person).is_some_and(|facts| facts.active);
    if active { Ok(()) } else { Err(AccessPolicyRefusal::PersonUnfit) }
}

/// AP4: whether this role is there.
fn is_there(role: RoleId, cx: &Context) -> bool {
    let rules = cx.facts.access.rules.as_deref();
    rules.is_some_and(|it| it.roles.definition(role).is_some() && !it.retired.contains(&role))
}

/// AP3, AP7: the first action of a role that whoever does it may not give everywhere and for good.
/// Annals itself may give any.
fn beyond(role: RoleId, cx: &Context) -> Option<ActionName> {
    let rules = cx.facts.access.rules.as_deref().filter(|_| cx.actor != Actor::System)?;
    let (what, scope) = (Granted::Role(role), Scope::Everywhere);
    let gift = Gift { what: &what, scope: &scope, until: None, pierces: false };
    not_held(gift, &cx.facts.access.held, rules, cx.now)
}
