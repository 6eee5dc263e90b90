//! Which actions are meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::action::{ActionName, is_part};
use crate::access::Permission;

/// Some actions of one system: `*`, `ticket.*`, `*.read`, `ticket.read`; of another system's
/// `erp:*`, `erp:invoice.*` and so on. What names no system means ours alone, so that no grant
/// grows when another system registers what it has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActionPattern {
    system: Option<String>,
    object_type: Option<String>,
    verb: Option<String>,
}

/// The text is no pattern of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a pattern such as *, type.*, *.verb, type.verb or one of these after system:")]
pub struct NotAPattern;

impl ActionPattern {
    /// Whether this action is meant.
    pub fn matches(&self, action: &ActionName) -> bool {
        let of = action.object_type();
        let local = of.split_once(':').map_or(of, |(_, local)| local);
        self.system.as_deref() == action.system()
            && self.object_type.as_deref().is_none_or(|object_type| object_type == local)
            && self.verb.as_deref().is_none_or(|verb| verb == action.verb())
    }

    /// Whether it means more than one action.
    pub fn is_wild(&self) -> bool {
        self.object_type.is_none() || self.verb.is_none()
    }

    /// Whether everything that the other means is meant.
    pub fn includes(&self, other: &Self) -> bool {
        let wider = |mine: &Option<String>, other: &Option<String>| mine.is_none() || mine == other;
        self.system == other.system
            && wider(&self.object_type, &other.object_type)
            && wider(&self.verb, &other.verb)
    }
}

impl FromStr for ActionPattern {
    type Err = NotAPattern;

    fn from_str(text: &str) -> Result<Self, NotAPattern> {
        let (system, local) = match text.split_once(':') {
            Some((system, local)) if is_part(system) => (Some(system.to_owned()), local),
            Some(_) => return Err(NotAPattern),
            None => (None, text),
        };
        let part = |text: &str| match text {
            "*" => Ok(None),
            _ if is_part(text) => Ok(Some(text.to_owned())),
            _ => Err(NotAPattern),
        };
        let (object_type, verb) = match local.split_once('.') {
            Some(("*", "*")) => return Err(NotAPattern),
            Some((object_type, verb)) => (part(object_type)?, part(verb)?),
            None if local == "*" => (None, None),
            None => return Err(NotAPattern),
        };
        Ok(Self { system, object_type, verb })
    }
}

impl From<&ActionName> for ActionPattern {
    fn from(action: &ActionName) -> Self {
        let of = action.object_type();
        Self {
            system: action.system().map(str::to_owned),
            object_type: Some(of.split_once(':').map_or(of, |(_, local)| local).to_owned()),
            verb: Some(action.verb().to_owned()),
        }
    }
}

impl From<Permission> for ActionPattern {
    fn from(permission: Permission) -> Self {
        Self::from(&ActionName::from(permission))
    }
}

impl fmt::Display for ActionPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(system) = &self.system {
            write!(f, "{system}:")?;
        }
        match (&self.object_type, &self.verb) {
            (None, None) => f.write_str("*"),
            (object_type, verb) => {
                let part = |part: &Option<String>| part.clone().unwrap_or_else(|| "*".to_owned());
                write!(f, "{}.{}", part(object_type), part(verb))
            }
        }
    }
}

impl TryFrom<String> for ActionPattern {
    type Error = NotAPattern;

    fn try_from(text: String) -> Result<Self, NotAPattern> {
        text.parse()
    }
}

impl From<ActionPattern> for String {
    fn from(pattern: ActionPattern) -> Self {
        pattern.to_string()
    }
}
