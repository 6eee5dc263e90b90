//! To whom access is given.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::words::words;
use crate::kernel::{AccessGroupId, PersonId, ServiceAccountId, SubjectAccessId};

/// Somebody, or a group of them, who can be given permissions; written `person:<uuid>`,
/// `service:<uuid>`, `group:<uuid>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum AccessSubject {
    /// A person's account.
    Person(PersonId),
    /// A program's.
    Service(ServiceAccountId),
    /// All members of a group.
    Group(AccessGroupId),
}

words! {
    /// What sort of subject it is.
    SubjectKind {
        /// A person's account.
        Person,
        /// A program's.
        Service,
        /// A group.
        Group,
    }
}

/// The human behind one or more accounts, named by the first of them: whom duties are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Human(pub PersonId);

/// The text is no subject of access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a subject such as person:<id>, service:<id> or group:<id>")]
pub struct NotASubject;

impl AccessSubject {
    /// What sort it is.
    pub fn kind(self) -> SubjectKind {
        match self {
            Self::Person(_) => SubjectKind::Person,
            Self::Service(_) => SubjectKind::Service,
            Self::Group(_) => SubjectKind::Group,
        }
    }

    /// The stream of its access, which has the subject's own identity.
    pub fn stream(self) -> SubjectAccessId {
        SubjectAccessId(match self {
            Self::Person(id) => id.0,
            Self::Service(id) => id.0,
            Self::Group(id) => id.0,
        })
    }

    /// The person, if it is one.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(id),
            Self::Service(_) | Self::Group(_) => None,
        }
    }
}

impl fmt::Display for AccessSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "person:{id}"),
            Self::Service(id) => write!(f, "service:{id}"),
            Self::Group(id) => write!(f, "group:{id}"),
        }
    }
}

impl FromStr for AccessSubject {
    type Err = NotASubject;

    fn from_str(text: &str) -> Result<Self, NotASubject> {
        let (kind, id) = text.split_once(':').ok_or(NotASubject)?;
        let id = Uuid::try_parse(id).map_err(|_| NotASubject)?;
        match kind {
            "person" => Ok(Self::Person(PersonId(id))),
            "service" => Ok(Self::Service(ServiceAccountId(id))),
            "group" => Ok(Self::Group(AccessGroupId(id))),
            _ => Err(NotASubject),
        }
    }
}

impl TryFrom<String> for AccessSubject {
    type Error = NotASubject;

    fn try_from(text: String) -> Result<Self, NotASubject> {
        text.parse()
    }
}

impl From<AccessSubject> for String {
    fn from(subject: AccessSubject) -> Self {
        subject.to_string()
    }
}
