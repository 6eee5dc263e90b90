//! Which fields of an object a permission is for.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Longest name of a field, in bytes.
const FIELD_MAX: usize = 100;

/// A field, or an attribute, of an object: `solution`, `serialNumber`, `salary`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldName(Cow<'static, str>);

/// The text is no field's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a field's name: letters, digits, _ . and -, at most {FIELD_MAX}")]
pub struct NotAField;

/// Which fields an entry is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum FieldSet {
    /// All but those that are flagged as personal.
    #[default]
    Plain,
    /// All, personal ones too.
    All,
    /// These, personal or not.
    Only(BTreeSet<FieldName>),
}

impl FieldName {
    /// One of ours.
    pub(in crate::access) const fn ours(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FieldSet {
    /// Whether this field is among them.
    pub fn contains(&self, field: &FieldName, is_personal: bool) -> bool {
        match self {
            Self::Plain => !is_personal,
            Self::All => true,
            Self::Only(fields) => fields.contains(field),
        }
    }

    /// Whether all of the other's are among them, whatever is flagged.
    pub fn includes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All, _) | (Self::Plain, Self::Plain) => true,
            (Self::Only(fields), Self::Only(other)) => other.is_subset(fields),
            (Self::Plain | Self::Only(_), _) => false,
        }
    }
}

impl FromStr for FieldName {
    type Err = NotAField;

    fn from_str(text: &str) -> Result<Self, NotAField> {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        let fits = (1..=FIELD_MAX).contains(&text.len()) && text.bytes().all(letter);
        if fits { Ok(Self(text.to_owned().into())) } else { Err(NotAField) }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for FieldName {
    type Error = NotAField;

    fn try_from(text: String) -> Result<Self, NotAField> {
        text.parse()
    }
}

impl From<FieldName> for String {
    fn from(name: FieldName) -> Self {
        name.0.into_owned()
    }
}
