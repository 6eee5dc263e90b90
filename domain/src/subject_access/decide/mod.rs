//! One verb a file, and what several of them ask.

pub mod break_glass;
pub mod close;
pub mod confirm;
pub mod delegate;
pub mod end_delegation;
pub mod end_exception;
pub mod entitle;
pub mod except;
pub mod expire;
pub mod grant;
pub mod prolong;
pub mod reopen;
pub mod revoke;
pub mod transfer;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::event::{Opened, SubjectAccessEvent};
use super::refusal::SubjectAccessRefusal as No;
use super::state::{SubjectAccess, stands};
use crate::access::doer::Doer;
use crate::access::giving::{Gift, is_oneself, not_held};
use crate::access::known::{Beside, HolderFacts, Rulebook};
use crate::access::model::{AccessSubject, Entry, Grant, Granted, RoleDefinition, SodAction};
use crate::access::sod::{Breach, Origin, Separation, Tenure};
use crate::kernel::{AccessRequestId, Actor, Context, GrantId, PersonId, RoleId};

/// How many grants hold or wait to hold.
pub(super) const GRANTS_MAX: usize = 2_000;
/// How far ahead a grant can begin, in days.
pub(super) const AHEAD_MAX_DAYS: i64 = 366;
/// How long a delegation and an exception last at most, in days.
pub(super) const LENT_MAX_DAYS: i64 = 90;
/// How long whoever moved keeps what nobody has confirmed, in days.
pub(super) const REVIEW_DAYS: i64 = 14;
/// How long access taken in an emergency lasts at most, in hours.
pub(super) const EMERGENCY_MAX_HOURS: i64 = 4;
/// Most patterns, alternatives of standing and fields of a permission that is granted by itself.
pub(super) const PARTS_MAX: usize = 50;

type Decided = Result<Vec<SubjectAccessEvent>, No>;

/// SA1: whoever it is for, there and active, and not closed.
fn taking<'a>(
    access: &SubjectAccess,
    subject: AccessSubject,
    cx: &'a Context,
) -> Result<&'a HolderFacts, No> {
    if access.0.as_deref().is_some_and(|body| body.subject != subject) {
        return Err(No::SubjectUnfit);
    }
    if access.0.as_deref().is_some_and(|body| body.closed) {
        return Err(No::Closed);
    }
    let holder = cx.facts.access.subjects.get(&subject).filter(|holder| holder.active);
    holder.ok_or(No::SubjectUnfit)
}

/// The rules there are; without them, nothing can be given.
fn rules(cx: &Context) -> Result<&Rulebook, No> {
    cx.facts.access.rules.as_deref().ok_or(No::WhatUnfit)
}

/// SA1: room for another one.
fn must_have_room(access: &SubjectAccess, cx: &Context) -> Result<(), No> {
    let standing = access.grants().filter(|grant| stands(grant, cx.now)).count();
    if standing < GRANTS_MAX { Ok(()) } else { Err(No::TooManyGrants) }
}

/// SA2: a role that is there; of a permission, its bounds.
fn fit_what<'a>(what: &Granted, rules: &'a Rulebook) -> Result<Option<&'a RoleDefinition>, No> {
    match what {
        Granted::Role(role) => fit_role(*role, rules).map(Some),
        Granted::Entry(entry) if fits(entry, rules) => Ok(None),
        Granted::Entry(_) => Err(No::WhatUnfit),
    }
}

fn fit_role(role: RoleId, rules: &Rulebook) -> Result<&RoleDefinition, No> {
    let there = rules.roles.definition(role).filter(|_| !rules.retired.contains(&role));
    there.ok_or(No::WhatUnfit)
}

/// Each pattern of it means something that can be done.
fn fits(entry: &Entry, rules: &Rulebook) -> bool {
    let bounds = 1..=PARTS_MAX;
    bounds.contains(&entry.actions.len())
        && entry.when.0.len() <= PARTS_MAX
        && entry.condition.as_ref().is_none_or(|condition| condition.fits())
        && entry.actions.iter().all(|it| rules.registry.matching(it).next().is_some())
}

/// SA2: the time of a grant. What begins before now begins now.
fn fit_time(
    (from, until): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    longest: Option<TimeDelta>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, No> {
    let from = from.unwrap_or(now).max(now);
    if from - now > TimeDelta::days(AHEAD_MAX_DAYS) {
        return Err(No::StartUnfit);
    }
    match (until, longest) {
        (Some(until), _) if until <= from => Err(No::EndUnfit),
        (Some(until), Some(longest)) if until - from > longest => Err(No::EndUnfit),
        (None, Some(_)) => Err(No::EndMissing),
        _ => Ok(from),
    }
}

/// SA2: how long it may last. What has an end has one even when longer was approved.
fn longest(
    role: Option<&RoleDefinition>,
    until: Option<DateTime<Utc>>,
    request: Option<AccessRequestId>,
) -> Result<Option<TimeDelta>, No> {
    let hours = role.and_then(|role| role.max_hours);
    if hours.is_some() && until.is_none() {
        return Err(No::EndMissing);
    }
    Ok(hours.filter(|_| request.is_none()).map(|hours| TimeDelta::hours(hours.into())))
}

/// SA3: whoever gives it has it. Annals itself gives what was approved or follows from rules.
fn must_hold(gift: Gift<'_>, rules: &Rulebook, cx: &Context) -> Result<(), No> {
    if cx.actor == Actor::System {
        return Ok(());
    }
    match not_held(gift, &cx.facts.access.held, rules, cx.now) {
        Some(action) => Err(No::NotHeld { action }),
        None => Ok(()),
    }
}

/// SA4: with all that counts together, no human breaks a rule by it. What is asked for and not there counts
/// too, but for what was approved itself: of two that must not come together the first that is there stays.
fn must_separate(
    new: &Grant,
    access: &SubjectAccess,
    holder: &HolderFacts,
    rules: &Rulebook,
) -> Result<(), No> {
    let Some(tenure) = Tenure::of(new) else { return Ok(()) };
    let separation = Separation::of(rules.duties.values(), &rules.roles, &rules.registry);
    let own = access.grants().filter(|grant| grant.id != new.id);
    let own: Vec<Tenure> = own.filter_map(Tenure::of).collect();
    let stops = |it: &Breach| matches!(it.action, SodAction::Block | SodAction::Approve);
    let broken = |beside: &Beside| {
        let counts =
            |it: &&Tenure| new.request.is_none() || !matches!(it.origin, Origin::Request(_));
        let others = beside.tenures.iter().filter(counts).chain(&own).cloned();
        let lifting = beside.exceptions.iter().chain(access.exceptions()).cloned();
        let (others, lifting): (Vec<_>, Vec<_>) = (others.collect(), lifting.collect());
        separation.brought_by(&tenure, &others, &lifting).into_iter().find(stops)
    };
    // What a subject has that nobody is behind counts alone.
    let nobody = holder.beside.is_empty().then(Beside::default);
    match holder.beside.values().chain(&nobody).find_map(broken) {
        Some(breach) => Err(No::Duties { rule: breach.rule, from: breach.from }),
        None => Ok(()),
    }
}

/// SA10: not the last grants by which somebody may give access.
fn must_leave_keepers(taken: &[GrantId], cx: &Context) -> Result<(), No> {
    let keepers = &cx.facts.access.keepers;
    let last = !keepers.is_empty() && keepers.iter().all(|grant| taken.contains(grant));
    if last { Err(No::LastKeeper) } else { Ok(()) }
}

/// SA12: what somebody holds themselves, and is denied something for, another one takes.
fn must_stay_bound(subject: AccessSubject, taken: &[&Grant], cx: &Context) -> Result<(), No> {
    let holder = cx.facts.access.subjects.get(&subject);
    let own = holder.is_some_and(|holder| is_oneself(cx, subject, holder));
    let bound = own && Doer::of(cx).is_bound_by(&BTreeSet::new(), taken);
    if bound { Err(No::BindsActor) } else { Ok(()) }
}

/// Opens the stream if this is the first; then the event.
fn opened(
    access: &SubjectAccess,
    subject: AccessSubject,
    event: SubjectAccessEvent,
) -> Vec<SubjectAccessEvent> {
    let first = access.0.is_none().then_some(SubjectAccessEvent::Opened(Opened { subject }));
    first.into_iter().chain([event]).collect()
}

/// SA8: whoever acts, in person.
fn in_person(cx: &Context) -> Result<PersonId, No> {
    match (cx.actor, cx.on_behalf_of) {
        (Actor::Person(person), None) => Ok(person),
        _ => Err(No::NotInPerson),
    }
}
