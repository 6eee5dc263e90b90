//! A change of permissions as a line of its own, and its place among them.

use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use chrono::{DateTime, Utc};
use domain::access::model::{AccessSubject, ClassSet, Entry, GrantSource, Scope, ScopePath};
use domain::kernel::{
    AccessRequestId, AccessTemplateId, AssignmentRuleId, DenyRuleId, ExceptionId, GrantId,
    PersonId, RoleId, SodRuleId, UnitId,
};
use domain::subject_access::event::Shortening;
use domain::unit::UnitEvent;
use journal::Recorded;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString};
use uuid::Uuid;

use super::row::{ExceptionRow, GrantRow, HolderRow};
use crate::error::ReadError;
use crate::rows::{micros, shown};

/// What a change is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ChangeKind {
    /// A grant was made.
    Granted,
    /// It holds longer.
    Prolonged,
    /// It ends sooner, because whoever has it moved.
    Shortened,
    /// It was confirmed, and ends as before.
    Confirmed,
    /// It was taken back, by itself or with everything.
    Revoked,
    /// It was written down as over.
    Expired,
    /// An exception was made.
    Excepted,
    /// It was ended, or was over.
    ExceptionEnded,
    /// The subject has nothing and takes nothing.
    Closed,
    /// It takes grants again.
    Reopened,
    /// What is granted above a unit ends there.
    BarrierDrawn,
    /// It reaches the unit again.
    BarrierLifted,
}

/// A change of somebody's permissions, with all that was known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// With which event of the log.
    pub global_seq: i64,
    /// Which change of that event, from 0.
    pub part: i64,
    /// What it is.
    pub kind: ChangeKind,
    /// The stream; a barrier's is its unit's.
    pub subject_id: Uuid,
    /// Whose permissions; none: everybody's, by a barrier.
    pub subject: Option<AccessSubject>,
    /// Which grant.
    pub grant_id: Option<GrantId>,
    /// Its role; none: permissions of its own.
    pub role_id: Option<RoleId>,
    /// Permissions of its own.
    pub entry: Option<Entry>,
    /// Where it holds, or the barrier stands.
    pub scope: Option<Scope>,
    /// Where it comes from.
    pub source: Option<GrantSource>,
    /// Whether barriers do not stop it.
    pub pierces: Option<bool>,
    /// Against which classes of actions the barrier stands.
    pub classes: Option<ClassSet>,
    /// In whose place.
    pub delegated_by: Option<PersonId>,
    /// Which exception.
    pub exception_id: Option<ExceptionId>,
    /// The rule that it lifts.
    pub deny_rule_id: Option<DenyRuleId>,
    /// The rule of duties that it lifts.
    pub sod_rule_id: Option<SodRuleId>,
    /// Who answers for the exception.
    pub owner_id: Option<PersonId>,
    /// What is done in the rule's place.
    pub control: Option<String>,
    /// From when on, of the grant or exception.
    pub begins_at: Option<DateTime<Utc>>,
    /// Until when, after the change.
    pub ends_at: Option<DateTime<Utc>>,
    /// Why the grant ends sooner than it did, after the change.
    pub shortened: Option<Shortening>,
    /// From when on whoever has it works elsewhere, likewise.
    pub moved_at: Option<DateTime<Utc>>,
    /// The request that was approved.
    pub request_id: Option<AccessRequestId>,
    /// The template it was made by.
    pub template_id: Option<AccessTemplateId>,
    /// The rule it was made by.
    pub rule_id: Option<AssignmentRuleId>,
    /// In which version.
    pub pattern_version: Option<i64>,
    /// Who: `person:<uuid>`, `system`, …
    pub actor: String,
    /// For whom, when that is somebody else.
    pub on_behalf_of: Option<PersonId>,
    /// Why, or the word `erased`.
    pub reason: Option<String>,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When the journal learnt it.
    pub recorded_at: DateTime<Utc>,
    /// The command it came from.
    pub command_id: Uuid,
    /// Groups what one request caused.
    pub correlation_id: Uuid,
}

/// The place of a change among all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangePlace {
    pub(super) global_seq: i64,
    pub(super) part: i64,
}

impl ChangeRow {
    /// What an event changed for a subject, of no grant and no exception.
    pub(super) fn of(recorded: &Recorded, kind: ChangeKind, holder: &HolderRow) -> Self {
        Self::of_stream(recorded, kind, (holder.subject_id, Some(holder.subject)))
    }

    fn of_stream(
        recorded: &Recorded,
        kind: ChangeKind,
        (subject_id, subject): (Uuid, Option<AccessSubject>),
    ) -> Self {
        let meta = &recorded.event.meta;
        Self {
            global_seq: recorded.global_seq,
            part: 0,
            kind,
            subject_id,
            subject,
            grant_id: None,
            role_id: None,
            entry: None,
            scope: None,
            source: None,
            pierces: None,
            classes: None,
            delegated_by: None,
            exception_id: None,
            deny_rule_id: None,
            sod_rule_id: None,
            owner_id: None,
            control: None,
            begins_at: None,
            ends_at: None,
            shortened: None,
            moved_at: None,
            request_id: None,
            template_id: None,
            rule_id: None,
            pattern_version: None,
            actor: meta.actor.to_string(),
            on_behalf_of: meta.on_behalf_of,
            reason: meta.reason.as_ref().map(shown),
            occurred_at: micros(meta.occurred_at),
            recorded_at: micros(recorded.event.recorded_at),
            command_id: meta.command_id,
            correlation_id: meta.correlation_id,
        }
    }

    /// The same of a grant, as it is after the change.
    pub(super) fn of_grant(self, grant: &GrantRow) -> Self {
        Self {
            grant_id: Some(grant.grant_id),
            role_id: grant.role_id,
            entry: grant.entry.clone(),
            scope: Some(grant.scope.clone()),
            source: Some(grant.source),
            pierces: Some(grant.pierces),
            delegated_by: grant.delegated_by,
            begins_at: Some(grant.begins_at),
            ends_at: grant.ends_at,
            shortened: grant.shortened,
            moved_at: grant.moved_at,
            request_id: grant.request_id,
            template_id: grant.template_id,
            rule_id: grant.rule_id,
            pattern_version: grant.pattern_version,
            ..self
        }
    }

    /// The same of an exception.
    pub(super) fn of_exception(self, exception: &ExceptionRow) -> Self {
        Self {
            exception_id: Some(exception.exception_id),
            deny_rule_id: exception.deny_rule_id,
            sod_rule_id: exception.sod_rule_id,
            owner_id: Some(exception.owner_id),
            control: Some(exception.control.clone()),
            begins_at: Some(exception.begins_at),
            ends_at: Some(exception.ends_at),
            request_id: exception.request_id,
            ..self
        }
    }

    /// Its place.
    pub fn place(&self) -> ChangePlace {
        ChangePlace { global_seq: self.global_seq, part: self.part }
    }
}

/// What an event changed for everybody, if it is of a unit's barrier.
pub(super) fn barrier(unit: UnitId, event: &UnitEvent, recorded: &Recorded) -> Option<ChangeRow> {
    let (kind, classes) = match event {
        UnitEvent::BarrierDrawn(e) => (ChangeKind::BarrierDrawn, e.classes),
        UnitEvent::BarrierLifted(_) => (ChangeKind::BarrierLifted, ClassSet::NONE),
        _ => return None,
    };
    Some(ChangeRow {
        scope: ScopePath::of_units(&[unit]).map(Scope::Node),
        classes: Some(classes),
        ..ChangeRow::of_stream(recorded, kind, (unit.0, None))
    })
}

impl Display for ChangePlace {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.global_seq, self.part)
    }
}

impl FromStr for ChangePlace {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let (global_seq, part) = text.split_once('.').ok_or(ReadError::BadCursor)?;
        let number = |text: &str| text.parse().map_err(|_| ReadError::BadCursor);
        Ok(Self { global_seq: number(global_seq)?, part: number(part)? })
    }
}
