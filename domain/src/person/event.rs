//! What can have happened to a person. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use chrono::{DateTime, NaiveDate, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::{PersonKind, Role};
use crate::access::model::Human;
use crate::kernel::{PersonId, Personal, UnitId};
use crate::settings::Language;
use crate::ticket::Tier;

/// An event of a person's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "person.", serialize_all = "snake_case")]
pub enum PersonEvent {
    /// See [`Registered`].
    Registered(Box<Registered>),
    /// See [`PasswordChanged`].
    PasswordChanged(PasswordChanged),
    /// See [`RoleChanged`].
    RoleChanged(RoleChanged),
    /// See [`Renamed`].
    Renamed(Renamed),
    /// See [`ContactsChanged`].
    ContactsChanged(ContactsChanged),
    /// See [`PositionTaken`].
    PositionTaken(PositionTaken),
    /// See [`Moved`].
    Moved(Moved),
    /// See [`LanguageChosen`].
    LanguageChosen(LanguageChosen),
    /// See [`OrganizationChanged`].
    OrganizationChanged(OrganizationChanged),
    /// See [`SkillCertified`].
    SkillCertified(SkillCertified),
    /// See [`SkillWithdrawn`].
    SkillWithdrawn(SkillWithdrawn),
    /// See [`TierAssigned`].
    TierAssigned(TierAssigned),
    /// See [`DeputyAppointed`].
    DeputyAppointed(DeputyAppointed),
    /// See [`DeputyDismissed`].
    DeputyDismissed(DeputyDismissed),
    /// See [`Suspended`].
    Suspended(Suspended),
    /// See [`Restored`].
    Restored(Restored),
    /// See [`Left`].
    Left(Left),
    /// See [`AccountLinked`].
    AccountLinked(AccountLinked),
    /// See [`AccountUnlinked`].
    AccountUnlinked(AccountUnlinked),
}

impl DomainEvent for PersonEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The person is known from now on. Everything personal is sealed under the person's own key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Registered {
    /// What the person signs in with, as typed; unique in lower case.
    pub login: Personal<String>,
    /// Full name.
    pub name: Personal<String>,
    /// E-mail address, unique in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal<String>>,
    /// Telephone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Personal<String>>,
    /// Staff or client.
    pub kind: PersonKind,
    /// What the person may do.
    pub role: Role,
    /// A client's customer organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<UnitId>,
}

/// The person signs in with another password from now on. Neither it nor its hash is here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PasswordChanged {
    /// Whether it serves once only: to choose another.
    pub must_change: bool,
}

/// The person may do other things from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoleChanged {
    /// What.
    pub role: Role,
}

/// The person has another name from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// Full name.
    pub name: Personal<String>,
}

/// The person is reached elsewhere from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactsChanged {
    /// E-mail address, unique in lower case; none: nobody knows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Personal<String>>,
    /// Telephone number; none: nobody knows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Personal<String>>,
}

/// The person has another position from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PositionTaken {
    /// Such as "Network engineer"; none: no position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
}

/// The person works elsewhere; where, their units and their position say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// From when on.
    pub from: DateTime<Utc>,
    /// How many days longer they keep what came with the old place.
    pub grace_days: u8,
}

/// The person is addressed in this language from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LanguageChosen {
    /// Which.
    pub language: Language,
}

/// The client belongs to another customer organisation from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OrganizationChanged {
    /// Which; none: to no organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<UnitId>,
}

/// The person can do this, or better, or for longer, from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillCertified {
    /// In lower case, such as "network".
    pub skill: String,
    /// 1 (learning) to 5 (teaching).
    pub level: u8,
    /// The last day of the certificate; none: it does not end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certified_until: Option<NaiveDate>,
}

/// The person is no longer counted on for this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SkillWithdrawn {
    /// In lower case.
    pub skill: String,
}

/// The person works in this support tier from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TierAssigned {
    /// 1 to 3.
    pub tier: Tier,
}

/// The person is away for these days, and somebody stands in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeputyAppointed {
    /// Who.
    pub deputy: PersonId,
    /// The first day, in UTC.
    pub from: NaiveDate,
    /// The last day, in UTC.
    pub until: NaiveDate,
}

/// The person is back; nobody stands in any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeputyDismissed {}

/// The person may do nothing until restored; sessions end at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspended {}

/// The person may act again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Restored {}

/// The person is gone; sessions end at once, and nothing can be restored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Left {}

/// The account is a second one: rules mean its human, whichever account acts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountLinked {
    /// Whose it is, by the account that they are known by.
    pub human: Human,
}

/// The account is a human's own again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccountUnlinked {}
