//! Personal data in events: readable in memory, sealed in storage, erasable for ever.
//!
//! The domain builds [`Personal::Clear`]; the journal replaces it by an encrypted envelope before
//! anything is stored or hashed, and opens it again on load. A destroyed key reads as
//! [`Personal::Erased`], never as an error. The domain itself holds no key and no cipher.
//!
//! In JSON: clear `{"$personal":{"subject":…,"value":…}}` (in memory only, the events table
//! refuses it), sealed `{"$sealed":"…"}`, erased `{"$erased":true}`.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

use super::actor::DataSubject;

/// A value that belongs to a data subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Personal<T> {
    /// Readable; sealed under `subject`'s key when it is stored.
    Clear {
        /// Whose key seals it.
        subject: DataSubject,
        /// The value itself.
        value: T,
    },
    /// Read without the key ring, for instance by a store that knows no keys.
    Sealed(String),
    /// The subject's key was destroyed.
    Erased,
}

impl<T> Personal<T> {
    /// A readable value of this subject.
    pub fn of(subject: DataSubject, value: T) -> Self {
        Self::Clear { subject, value }
    }

    /// The value, unless it is sealed or erased.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Clear { value, .. } => Some(value),
            Self::Sealed(_) | Self::Erased => None,
        }
    }

    /// The value, consumed.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Clear { value, .. } => Some(value),
            Self::Sealed(_) | Self::Erased => None,
        }
    }
}

impl<T: Serialize> Serialize for Personal<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Clear { subject, value } => {
                json!({"$personal": {"subject": subject.to_string(), "value": value}})
            }
            Self::Sealed(envelope) => json!({ "$sealed": envelope }),
            Self::Erased => json!({"$erased": true}),
        }
        .serialize(serializer)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Personal<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Clear {
            subject: String,
            value: Value,
        }
        #[derive(Deserialize)]
        enum Form {
            #[serde(rename = "$personal")]
            Personal(Clear),
            #[serde(rename = "$sealed")]
            Sealed(String),
            #[serde(rename = "$erased")]
            Erased(serde::de::IgnoredAny),
        }
        Ok(match Form::deserialize(deserializer)? {
            Form::Personal(clear) => Self::Clear {
                subject: clear.subject.parse().map_err(D::Error::custom)?,
                value: serde_json::from_value(clear.value).map_err(D::Error::custom)?,
            },
            Form::Sealed(envelope) => Self::Sealed(envelope),
            Form::Erased(_) => Self::Erased,
        })
    }
}
