//! The guards of fields, and how far the caller's reads reach. What they answer is decided by the
//! gateway's guard, the same that commands pass.

use std::collections::BTreeSet;

use async_graphql::async_trait::async_trait;
use async_graphql::{Context, Guard, Result};
use chrono::{DateTime, Utc};
use domain::access::decide::ObjectView;
use domain::access::{Permission, Reach, Relation};
use domain::kernel::{PersonId, TicketId, UnitId};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::directory::Principal;
use projections::tickets::Scope;

use super::context::{Visit, load, services, visit};
use super::dossier;
use super::error::{PASSWORD_CHANGE_REQUIRED, coded, forbidden, unauthenticated};
use super::refusal::{ErrorCode, UserError};
use crate::gateway::{Caller, GatewayError, guard};

/// Somebody is signed in, even with a password that must be changed first.
pub(super) struct Known;

/// Somebody is signed in and free to work.
pub(super) struct SignedIn;

/// Somebody is signed in, free to work, and may read this without bounds.
pub(super) struct MayRead(pub(super) Permission);

/// The same of what is evidence: it is kept who looked at it.
pub(super) struct MayReadNoted(pub(super) Permission);

/// Somebody is signed in, free to work, and may read this of their own.
pub(super) struct MayReadOwn(pub(super) Permission);

#[async_trait]
impl Guard for Known {
    async fn check(&self, cx: &Context<'_>) -> Result<()> {
        caller(cx).map(|_| ())
    }
}

#[async_trait]
impl Guard for SignedIn {
    async fn check(&self, cx: &Context<'_>) -> Result<()> {
        working_caller(cx).map(|_| ())
    }
}

#[async_trait]
impl Guard for MayRead {
    async fn check(&self, cx: &Context<'_>) -> Result<()> {
        let caller = working_caller(cx)?;
        if guard::may_read(caller, self.0, now(cx)?) {
            return Ok(());
        }
        note(cx, caller, self.0).await;
        Err(forbidden())
    }
}

#[async_trait]
impl Guard for MayReadNoted {
    async fn check(&self, cx: &Context<'_>) -> Result<()> {
        let caller = working_caller(cx)?;
        note(cx, caller, self.0).await;
        if guard::may_read(caller, self.0, now(cx)?) { Ok(()) } else { Err(forbidden()) }
    }
}

#[async_trait]
impl Guard for MayReadOwn {
    async fn check(&self, cx: &Context<'_>) -> Result<()> {
        let caller = working_caller(cx)?;
        if reads_own(caller, self.0, now(cx)?) {
            return Ok(());
        }
        note(cx, caller, self.0).await;
        Err(forbidden())
    }
}

/// Whether the caller may read this of their own. What is told to somebody is theirs.
fn reads_own(caller: &Caller, permission: Permission, now: DateTime<Utc>) -> bool {
    let own = |known: &Principal| {
        ObjectView::as_seen(&known.who, |who| Relation::owner(who.person == known.who.person))
    };
    guard::may_read_this(caller, permission, own, now)
}

/// Keeps what is decided on what is done to no object of anybody's.
async fn note(cx: &Context<'_>, caller: &Caller, permission: Permission) {
    if let (Ok(services), Some(visit)) = (services(cx), visit(cx)) {
        let (object, about) = (ObjectView::default(), (None, visit.correlation_id));
        services.gateway.note(caller, (permission, &object), about).await;
    }
}

/// Who is signed in.
pub(super) fn caller<'c>(cx: &Context<'c>) -> Result<&'c Caller> {
    visit(cx).and_then(|visit| visit.caller.as_ref()).ok_or_else(unauthenticated)
}

/// Who is signed in and free to work.
pub(super) fn working_caller<'c>(cx: &Context<'c>) -> Result<&'c Caller> {
    let caller = caller(cx)?;
    if visit(cx).is_some_and(|visit| visit.must_change_password) {
        return Err(coded(PASSWORD_CHANGE_REQUIRED, "change your password first"));
    }
    Ok(caller)
}

/// The caller, if they may do this, which is done to no object of anybody's. Whoever may not is told
/// so in the payload, as with every mutation.
pub(super) fn allowed<'c>(
    cx: &Context<'c>,
    permission: Permission,
) -> std::result::Result<&'c Caller, UserError> {
    let may = |caller: &Caller, now| {
        guard::authorize(caller, permission, &ObjectView::default(), now).is_ok()
    };
    caller_who(cx, may)
}

/// The same of a mark on something of the caller's own that they may read.
pub(super) fn allowed_own<'c>(
    cx: &Context<'c>,
    permission: Permission,
) -> std::result::Result<&'c Caller, UserError> {
    caller_who(cx, |caller, now| reads_own(caller, permission, now))
}

fn caller_who<'c>(
    cx: &Context<'c>,
    may: impl FnOnce(&Caller, DateTime<Utc>) -> bool,
) -> std::result::Result<&'c Caller, UserError> {
    let known = working_caller(cx).ok().zip(now(cx).ok());
    let forbidden = || UserError::new(ErrorCode::Forbidden, GatewayError::Forbidden.to_string());
    known.filter(|(caller, now)| may(caller, *now)).map(|(caller, _)| caller).ok_or_else(forbidden)
}

/// How far the caller's reads of this sort reach; for a stranger: nowhere.
pub(super) fn scope(cx: &Context<'_>, permission: Permission) -> Scope {
    let known = visit(cx).zip(now(cx).ok());
    known.map_or(Scope::None, |(visit, now)| scope_of(visit, permission, now))
}

/// The same before there is an execution.
pub(super) fn scope_of(visit: &Visit, permission: Permission, now: DateTime<Utc>) -> Scope {
    match &visit.caller {
        Some(caller) if !visit.must_change_password => guard::scope(caller, permission, now),
        _ => Scope::None,
    }
}

/// Whether the caller's reads of this sort reach everything.
pub(super) fn reads_all(cx: &Context<'_>, permission: Permission) -> bool {
    reach(cx, permission) == Reach::All
}

/// Whether the caller's reads of this sort reach what they have to do with, or more.
pub(super) fn reads_some(cx: &Context<'_>, permission: Permission) -> bool {
    reach(cx, permission) > Reach::None
}

fn reach(cx: &Context<'_>, permission: Permission) -> Reach {
    match (working_caller(cx), now(cx)) {
        (Ok(caller), Ok(now)) => guard::reach_of(caller, permission, now),
        _ => Reach::None,
    }
}

/// Whether the caller may read this of every ticket that they see.
pub(super) fn reads_of_tickets(cx: &Context<'_>, permission: Permission) -> bool {
    let along = (permission, Permission::TicketRead);
    let known = working_caller(cx).ok().zip(now(cx).ok());
    known.is_some_and(|(caller, now)| guard::reads_along(caller, along, now))
}

/// Whether the caller may read this of a ticket.
pub(super) async fn reads_of_ticket(
    cx: &Context<'_>,
    permission: Permission,
    ticket: TicketId,
) -> Result<bool> {
    if reads_of_tickets(cx, permission) {
        return Ok(true);
    }
    if !reads_some(cx, permission) {
        return Ok(false);
    }
    let Some(row) = load(cx, ticket).await? else { return Ok(false) };
    let watchers = dossier::watcher_ids(cx, ticket).await?;
    Ok(scope(cx, permission).sees(&row, &watchers))
}

/// Asked when something of a ticket has been read that the caller saw before: whether they still do.
/// The views that say so are never behind those that tell of it; so whoever was shut out before what
/// was read came up is told nothing.
///
/// # Errors
/// They do not.
pub(super) fn sees_still<'c>(cx: &'c Context<'_>, ticket: TicketId) -> BoxFuture<'c, Result<()>> {
    async move {
        match scope(cx, Permission::TicketRead) {
            Scope::All => Ok(()),
            Scope::Part(_) | Scope::None => load(cx, ticket).await?.map(drop).ok_or_else(forbidden),
        }
    }
    .boxed()
}

/// Whether the caller may see this person.
pub(super) fn sees_person(cx: &Context<'_>, person: PersonId) -> bool {
    reads_this(cx, Permission::PersonRead, |known| {
        ObjectView::as_seen(&known.who, |who| Relation {
            heads: who.people.contains(&person),
            ..Relation::to_person(who, person, &BTreeSet::new())
        })
    })
}

/// Whether the caller may read this of one object, as it is seen by them.
pub(super) fn reads_this(
    cx: &Context<'_>,
    permission: Permission,
    seen: impl FnOnce(&Principal) -> ObjectView,
) -> bool {
    let known = working_caller(cx).ok().zip(now(cx).ok());
    known.is_some_and(|(caller, now)| guard::may_read_this(caller, permission, seen, now))
}

/// By the clock of this process.
pub(super) fn now(cx: &Context<'_>) -> Result<DateTime<Utc>> {
    Ok(services(cx)?.gateway.now())
}

/// The units whose macros the caller may apply, besides those for all staff; none: all of them.
/// Whoever sees all tickets sees all macros.
pub(super) fn macro_units(cx: &Context<'_>) -> Option<Vec<UnitId>> {
    if reads_all(cx, Permission::TicketRead) {
        return None;
    }
    let known = working_caller(cx).ok().and_then(|caller| caller.person.as_ref());
    let units = known.map(|known| known.who.units.union(&known.who.heads).copied().collect());
    Some(units.unwrap_or_default())
}

/// Whether the caller may apply a macro for the staff of this unit, or for all staff.
pub(super) fn may_apply(cx: &Context<'_>, unit: Option<UnitId>) -> bool {
    let theirs = || macro_units(cx).is_none_or(|units| units.iter().any(|it| unit == Some(*it)));
    reads_some(cx, Permission::MacroRead) && (unit.is_none() || theirs())
}
