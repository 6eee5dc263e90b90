//! Business refusals as clients see them: a code of a closed list, a sentence, the field, details.

mod codes;

use std::collections::BTreeMap;
use std::str::FromStr;

use async_graphql::{Json, Result, SimpleObject};
use domain::access::model::AccessSubject;
use domain::kernel::{
    CalendarId, CiClassId, CiId, PersonId, Refused, RoleId, SodRuleId, TicketId, UnitId,
};
use serde_json::{Value, json};

use super::error::internal;
use super::id::{BadId, GlobalId, encode};
use crate::gateway::GatewayError;

pub use codes::ErrorCode;
pub(super) use codes::code;

/// Why nothing was done.
#[derive(Debug, Clone, PartialEq, SimpleObject)]
pub(crate) struct UserError {
    /// Stable, for programs.
    pub(crate) code: ErrorCode,
    /// A sentence, for people.
    pub(crate) message: String,
    /// The path to the field of the input that is at fault, when one is.
    pub(crate) field: Option<Vec<String>>,
    /// Details that help to do better, by name.
    pub(crate) meta: Option<Json<BTreeMap<String, Value>>>,
}

impl UserError {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None, meta: None }
    }

    #[must_use]
    pub(super) fn at(self, field: &str) -> Self {
        Self { field: Some(vec![field.to_owned()]), ..self }
    }

    /// The same about a part of the input: the path begins with its name.
    #[must_use]
    pub(super) fn within(mut self, part: &str) -> Self {
        self.field.get_or_insert_default().insert(0, part.to_owned());
        self
    }

    #[must_use]
    pub(super) fn with(mut self, name: &str, value: Value) -> Self {
        self.meta.get_or_insert_with(|| Json(BTreeMap::new())).0.insert(name.to_owned(), value);
        self
    }

    pub(super) fn bad_id(field: &str, fault: BadId) -> Self {
        Self::new(ErrorCode::InvalidId, fault.to_string()).at(field)
    }

    /// A refusal of the domain or the gateway.
    ///
    /// # Errors
    /// When its code is not in the list, which a test excludes.
    pub(super) fn refused(refused: Refused) -> Result<Self> {
        let code = code(refused.code)?;
        let meta =
            refused.meta.into_iter().map(|(name, value)| (name.to_owned(), public(value, name)));
        let meta: BTreeMap<String, Value> = meta.collect();
        Ok(Self {
            code,
            message: refused.message,
            field: refused.field.map(|field| vec![field.to_owned()]),
            meta: (!meta.is_empty()).then_some(Json(meta)),
        })
    }

    /// What the gateway answered instead of a receipt.
    ///
    /// # Errors
    /// Technical failures.
    pub(crate) fn from_gateway(error: GatewayError) -> Result<Self> {
        let message = error.to_string();
        Ok(match error {
            GatewayError::Refused(refused) => Self::refused(refused)?,
            GatewayError::Forbidden => Self::new(ErrorCode::Forbidden, message),
            GatewayError::Stale { actual } => Self::new(ErrorCode::VersionConflict, message)
                .at("expectedVersion")
                .with("currentVersion", json!(actual)),
            GatewayError::KeyReused => {
                Self::new(ErrorCode::IdempotencyKeyReused, message).at("idempotencyKey")
            }
            GatewayError::ClaimTaken { scope } => taken(message, &scope),
            GatewayError::Busy | GatewayError::Outdated => Self::new(ErrorCode::Busy, message),
            technical @ (GatewayError::Internal(_) | GatewayError::Reading(_)) => {
                return Err(internal(technical));
            }
        })
    }
}

/// Identities leave as global ids. Domain refusals name people, and the tickets others were merged
/// into.
fn public(value: Value, name: &str) -> Value {
    match name {
        "holderId" | "personId" => global::<PersonId>(&value),
        "intoId" => global::<TicketId>(&value),
        "calendarId" => global::<CalendarId>(&value),
        "unitId" => global::<UnitId>(&value),
        "ciId" => global::<CiId>(&value),
        "classId" => global::<CiClassId>(&value),
        "roleId" => global::<RoleId>(&value),
        "ruleId" | "sodRuleId" => global::<SodRuleId>(&value),
        "subject" => subject(&value),
        "subjects" => match value {
            Value::Array(subjects) => subjects.iter().map(subject).collect(),
            _ => Value::Null,
        },
        _ => value,
    }
}

/// Somebody who has access, or a group of them.
fn subject(value: &Value) -> Value {
    match value.as_str().and_then(|text| text.parse().ok()) {
        Some(AccessSubject::Person(id)) => json!(encode(id)),
        Some(AccessSubject::Service(id)) => json!(encode(id)),
        Some(AccessSubject::Group(id)) => json!(encode(id)),
        None => Value::Null,
    }
}

fn global<T: FromStr + Into<GlobalId>>(value: &Value) -> Value {
    let id: Option<T> = value.as_str().and_then(|text| text.parse().ok());
    id.map_or(Value::Null, |id| json!(encode(id)))
}

/// The field is named like the claim: `ticket.external_ref` is of `externalRef`.
fn taken(message: String, scope: &str) -> UserError {
    let error = UserError::new(ErrorCode::ClaimTaken, message).with("scope", json!(scope));
    match scope {
        "ticket.external_ref" => error.at("externalRef"),
        "person.login" => error.at("login"),
        "person.email" => error.at("email"),
        "ci.identity" => error.at("attributes"),
        _ if scope.ends_with(".name") => error.at("name"),
        _ => error,
    }
}
