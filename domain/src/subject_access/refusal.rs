//! The business "no" of a subject's access.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::decide::{AHEAD_MAX_DAYS, GRANTS_MAX};
use crate::access::model::ActionName;
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, SodRuleId};

/// Why a command on a subject's access is refused. The variant's name is the code:
/// `SUBJECT_ACCESS_NOT_HELD`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "SUBJECT_ACCESS_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum SubjectAccessRefusal {
    /// SA1: it never had any.
    #[error("the subject has no access")]
    NotFound,
    /// SA1
    #[error("access is given to those who are there and active alone")]
    SubjectUnfit,
    /// SA1
    #[error("{GRANTS_MAX} grants hold already")]
    TooManyGrants,
    /// SA2
    #[error("there is no such role to give, or the permission is beyond its bounds")]
    WhatUnfit,
    /// SA2
    #[error("a grant begins within {AHEAD_MAX_DAYS} days")]
    StartUnfit,
    /// SA2
    #[error("a grant of this role has an end")]
    EndMissing,
    /// SA2, SA6, SA7, SA8
    #[error("the end is not after the beginning, or later than allowed")]
    EndUnfit,
    /// SA3
    #[error("nobody gives what they do not have there and for as long: {action}")]
    NotHeld {
        /// The first action that is missing.
        action: ActionName,
    },
    /// SA3
    #[error("this is not given so; another verb does it, or a request")]
    SourceUnfit,
    /// SA3
    #[error("nobody gives to themselves")]
    OwnGrant,
    /// SA4
    #[error("duties would not be separated any more")]
    Duties {
        /// By which rule they are.
        rule: SodRuleId,
        /// Since when they would not.
        from: DateTime<Utc>,
    },
    /// SA5
    #[error("the subject has no such grant")]
    GrantNotFound,
    /// SA5
    #[error("the grant is over")]
    GrantOver,
    /// SA6
    #[error("nobody delegates to themselves")]
    OwnDelegation,
    /// SA6
    #[error("the grant was not delegated")]
    NotDelegated,
    /// SA6, SA8
    #[error("only whoever it is about may do this")]
    NotYours,
    /// SA6, SA8
    #[error("people do this in person")]
    NotInPerson,
    /// SA7
    #[error("nobody makes an exception for themselves")]
    OwnException,
    /// SA7
    #[error("nothing lifts this rule")]
    NotLiftable,
    /// SA7
    #[error("whoever answers for an exception is active, and somebody else")]
    OwnerUnfit,
    /// SA7
    #[error("control {0}")]
    ControlUnfit(TextFault),
    /// SA7, SA8
    #[error("this takes a reason")]
    ReasonMissing,
    /// SA8
    #[error("this role was not prepared for an emergency of this person")]
    NotPrepared,
    /// SA9
    #[error("the subject takes nothing any more")]
    Closed,
    /// SA10
    #[error("nobody else may give access; give it to somebody else first")]
    LastKeeper,
    /// SA12
    #[error("nobody lays down what keeps something from them")]
    BindsActor,
}

impl Refusal for SubjectAccessRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::SubjectUnfit => Some("subject"),
            Self::WhatUnfit | Self::NotHeld { .. } => Some("what"),
            Self::StartUnfit => Some("from"),
            Self::EndMissing | Self::EndUnfit => Some("until"),
            Self::SourceUnfit => Some("source"),
            Self::GrantNotFound => Some("grantId"),
            Self::NotLiftable => Some("lifts"),
            Self::OwnerUnfit => Some("ownerId"),
            Self::ControlUnfit(_) => Some("control"),
            Self::ReasonMissing => Some("reason"),
            Self::NotPrepared => Some("roleId"),
            Self::NotFound
            | Self::TooManyGrants
            | Self::Duties { .. }
            | Self::GrantOver
            | Self::OwnGrant
            | Self::OwnDelegation
            | Self::NotDelegated
            | Self::NotYours
            | Self::NotInPerson
            | Self::OwnException
            | Self::Closed
            | Self::LastKeeper
            | Self::BindsActor => None,
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::NotHeld { action } => BTreeMap::from([("action", json!(action))]),
            Self::Duties { rule, from } => {
                BTreeMap::from([("sodRuleId", json!(rule)), ("from", json!(from))])
            }
            Self::TooManyGrants => BTreeMap::from([("max", json!(GRANTS_MAX))]),
            Self::StartUnfit => BTreeMap::from([("maxDays", json!(AHEAD_MAX_DAYS))]),
            _ => BTreeMap::new(),
        }
    }
}
