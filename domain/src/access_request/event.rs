//! What can have happened to an access request. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::stage::Steps;
use super::wanted::{Failure, Rejection, Wanted};
use super::words::{Ending, Passing, Vote};
use crate::access::model::{AccessSubject, Human};
use crate::kernel::{AccessRequestId, GrantId, PersonId, Personal};

/// An event of a request's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "access_request.", serialize_all = "snake_case")]
pub enum AccessRequestEvent {
    /// See [`Submitted`].
    Submitted(Box<Submitted>),
    /// See [`PolicyChecked`].
    PolicyChecked(Box<PolicyChecked>),
    /// See [`StageOpened`].
    StageOpened(StageOpened),
    /// See [`Voted`].
    Voted(Voted),
    /// See [`InfoAsked`].
    InfoAsked(InfoAsked),
    /// See [`InfoGiven`].
    InfoGiven(InfoGiven),
    /// See [`SeatPassed`].
    SeatPassed(SeatPassed),
    /// See [`Reminded`].
    Reminded(Reminded),
    /// See [`Escalated`].
    Escalated(Escalated),
    /// See [`Amended`].
    Amended(Box<Amended>),
    /// See [`Approved`].
    Approved(Approved),
    /// See [`Rejected`].
    Rejected(Rejected),
    /// See [`TimedOut`].
    TimedOut(TimedOut),
    /// See [`Withdrawn`].
    Withdrawn(Withdrawn),
    /// See [`Activated`].
    Activated(Activated),
    /// See [`ActivationFailed`].
    ActivationFailed(ActivationFailed),
    /// See [`Ended`].
    Ended(Ended),
}

impl DomainEvent for AccessRequestEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// Somebody asks for access.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Submitted {
    /// Who asks; none: a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<PersonId>,
    /// Who would have it.
    pub beneficiary: AccessSubject,
    /// What.
    pub wanted: Wanted,
    /// Why.
    pub justification: Personal<String>,
    /// The request whose access this one prolongs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<AccessRequestId>,
}

/// The rules were asked, and this is the way it goes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PolicyChecked {
    /// Its stages.
    pub plan: Plan,
}

/// A stage of the plan waits for its votes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StageOpened {
    /// Which, from 1.
    pub stage: u8,
    /// How long.
    pub steps: Steps,
}

/// Somebody said yes or no.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voted {
    /// For whom the seat was meant.
    pub seat: PersonId,
    /// Who voted.
    pub by: PersonId,
    /// Which human that is.
    pub human: Human,
    /// Yes or no.
    pub vote: Vote,
    /// In their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Personal<String>>,
}

/// Somebody at the stage wants to know more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InfoAsked {
    /// Who.
    pub by: PersonId,
    /// What.
    pub question: Personal<String>,
}

/// The question was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InfoGiven {
    /// By whom.
    pub by: PersonId,
    /// With what.
    pub answer: Personal<String>,
}

/// A seat is somebody else's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SeatPassed {
    /// For whom the seat was meant.
    pub seat: PersonId,
    /// Whose it is now.
    pub to: PersonId,
    /// How it came to that.
    pub passing: Passing,
    /// At which stage, if that one is not open yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<u8>,
}

/// The stage's people were told that time goes by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reminded {
    /// How much of it is over: 50 or 90.
    pub percent: u8,
}

/// Nobody decided in time: others sit down with them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Escalated {
    /// How often that has happened at this stage.
    pub level: u8,
    /// Who.
    pub to: BTreeSet<PersonId>,
    /// How long it may take now.
    pub steps: Steps,
}

/// Something else is asked for; no vote counts any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Amended {
    /// What.
    pub wanted: Wanted,
    /// Why.
    pub justification: Personal<String>,
}

/// Every stage passed, or a rule asks nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Approved {}

/// It is not given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rejected {
    /// Why.
    pub because: Rejection,
}

/// Nobody decided, on no level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TimedOut {}

/// It is not wanted any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Withdrawn {}

/// The access is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activated {
    /// As which grant; none: as an exception.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<GrantId>,
}

/// The access did not come to be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ActivationFailed {
    /// Why.
    pub because: Failure,
}

/// The access is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ended {
    /// How.
    pub ending: Ending,
}
