//! The rows of what somebody has or had.

use chrono::{DateTime, Utc};
use domain::access::model::{
    AccessSubject, Entry, GrantSource, GrantState, Granted, Lifted, Scope,
};
use domain::kernel::{
    AccessRequestId, AccessTemplateId, AssignmentRuleId, DenyRuleId, ExceptionId, GrantId,
    PersonId, RoleId, SodRuleId,
};
use domain::subject_access::event::{Excepted, GrantMade, Pattern, Shortened, Shortening};
use journal::Recorded;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rows::{micros, shown};

/// A subject of access that had a grant at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolderRow {
    /// The stream.
    pub subject_id: Uuid,
    /// Who.
    pub subject: AccessSubject,
    /// Whether it has nothing and takes nothing.
    pub closed: bool,
    /// The number of its events.
    pub version: i64,
}

/// A permission grant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrantRow {
    /// Which.
    pub grant_id: GrantId,
    /// The stream.
    pub subject_id: Uuid,
    /// Whose.
    pub subject: AccessSubject,
    /// The role; none: permissions of its own.
    pub role_id: Option<RoleId>,
    /// Permissions of its own.
    pub entry: Option<Entry>,
    /// Where.
    pub scope: Scope,
    /// From this instant on.
    pub begins_at: DateTime<Utc>,
    /// No more at this instant; none: until it is revoked.
    pub ends_at: Option<DateTime<Utc>>,
    /// Why it ends sooner than it did, since whoever has it moved.
    pub shortened: Option<Shortening>,
    /// From when on they work elsewhere.
    pub moved_at: Option<DateTime<Utc>>,
    /// Where it comes from.
    pub source: GrantSource,
    /// The request that was approved.
    pub request_id: Option<AccessRequestId>,
    /// The template it was made by.
    pub template_id: Option<AccessTemplateId>,
    /// The rule it was made by.
    pub rule_id: Option<AssignmentRuleId>,
    /// In which version.
    pub pattern_version: Option<i64>,
    /// In whose place.
    pub delegated_by: Option<PersonId>,
    /// Whether barriers do not stop it.
    pub pierces: bool,
    /// What became of it.
    pub state: GrantState,
    /// When it was made, by `occurred_at`, as all instants here.
    pub made_at: DateTime<Utc>,
    /// By whom: `person:<uuid>`, `system`, …
    pub made_by: String,
    /// Why, or the word `erased`.
    pub made_reason: Option<String>,
    /// With which event of the log.
    pub made_seq: i64,
    /// When it was revoked, or written down as over.
    pub ended_at: Option<DateTime<Utc>>,
    /// By whom.
    pub ended_by: Option<String>,
    /// Why.
    pub ended_reason: Option<String>,
    /// With which event of the log.
    pub ended_seq: Option<i64>,
}

/// An exception.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExceptionRow {
    /// Which.
    pub exception_id: ExceptionId,
    /// The stream.
    pub subject_id: Uuid,
    /// For whom.
    pub subject: AccessSubject,
    /// The rule that does not deny.
    pub deny_rule_id: Option<DenyRuleId>,
    /// The rule of duties that does not count.
    pub sod_rule_id: Option<SodRuleId>,
    /// Who answers for it.
    pub owner_id: PersonId,
    /// What is done in its place.
    pub control: String,
    /// From this instant on.
    pub begins_at: DateTime<Utc>,
    /// No more at this instant.
    pub ends_at: DateTime<Utc>,
    /// The request that was approved.
    pub request_id: Option<AccessRequestId>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// By whom.
    pub made_by: String,
    /// Why, or the word `erased`.
    pub made_reason: Option<String>,
    /// With which event of the log.
    pub made_seq: i64,
    /// When it was ended, or written down as over.
    pub ended_at: Option<DateTime<Utc>>,
    /// By whom.
    pub ended_by: Option<String>,
    /// Why.
    pub ended_reason: Option<String>,
    /// With which event of the log.
    pub ended_seq: Option<i64>,
}

/// Who did something when, and why.
pub(super) struct Deed {
    at: DateTime<Utc>,
    by: String,
    reason: Option<String>,
    seq: i64,
}

impl Deed {
    pub(super) fn of(recorded: &Recorded) -> Self {
        let meta = &recorded.event.meta;
        Self {
            at: micros(meta.occurred_at),
            by: meta.actor.to_string(),
            reason: meta.reason.as_ref().map(shown),
            seq: recorded.global_seq,
        }
    }
}

impl GrantRow {
    /// A new one of this subject.
    pub(super) fn made((id, subject): (Uuid, AccessSubject), e: &GrantMade, deed: Deed) -> Self {
        let (role_id, entry) = match &e.what {
            Granted::Role(role) => (Some(*role), None),
            Granted::Entry(entry) => (None, Some((**entry).clone())),
        };
        let (template_id, rule_id, version) = match e.pattern {
            None => (None, None, None),
            Some(Pattern::Template { template, version }) => (Some(template), None, Some(version)),
            Some(Pattern::Rule { rule, version }) => (None, Some(rule), Some(version)),
        };
        Self {
            grant_id: e.grant,
            subject_id: id,
            subject,
            role_id,
            entry,
            scope: e.scope.clone(),
            begins_at: micros(e.from),
            ends_at: e.until.map(micros),
            shortened: None,
            moved_at: None,
            source: e.source,
            request_id: e.request,
            template_id,
            rule_id,
            pattern_version: version.map(i64::from),
            delegated_by: e.delegated_by,
            pierces: e.pierces,
            state: GrantState::Active,
            made_at: deed.at,
            made_by: deed.by,
            made_reason: deed.reason,
            made_seq: deed.seq,
            ended_at: None,
            ended_by: None,
            ended_reason: None,
            ended_seq: None,
        }
    }

    /// It ends sooner than it did.
    pub(super) fn shorten(&mut self, e: &Shortened) {
        self.ends_at = Some(micros(e.until));
        self.shortened = Some(e.because);
        self.moved_at = Some(micros(e.moved));
    }

    /// It ends sooner no more.
    pub(super) fn as_before(&mut self) {
        (self.shortened, self.moved_at) = (None, None);
    }

    /// It holds no more; what is over stays as it ended.
    pub(super) fn end(&mut self, state: GrantState, deed: Deed) {
        self.state = state;
        self.ended_at = Some(deed.at);
        self.ended_by = Some(deed.by);
        self.ended_reason = deed.reason;
        self.ended_seq = Some(deed.seq);
    }

    /// Whether it holds at this instant.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.state == GrantState::Active
            && self.begins_at <= at
            && self.ends_at.is_none_or(|end| at < end)
    }
}

impl ExceptionRow {
    /// A new one of this subject.
    pub(super) fn made((id, subject): (Uuid, AccessSubject), e: &Excepted, deed: Deed) -> Self {
        let (deny_rule_id, sod_rule_id) = match e.lifts {
            Lifted::Deny(rule) => (Some(rule), None),
            Lifted::Sod(rule) => (None, Some(rule)),
        };
        Self {
            exception_id: e.exception,
            subject_id: id,
            subject,
            deny_rule_id,
            sod_rule_id,
            owner_id: e.owner,
            control: e.control.clone(),
            begins_at: micros(e.from),
            ends_at: micros(e.until),
            request_id: e.request,
            made_at: deed.at,
            made_by: deed.by,
            made_reason: deed.reason,
            made_seq: deed.seq,
            ended_at: None,
            ended_by: None,
            ended_reason: None,
            ended_seq: None,
        }
    }

    /// It counts no more.
    pub(super) fn end(&mut self, deed: Deed) {
        self.ended_at = Some(deed.at);
        self.ended_by = Some(deed.by);
        self.ended_reason = deed.reason;
        self.ended_seq = Some(deed.seq);
    }

    /// Whether it counts at this instant.
    pub fn counts(&self, at: DateTime<Utc>) -> bool {
        self.ended_at.is_none() && self.begins_at <= at && at < self.ends_at
    }
}
