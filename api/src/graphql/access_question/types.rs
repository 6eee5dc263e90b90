//! The answers.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::access::decide::{Decision, Fault, Reason, Source};
use domain::access::effective::Effective;
use domain::access::model::{AccessSubject as Whom, FieldName};
use domain::kernel::GrantId;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::cis::At;

use super::words::AccessGate;
use crate::asking::{Found, Standpoint};
use crate::graphql::access_grant::{AccessGrant, grant};
use crate::graphql::access_group::AccessGroup;
use crate::graphql::definition::one;
use crate::graphql::deny_rule::DenyRule;
use crate::graphql::page::cursor;
use crate::graphql::permission::AccessSubject;
use crate::graphql::permission::words::{AccessObligation, ActionClass};
use crate::graphql::scalar::Cursor;
use crate::graphql::sod_rule::SodRule;

/// What the cursors of the list of those who may belong to.
pub(super) const LIST: &str = "whoCan";
/// Of so many grants of one action it is told which they are.
const GRANTS_MAX: usize = 50;

/// The answer to one question. Of why, nothing is told to who may not have access explained.
pub(in crate::graphql) struct AccessDecision {
    pub(super) subject: Whom,
    pub(super) instant: DateTime<Utc>,
    pub(super) at: At,
    pub(super) decision: Decision,
    /// Whether the caller is told why.
    pub(super) explained: bool,
}

/// Fields that were asked for.
#[derive(SimpleObject)]
pub(in crate::graphql) struct AccessDecisionFields {
    /// These may be read or set.
    permitted: Vec<String>,
    /// These may not; a read leaves them out, and a write with any of them is refused.
    masked: Vec<String>,
}

/// A condition that could not be answered.
pub(in crate::graphql) struct AccessDecisionFault {
    fault: Fault,
    at: At,
}

/// Who may do something.
pub(in crate::graphql) struct AccessSubjects {
    found: Vec<AccessDecision>,
    /// How many were asked about.
    looked_at: usize,
    /// Where to go on; none: nobody is left.
    next: Option<Cursor>,
}

/// What somebody may do.
pub(in crate::graphql) struct EffectiveAccess {
    pub(super) subject: Whom,
    pub(super) instant: DateTime<Utc>,
    pub(super) at: At,
    pub(super) groups: Vec<domain::kernel::AccessGroupId>,
    pub(super) permissions: Vec<Effective>,
    pub(super) more: bool,
}

/// An action that somebody may do.
pub(in crate::graphql) struct EffectivePermission(Effective);

impl AccessSubjects {
    /// As they were found, with everything about why.
    pub(super) fn of(told: Found, from: &Standpoint) -> Self {
        let decision = |(subject, decision)| AccessDecision {
            subject,
            instant: from.instant,
            at: from.at,
            decision,
            explained: true,
        };
        Self {
            found: told.found.into_iter().map(decision).collect(),
            looked_at: told.looked_at,
            next: told.next.map(|next| cursor(LIST, next)),
        }
    }
}

impl AccessDecision {
    fn told(&self) -> Option<&Reason> {
        self.decision.reason.as_ref().filter(|_| self.explained)
    }
}

/// Those of these grants that the caller may see.
fn grants<'c>(cx: &'c Context<'_>, ids: Vec<GrantId>) -> BoxFuture<'c, Result<Vec<AccessGrant>>> {
    async move {
        let mut found = Vec::new();
        for id in ids.into_iter().take(GRANTS_MAX) {
            found.extend(grant(cx, id).await?);
        }
        Ok(found)
    }
    .boxed()
}

fn names(fields: &[FieldName]) -> Vec<String> {
    fields.iter().map(FieldName::to_string).collect()
}

/// The answer to one question. Who may not have access explained is told whether, and no more.
#[Object]
impl AccessDecision {
    /// Whether it may be done.
    async fn allowed(&self) -> bool {
        self.decision.is_allowed()
    }

    /// Who would do it.
    async fn subject(&self) -> AccessSubject {
        AccessSubject(self.subject)
    }

    /// When.
    async fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// Why not, in one code; null when it may be done, and when you may not have access explained.
    async fn reason(&self) -> Option<String> {
        self.told().map(Reason::to_string)
    }

    /// Which gate it did not pass, likewise.
    async fn gate(&self) -> Option<AccessGate> {
        self.told().map(AccessGate::from)
    }

    /// The grants that permit it, the first 50; none when you may not have access explained.
    async fn grants(&self, cx: &Context<'_>) -> Result<Vec<AccessGrant>> {
        let ids = if self.explained { self.decision.grants.clone() } else { Vec::new() };
        grants(cx, ids).await
    }

    /// The rule that denies it, as it was then; null when it is none, or one that you may not see.
    async fn deny_rule(&self, cx: &Context<'_>) -> Result<Option<DenyRule>> {
        match self.told() {
            Some(Reason::HardDeny(id) | Reason::SoftDeny(id)) => one(cx, id.0, self.at).await,
            _ => Ok(None),
        }
    }

    /// The rule of duties that forbids it, likewise.
    async fn sod_rule(&self, cx: &Context<'_>) -> Result<Option<SodRule>> {
        match self.told() {
            Some(Reason::Duty(id)) => one(cx, id.0, self.at).await,
            _ => Ok(None),
        }
    }

    /// Which of the fields that were asked for may be read or set.
    async fn fields(&self) -> AccessDecisionFields {
        let fields = &self.decision.fields;
        AccessDecisionFields { permitted: names(&fields.allowed), masked: names(&fields.masked) }
    }

    /// What goes with it.
    async fn obligations(&self) -> Vec<AccessObligation> {
        self.decision.obligations.iter().map(Into::into).collect()
    }

    /// What could not be answered on the way there: such a grant permits nothing, such a rule denies.
    async fn faults(&self) -> Vec<AccessDecisionFault> {
        let faults = self.decision.faults.iter().filter(|_| self.explained);
        faults.map(|fault| AccessDecisionFault { fault: fault.clone(), at: self.at }).collect()
    }
}

/// A condition that could not be answered.
#[Object]
impl AccessDecisionFault {
    /// The grant whose condition it is; null when it is none, or one that you may not see.
    async fn grant(&self, cx: &Context<'_>) -> Result<Option<AccessGrant>> {
        match self.fault.source {
            Source::Grant(id) => grant(cx, id).await,
            Source::Deny(_) => Ok(None),
        }
    }

    /// The rule whose condition it is, likewise.
    async fn deny_rule(&self, cx: &Context<'_>) -> Result<Option<DenyRule>> {
        match self.fault.source {
            Source::Deny(id) => one(cx, id.0, self.at).await,
            Source::Grant(_) => Ok(None),
        }
    }

    /// What is wrong with it.
    async fn message(&self) -> String {
        self.fault.fault.to_string()
    }
}

/// Who may do something.
#[Object]
impl AccessSubjects {
    /// A decision each, by the identities of the people, then of service accounts; of those who may not,
    /// none.
    async fn nodes(&self) -> &[AccessDecision] {
        &self.found
    }

    /// How many people and service accounts were asked about for this.
    async fn looked_at(&self) -> usize {
        self.looked_at
    }

    /// Whether somebody is left to ask about.
    async fn has_next_page(&self) -> bool {
        self.next.is_some()
    }

    /// Where to go on: the `after` of the next question; null when nobody is left.
    async fn end_cursor(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }
}

/// What somebody may do.
#[Object]
impl EffectiveAccess {
    /// Who.
    async fn subject(&self) -> AccessSubject {
        AccessSubject(self.subject)
    }

    /// When.
    async fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// The groups they belong to, directly or not, as far as you may see them.
    async fn groups(&self, cx: &Context<'_>) -> Result<Vec<AccessGroup>> {
        let mut found = Vec::new();
        for id in &self.groups {
            found.extend(one(cx, id.0, self.at).await?);
        }
        Ok(found)
    }

    /// Every action that they may do to anything at all, by its name; the first 500.
    async fn permissions(&self) -> Vec<EffectivePermission> {
        self.permissions.iter().cloned().map(EffectivePermission).collect()
    }

    /// Whether there are more than are told.
    async fn has_more(&self) -> bool {
        self.more
    }
}

/// An action that somebody may do.
#[Object]
impl EffectivePermission {
    /// Which, such as ticket.resolve.
    async fn action(&self) -> &str {
        self.0.action.name.as_str()
    }

    /// What sort of permission it takes.
    async fn class(&self) -> ActionClass {
        self.0.action.class.into()
    }

    /// Whether much depends on it.
    async fn high_risk(&self) -> bool {
        self.0.action.high_risk
    }

    /// To which objects: everything, or how one has to stand to it and where it lies, such as
    /// own | heads.
    async fn reach(&self) -> String {
        self.0.reach.to_string()
    }

    /// The grants that give it, the first 50.
    async fn grants(&self, cx: &Context<'_>) -> Result<Vec<AccessGrant>> {
        grants(cx, self.0.grants.iter().copied().collect()).await
    }
}
