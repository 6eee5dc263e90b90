//! What can be done: one name a verb or read, ours and those of other systems.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::access::Permission;

/// Longest part of an action's name, in bytes.
pub const PART_MAX: usize = 48;
/// Longest name of an action, in bytes.
pub const ACTION_MAX: usize = 3 * PART_MAX + 2;

/// The name of an action: `type.verb` as in `ticket.start_work`; of another system's,
/// `system:type.verb`. Lower case, bounded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActionName(Cow<'static, str>);

/// The text is no action's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not an action such as type.verb or system:type.verb, each part of a-z, 0-9 and _")]
pub struct NotAnAction;

impl ActionName {
    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The system whose it is; none: ours.
    pub fn system(&self) -> Option<&str> {
        self.0.split_once(':').map(|(system, _)| system)
    }

    /// What it is done to, with its system: `ticket`, `erp:invoice`.
    pub fn object_type(&self) -> &str {
        self.0.split_once('.').map_or(&*self.0, |(object_type, _)| object_type)
    }

    /// What is done: `start_work`.
    pub fn verb(&self) -> &str {
        self.0.split_once('.').map_or("", |(_, verb)| verb)
    }

    /// The permission to have to do with this type at all: `ticket.use`.
    pub fn function(&self) -> Self {
        Self(format!("{}.{}", self.object_type(), Self::USE).into())
    }

    /// The verb of every type's function permission.
    pub const USE: &str = "use";
}

/// Whether the text can stand between the marks of a name.
pub(super) fn is_part(text: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    (1..=PART_MAX).contains(&text.len()) && text.bytes().all(letter)
}

impl FromStr for ActionName {
    type Err = NotAnAction;

    fn from_str(text: &str) -> Result<Self, NotAnAction> {
        let (system, local) = match text.split_once(':') {
            Some((system, local)) => (Some(system), local),
            None => (None, text),
        };
        let (object_type, verb) = local.split_once('.').ok_or(NotAnAction)?;
        let fits = system.is_none_or(is_part) && is_part(object_type) && is_part(verb);
        if fits { Ok(Self(text.to_owned().into())) } else { Err(NotAnAction) }
    }
}

impl From<Permission> for ActionName {
    fn from(permission: Permission) -> Self {
        let name: &'static str = permission.into();
        Self(name.into())
    }
}

impl fmt::Display for ActionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ActionName {
    type Error = NotAnAction;

    fn try_from(text: String) -> Result<Self, NotAnAction> {
        text.parse()
    }
}

impl From<ActionName> for String {
    fn from(name: ActionName) -> Self {
        name.0.into_owned()
    }
}
