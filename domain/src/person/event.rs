//! What can have happened to a person. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::{PersonKind, Role};
use crate::kernel::{Personal, UnitId};

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
