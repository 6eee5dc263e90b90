//! Grants, exceptions and changes, as rows of the read side.

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, Json, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::model::AccessSubject as Subject;
use domain::kernel::{Actor, GrantId};
use projections::ReadError;
use projections::access_grants::{self, ChangeRow, ExceptionRow, GrantFilter, GrantRow};
use projections::cis::At;
use serde_json::Value;

use super::filter::{AccessGrantWhere, sees};
use super::words::{AccessChangeKind, AccessGrantSource, AccessGrantState, AccessShortening};
use crate::graphql::access_request::AccessRequest;
use crate::graphql::access_template::AccessTemplate;
use crate::graphql::assignment_rule::AssignmentRule;
use crate::graphql::context::{load, services};
use crate::graphql::definition::one;
use crate::graphql::deny_rule::DenyRule;
use crate::graphql::error::{internal, unread};
use crate::graphql::id::{encode_exception, encode_grant};
use crate::graphql::loader::{self, Loaded, Reads, by_key};
use crate::graphql::moment::{Past, Then};
use crate::graphql::past::as_row;
use crate::graphql::permission::words::{ActionClass, classes};
use crate::graphql::permission::{AccessEntry, AccessScope, AccessSubject};
use crate::graphql::person::Person;
use crate::graphql::role::AccessRole;
use crate::graphql::scalar::Position;
use crate::graphql::sod_rule::SodRule;
use crate::graphql::timeline::EventActor;

/// That somebody has a role, or permissions, somewhere and for a time; and as of when it is, none: as it
/// is now.
pub(in crate::graphql) struct AccessGrant(pub(super) GrantRow, pub(super) Option<Then>);

/// That one rule does not count for somebody, for a time.
pub(in crate::graphql) struct AccessException(pub(super) ExceptionRow);

/// That somebody's permissions changed, or everybody's by a barrier.
pub(in crate::graphql) struct AccessChange(pub(super) ChangeRow);

#[async_trait]
impl Loader<GrantId> for Reads {
    type Value = GrantRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[GrantId]) -> Loaded<GrantId, GrantRow> {
        by_key(access_grants::by_ids(&self.pool, keys).await, |row| row.grant_id)
    }
}

/// A grant that the caller may see.
///
/// # Errors
/// Technical failures.
pub(in crate::graphql) async fn grant(
    cx: &Context<'_>,
    id: GrantId,
) -> Result<Option<AccessGrant>> {
    let row: Option<GrantRow> = load(cx, id).await?;
    // Whoever lends something sees what became of it.
    let lent = |row: &GrantRow| row.delegated_by.is_some_and(|by| sees(cx, Subject::Person(by)));
    Ok(row.filter(|row| sees(cx, row.subject) || lent(row)).map(|row| AccessGrant(row, None)))
}

/// The same as it was.
///
/// # Errors
/// Technical failures.
pub(super) async fn grant_then(
    cx: &Context<'_>,
    id: GrantId,
    Past { number, then }: Past,
) -> Result<Option<AccessGrant>> {
    let seen = AccessGrantWhere::default().into_filter(cx)?;
    let filter = GrantFilter { as_of: Some(number), grant: Some(id), ..seen };
    let found = access_grants::grants(&services(cx)?.reads, &filter, 1, None).await;
    Ok(found.map_err(unread)?.pop().map(|row| AccessGrant(row, Some(then))))
}

/// That somebody has a role, or permissions, somewhere and for a time.
#[Object]
impl AccessGrant {
    /// Opaque; by it the grant is revoked.
    async fn id(&self) -> ID {
        encode_grant(self.0.subject, self.0.grant_id)
    }

    /// Who has it.
    async fn subject(&self) -> AccessSubject {
        AccessSubject(self.0.subject)
    }

    /// The role; null: permissions of its own.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        let Some(role) = self.0.role_id else { return Ok(None) };
        one(cx, role.0, At::Now).await
    }

    /// Permissions of its own; null: a role.
    async fn entry(&self) -> Option<AccessEntry> {
        self.0.entry.clone().map(AccessEntry)
    }

    /// Where.
    async fn scope(&self) -> AccessScope {
        AccessScope(self.0.scope.clone())
    }

    /// From this instant on.
    async fn begins_at(&self) -> DateTime<Utc> {
        self.0.begins_at
    }

    /// No more at this instant; null: until it is revoked.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at
    }

    /// Why it ends sooner than it did, since whoever has it moved; null: it does not.
    async fn shortened(&self) -> Option<AccessShortening> {
        self.0.shortened.map(Into::into)
    }

    /// From when on they work elsewhere, if it ends sooner for that.
    async fn moved_at(&self) -> Option<DateTime<Utc>> {
        self.0.moved_at
    }

    /// Where it comes from.
    async fn source(&self) -> AccessGrantSource {
        self.0.source.into()
    }

    /// The request that was approved; null without one, and when you may not see it.
    async fn request(&self, cx: &Context<'_>) -> Result<Option<AccessRequest>> {
        let Some(id) = self.0.request_id else { return Ok(None) };
        loader::access_request(cx, id).await
    }

    /// The template it was made by.
    async fn template(&self, cx: &Context<'_>) -> Result<Option<AccessTemplate>> {
        let Some(id) = self.0.template_id else { return Ok(None) };
        one(cx, id.0, At::Now).await
    }

    /// The rule it was made by.
    async fn assignment_rule(&self, cx: &Context<'_>) -> Result<Option<AssignmentRule>> {
        let Some(id) = self.0.rule_id else { return Ok(None) };
        one(cx, id.0, At::Now).await
    }

    /// By which version of the template or rule.
    async fn pattern_version(&self) -> Option<i64> {
        self.0.pattern_version
    }

    /// In whose place.
    async fn delegated_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.delegated_by else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// Whether barriers do not stop it.
    async fn pierces(&self) -> bool {
        self.0.pierces
    }

    /// What became of it.
    async fn state(&self) -> AccessGrantState {
        self.0.state.into()
    }

    /// Whether it holds now; of a grant as it was: whether it held then.
    async fn holds(&self, cx: &Context<'_>) -> Result<bool> {
        let at = match self.1 {
            Some(then) => then.instant(cx).await?,
            None => services(cx)?.gateway.now(),
        };
        Ok(self.0.holds(at))
    }

    /// When it was made.
    async fn made_at(&self) -> DateTime<Utc> {
        self.0.made_at
    }

    /// By whom.
    async fn made_by(&self) -> Result<EventActor> {
        actor(&self.0.made_by)
    }

    /// Why, in the words of whoever made it.
    async fn made_reason(&self) -> Option<&str> {
        self.0.made_reason.as_deref()
    }

    /// With which event of the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.made_seq)
    }

    /// When it was revoked, or written down as over.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// By whom.
    async fn ended_by(&self) -> Result<Option<EventActor>> {
        self.0.ended_by.as_deref().map(actor).transpose()
    }

    /// Why.
    async fn ended_reason(&self) -> Option<&str> {
        self.0.ended_reason.as_deref()
    }

    /// The row that is read, as JSON with sorted keys; null when you may not read events.
    async fn row(&self, cx: &Context<'_>) -> Option<Json<Value>> {
        as_row(cx, &self.0)
    }
}

/// That one rule does not count for somebody, for a time.
#[Object]
impl AccessException {
    /// Opaque; by it the exception is ended.
    async fn id(&self) -> ID {
        encode_exception(self.0.subject, self.0.exception_id)
    }

    /// For whom.
    async fn subject(&self) -> AccessSubject {
        AccessSubject(self.0.subject)
    }

    /// The rule that does not deny; null: it is one of duties.
    async fn deny_rule(&self, cx: &Context<'_>) -> Result<Option<DenyRule>> {
        let Some(id) = self.0.deny_rule_id else { return Ok(None) };
        one(cx, id.0, At::Now).await
    }

    /// The rule of duties that does not count; null: it is one that denies.
    async fn sod_rule(&self, cx: &Context<'_>) -> Result<Option<SodRule>> {
        let Some(id) = self.0.sod_rule_id else { return Ok(None) };
        one(cx, id.0, At::Now).await
    }

    /// Who answers for it.
    async fn owner(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.owner_id).await
    }

    /// What is done in the rule's place.
    async fn control(&self) -> &str {
        &self.0.control
    }

    /// From this instant on.
    async fn begins_at(&self) -> DateTime<Utc> {
        self.0.begins_at
    }

    /// No more at this instant.
    async fn ends_at(&self) -> DateTime<Utc> {
        self.0.ends_at
    }

    /// Whether it counts now.
    async fn counts(&self, cx: &Context<'_>) -> Result<bool> {
        Ok(self.0.counts(services(cx)?.gateway.now()))
    }

    /// The request that was approved; null without one, and when you may not see it.
    async fn request(&self, cx: &Context<'_>) -> Result<Option<AccessRequest>> {
        let Some(id) = self.0.request_id else { return Ok(None) };
        loader::access_request(cx, id).await
    }

    /// When it was made.
    async fn made_at(&self) -> DateTime<Utc> {
        self.0.made_at
    }

    /// By whom.
    async fn made_by(&self) -> Result<EventActor> {
        actor(&self.0.made_by)
    }

    /// Why, in the words of whoever made it.
    async fn made_reason(&self) -> Option<&str> {
        self.0.made_reason.as_deref()
    }

    /// With which event of the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.made_seq)
    }

    /// When it was ended, or written down as over.
    async fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.0.ended_at
    }

    /// By whom.
    async fn ended_by(&self) -> Result<Option<EventActor>> {
        self.0.ended_by.as_deref().map(actor).transpose()
    }
}

/// That somebody's permissions changed, or everybody's by a barrier.
#[Object]
impl AccessChange {
    /// With which event of the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.global_seq)
    }

    /// What it is.
    async fn kind(&self) -> AccessChangeKind {
        self.0.kind.into()
    }

    /// Whose permissions; null: everybody's, by a unit's barrier.
    async fn subject(&self) -> Option<AccessSubject> {
        self.0.subject.map(AccessSubject)
    }

    /// The grant, with its whole life; null for exceptions, and for all at once.
    async fn grant(&self, cx: &Context<'_>) -> Result<Option<AccessGrant>> {
        let Some(id) = self.0.grant_id else { return Ok(None) };
        grant(cx, id).await
    }

    /// The id of the exception, if it is of one.
    async fn exception_id(&self) -> Option<ID> {
        Some(encode_exception(self.0.subject?, self.0.exception_id?))
    }

    /// The role of the grant; null: permissions of its own.
    async fn role(&self, cx: &Context<'_>) -> Result<Option<AccessRole>> {
        let Some(role) = self.0.role_id else { return Ok(None) };
        one(cx, role.0, At::Now).await
    }

    /// Where the grant holds, or the barrier stands.
    async fn scope(&self) -> Option<AccessScope> {
        self.0.scope.clone().map(AccessScope)
    }

    /// The classes of actions that the barrier stands against after this change; null: it is of none.
    async fn barriers(&self) -> Option<Vec<ActionClass>> {
        self.0.classes.map(classes)
    }

    /// Where the grant comes from.
    async fn source(&self) -> Option<AccessGrantSource> {
        self.0.source.map(Into::into)
    }

    /// From when on it holds, or counts.
    async fn begins_at(&self) -> Option<DateTime<Utc>> {
        self.0.begins_at
    }

    /// Until when, after this change; null: for good.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at
    }

    /// The request that was approved, with who approved it; null without one, and when you may not
    /// see it.
    async fn request(&self, cx: &Context<'_>) -> Result<Option<AccessRequest>> {
        let Some(id) = self.0.request_id else { return Ok(None) };
        loader::access_request(cx, id).await
    }

    /// Who did it.
    async fn actor(&self) -> Result<EventActor> {
        actor(&self.0.actor)
    }

    /// For whom, when that was somebody else.
    async fn on_behalf_of(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.on_behalf_of else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// Why, in the actor's words.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.0.occurred_at
    }

    /// When it was written down.
    async fn recorded_at(&self) -> DateTime<Utc> {
        self.0.recorded_at
    }
}

fn actor(text: &str) -> Result<EventActor> {
    text.parse::<Actor>().map(EventActor::of).map_err(internal)
}
