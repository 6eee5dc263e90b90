//! Where a grant holds: everywhere, below one place of the tree, or on one item.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::{CiId, UnitId};

/// How deep a place can lie.
pub const SCOPE_DEPTH_MAX: usize = 16;
/// Longest segment of a path, in bytes.
pub const SEGMENT_MAX: usize = 64;

/// What the root is called; no segment is.
const ROOT: &str = "all";

/// A place in the tree of organisations and units, by the names on the way down to it:
/// `<department>/<unit>`; the root is `all`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ScopePath(String);

/// Where a grant or a rule holds; written `all`, a path, or `ci:<uuid>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Scope {
    /// The whole tree.
    #[default]
    Everywhere,
    /// A place, and all below it.
    Node(ScopePath),
    /// One item.
    Item(CiId),
}

/// The text is no place and no item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "is not a scope such as all, a path of at most {SCOPE_DEPTH_MAX} names of a-z, 0-9, _ and -, or ci:<id>"
)]
pub struct NotAScope;

impl ScopePath {
    /// Above everything.
    pub const ROOT: Self = Self(String::new());

    /// The place of a unit below these, the outermost first; none if that is too deep.
    pub fn of_units(units: &[UnitId]) -> Option<Self> {
        let names: Vec<String> = units.iter().map(UnitId::to_string).collect();
        (units.len() <= SCOPE_DEPTH_MAX).then(|| Self(names.join("/")))
    }

    /// A place directly below this one.
    ///
    /// # Errors
    /// The name does not fit, or it would lie too deep.
    pub fn child(&self, name: &str) -> Result<Self, NotAScope> {
        if self.is_root() { name.parse() } else { format!("{}/{name}", self.0).parse() }
    }

    /// The place directly above; the root has none.
    pub fn parent(&self) -> Option<Self> {
        let above = self.0.rsplit_once('/').map_or("", |(above, _)| above);
        (!self.is_root()).then(|| Self(above.to_owned()))
    }

    /// Whether it is above everything.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// How many steps it lies below the root.
    pub fn depth(&self) -> usize {
        if self.is_root() { 0 } else { 1 + self.0.bytes().filter(|byte| *byte == b'/').count() }
    }

    /// Whether the other is this place or lies below it.
    pub fn contains(&self, other: &Self) -> bool {
        let below = other.0.strip_prefix(&self.0);
        self.is_root() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The names on the way down.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').filter(|segment| !segment.is_empty())
    }

    /// Of places on one way down, the longer is the deeper.
    pub(super) fn text(&self) -> &str {
        &self.0
    }
}

impl Scope {
    /// Whether what lies at this place, and is this item if it is one, lies within; barriers apart.
    pub fn contains(&self, place: &ScopePath, item: Option<CiId>) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Node(node) => node.contains(place),
            Self::Item(id) => item == Some(*id),
        }
    }

    /// Whether everything within the other lies within this one, as far as paths say.
    pub fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Everywhere, _) => true,
            (Self::Node(node), Self::Everywhere) => node.is_root(),
            (Self::Node(node), Self::Node(other)) => node.contains(other),
            (Self::Node(node), Self::Item(_)) => node.is_root(),
            (Self::Item(id), Self::Item(other)) => id == other,
            (Self::Item(_), Self::Everywhere | Self::Node(_)) => false,
        }
    }
}

impl FromStr for ScopePath {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        if text == ROOT {
            return Ok(Self::ROOT);
        }
        let fits = |segment: &str| {
            let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
            (1..=SEGMENT_MAX).contains(&segment.len())
                && segment.bytes().all(letter)
                && segment != ROOT
        };
        let deep = text.split('/').take(SCOPE_DEPTH_MAX + 1).count();
        if deep > SCOPE_DEPTH_MAX || !text.split('/').all(fits) {
            return Err(NotAScope);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for ScopePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_root() { ROOT } else { &self.0 })
    }
}

impl FromStr for Scope {
    type Err = NotAScope;

    fn from_str(text: &str) -> Result<Self, NotAScope> {
        if let Some(id) = text.strip_prefix("ci:") {
            return Uuid::try_parse(id).map(|id| Self::Item(CiId(id))).map_err(|_| NotAScope);
        }
        let path: ScopePath = text.parse()?;
        Ok(if path.is_root() { Self::Everywhere } else { Self::Node(path) })
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everywhere => f.write_str(ROOT),
            Self::Node(path) => path.fmt(f),
            Self::Item(id) => write!(f, "ci:{id}"),
        }
    }
}

impl TryFrom<String> for ScopePath {
    type Error = NotAScope;

    fn try_from(text: String) -> Result<Self, NotAScope> {
        text.parse()
    }
}

impl From<ScopePath> for String {
    fn from(path: ScopePath) -> Self {
        path.to_string()
    }
}

impl TryFrom<String> for Scope {
    type Error = NotAScope;

    fn try_from(text: String) -> Result<Self, NotAScope> {
        text.parse()
    }
}

impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}
