//! One verb a file, and what several of them ask.

pub mod add_member;
pub mod choose_population;
pub mod define;
pub mod redefine;
pub mod remove_member;
pub mod retire;

use super::event::AccessGroupEvent;
use super::refusal::AccessGroupRefusal as No;
use crate::access::doer::Doer;
use crate::access::giving::{Gift, not_held};
use crate::access::known::{AccessNeeds, GroupFacts, Rulebook};
use crate::access::model::{AccessSubject, Grant, GrantState, Granted, Scope};
use crate::kernel::text::{self, REASON_MAX, WORD_MAX};
use crate::kernel::{AccessGroupId, Actor, Context, PersonId};

/// Most members that are named one by one.
pub(super) const MEMBERS_MAX: usize = 2_000;
/// Most groups one in the other.
pub(super) const DEPTH_MAX: u8 = 8;

type Decided = Result<Vec<AccessGroupEvent>, No>;

/// AG1: name and purpose as they are stored.
fn fit(name: &str, purpose: &str) -> Result<(String, String), No> {
    let name = text::line(name, WORD_MAX).map_err(No::NameUnfit)?;
    let purpose = text::required(purpose, REASON_MAX).map_err(No::PurposeUnfit)?;
    Ok((name, purpose))
}

/// AG1
fn must_own(owner: PersonId, cx: &Context) -> Result<(), No> {
    let active = cx.facts.people.get(&owner).is_some_and(|facts| facts.active);
    if active { Ok(()) } else { Err(No::KeeperUnfit) }
}

/// AG7: whoever is denied something because they belong to it does so until another one says otherwise.
fn must_stay_bound(id: AccessGroupId, theirs: bool, cx: &Context) -> Result<(), No> {
    let Some(group) = cx.facts.access.groups.get(&id).filter(|_| theirs) else { return Ok(()) };
    let around = group.around.iter().copied().chain([id]).collect();
    let held: Vec<&Grant> = group.held.iter().collect();
    if Doer::of(cx).is_bound_by(&around, &held) { Err(No::BindsActor) } else { Ok(()) }
}

/// Whether whoever does it belongs to the group, with whichever account.
fn is_theirs(id: AccessGroupId, cx: &Context) -> bool {
    cx.facts.access.acts_as.contains(&AccessSubject::Group(id))
}

/// The rules, and what must be known of this group.
fn about(group: AccessGroupId) -> AccessNeeds {
    AccessNeeds { groups: [group].into(), ..AccessNeeds::rules() }
}

/// What is known of the group itself, and the rules.
fn known(id: AccessGroupId, cx: &Context) -> Result<(&GroupFacts, &Rulebook), No> {
    let group = cx.facts.access.groups.get(&id).ok_or(No::NotFound)?;
    let rules = cx.facts.access.rules.as_deref().ok_or(No::NotFound)?;
    Ok((group, rules))
}

/// AG4: whoever lets others in may give all that they would have by it, and could take in an
/// emergency. Annals itself may.
fn must_hold(
    (id, group): (AccessGroupId, &GroupFacts),
    rules: &Rulebook,
    cx: &Context,
) -> Result<(), No> {
    if cx.actor == Actor::System {
        return Ok(());
    }
    let held = &cx.facts.access.held;
    let stands = |grant: &&Grant| grant.state == GrantState::Active && !grant.is_over(cx.now);
    let given = group.held.iter().filter(stands).find_map(|grant| {
        let Grant { what, scope, until, pierces, .. } = grant;
        let gift = Gift { what, scope, until: *until, pierces: *pierces };
        not_held(gift, held, rules, cx.now)
    });
    let emergencies = cx.facts.access.policy.iter().flat_map(|policy| &policy.emergencies);
    let mut theirs = emergencies.filter(|(_, of)| **of == id || group.around.contains(of));
    let taken = || {
        theirs.find_map(|(role, _)| {
            let (what, scope) = (Granted::Role(*role), Scope::Everywhere);
            let gift = Gift { what: &what, scope: &scope, until: Some(cx.now), pierces: false };
            not_held(gift, held, rules, cx.now)
        })
    };
    match given.or_else(taken) {
        Some(action) => Err(No::NotHeld { action }),
        None => Ok(()),
    }
}
