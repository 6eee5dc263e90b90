//! What can have happened to a subject's access. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::{AccessSubject, GrantSource, Granted, Lifted, Scope};
use crate::kernel::words::words;
use crate::kernel::{
    AccessRequestId, AccessTemplateId, AssignmentRuleId, ExceptionId, GrantId, PersonId,
};

/// An event of a subject's access.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "subject_access.", serialize_all = "snake_case")]
pub enum SubjectAccessEvent {
    /// See [`Opened`].
    Opened(Opened),
    /// See [`GrantMade`].
    Granted(Box<GrantMade>),
    /// See [`Prolonged`].
    Prolonged(Prolonged),
    /// See [`Shortened`].
    Shortened(Shortened),
    /// See [`Confirmed`].
    Confirmed(Confirmed),
    /// See [`Revoked`].
    Revoked(Revoked),
    /// See [`Expired`].
    Expired(Expired),
    /// See [`Excepted`].
    Excepted(Box<Excepted>),
    /// See [`ExceptionEnded`].
    ExceptionEnded(ExceptionEnded),
    /// See [`Closed`].
    Closed(Closed),
}

impl DomainEvent for SubjectAccessEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The subject can have access from now on: the first time, or again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// Whose stream this is.
    pub subject: AccessSubject,
}

/// The subject has a role, or permissions, somewhere and for a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GrantMade {
    /// Which grant.
    pub grant: GrantId,
    /// What.
    pub what: Granted,
    /// Where.
    pub scope: Scope,
    /// From this instant on.
    pub from: DateTime<Utc>,
    /// No more at this instant; none: until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Where it comes from.
    pub source: GrantSource,
    /// The request that was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<AccessRequestId>,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegated_by: Option<PersonId>,
    /// Whether barriers do not stop it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pierces: bool,
    /// By which version of what it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<Pattern>,
}

/// What grants are made by, in a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pattern {
    /// A rule that grants by itself.
    Rule {
        /// Which.
        rule: AssignmentRuleId,
        /// Its version, from 1.
        version: u32,
    },
    /// A template.
    Template {
        /// Which.
        template: AccessTemplateId,
        /// Its version, from 1.
        version: u32,
    },
}

/// A grant holds longer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prolonged {
    /// Which.
    pub grant: GrantId,
    /// No more at this instant; none: until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// The request that was approved for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<AccessRequestId>,
}

/// A grant ends sooner than it did, because whoever has it moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Shortened {
    /// Which.
    pub grant: GrantId,
    /// No more at this instant.
    pub until: DateTime<Utc>,
    /// Why.
    pub because: Shortening,
    /// From when on they work elsewhere.
    pub moved: DateTime<Utc>,
}

words! {
    /// Why a grant ends sooner than it did.
    Shortening {
        /// The rule that gave it means them no more.
        Lost,
        /// Nobody has confirmed yet that they need it where they are now.
        Unconfirmed,
    }
}

/// Somebody else said that a grant is needed still: it ends as it did before it was shortened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Confirmed {
    /// Which.
    pub grant: GrantId,
    /// No more at this instant; none: until it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

/// A grant was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Revoked {
    /// Which.
    pub grant: GrantId,
}

/// A grant came to its end; it held no more since then.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Expired {
    /// Which.
    pub grant: GrantId,
}

/// A rule does not count for the subject for a time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Excepted {
    /// Which exception.
    pub exception: ExceptionId,
    /// The one rule.
    pub lifts: Lifted,
    /// Who answers for it.
    pub owner: PersonId,
    /// What is done in its place.
    pub control: String,
    /// From this instant on.
    pub from: DateTime<Utc>,
    /// No more at this instant.
    pub until: DateTime<Utc>,
    /// The request that was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<AccessRequestId>,
}

/// The rule counts again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExceptionEnded {
    /// Which exception.
    pub exception: ExceptionId,
}

/// The subject has nothing any more: every grant is revoked, every exception ended.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closed {}
