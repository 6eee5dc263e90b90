//! Who acts, and whose key a text is sealed under.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use super::ids::{PersonId, ServiceAccountId};

/// Who issued a command. Stored in the event's metadata as its display form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// A signed-in person: `person:<uuid>`.
    Person(PersonId),
    /// A program with an account of its own: `service:<uuid>`.
    Service(ServiceAccountId),
    /// History brought in from another desk: `import`.
    Import,
    /// Annals itself, as in the first start: `system`.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Service(id) => write!(f, "service:{id}"),
            Self::Import => f.write_str("import"),
            Self::System => f.write_str("system"),
        }
    }
}

/// The text is no actor this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an actor or data subject")]
pub struct UnknownName;

impl FromStr for Actor {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        match text {
            "import" => Ok(Self::Import),
            "system" => Ok(Self::System),
            _ => match text.strip_prefix("service:") {
                Some(id) => identity(id).map(|id| Self::Service(ServiceAccountId(id))),
                None => person_in(text).map(Self::Person),
            },
        }
    }
}

/// Whose data key seals a text: destroying the key erases every text of that subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataSubject {
    /// A person: `person:<uuid>`.
    Person(PersonId),
    /// Texts that belong to no person: `deployment`.
    Deployment,
}

impl fmt::Display for DataSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Deployment => f.write_str("deployment"),
        }
    }
}

impl FromStr for DataSubject {
    type Err = UnknownName;
    fn from_str(text: &str) -> Result<Self, UnknownName> {
        if text == "deployment" {
            return Ok(Self::Deployment);
        }
        person_in(text).map(Self::Person)
    }
}

fn person_in(text: &str) -> Result<PersonId, UnknownName> {
    let id = text.strip_prefix("person:").ok_or(UnknownName)?;
    identity(id).map(PersonId)
}

fn identity(id: &str) -> Result<Uuid, UnknownName> {
    Uuid::parse_str(id).map_err(|_| UnknownName)
}
