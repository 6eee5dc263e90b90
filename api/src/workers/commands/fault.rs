//! What is wrong with a line, before any rule of the desk is asked.

use domain::import::exact::Inexact;

use super::file::LINE_MAX;
use super::line::{KEYS, REF_MAX};
use super::mutations::Unfit;

/// A typed refusal: the variant is the code, as the report says it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Fault {
    #[error("the line has more than {LINE_MAX} bytes")]
    LineTooLong,
    #[error("the line is no JSON object: {0}")]
    LineNotJson(String),
    #[error("the key {} stands twice", .0.join("."))]
    LineKeyTwice(Vec<String>),
    #[error("a line has no key {0:?}; it has {keys}", keys = KEYS.join(", "))]
    LineKeyUnknown(String),
    #[error("{0} is missing")]
    LineKeyMissing(&'static str),
    #[error("{key} is not {wanted}")]
    LineValueUnfit { key: &'static str, wanted: &'static str },
    #[error("the instant is in the future")]
    AtInFuture,
    #[error("the instant is before 1970")]
    AtAbsurd,
    #[error("nobody has this login")]
    ActorUnknown,
    #[error("this person is suspended or has left")]
    ActorInactive,
    #[error("the schema has no mutation of this name")]
    MutationUnknown,
    #[error("this mutation is not imported: {0}")]
    MutationNotImported(Unfit),
    #[error("a ref is 1 to {REF_MAX} characters without white space and does not begin with $")]
    RefUnfit,
    #[error("this mutation returns several objects, which no ref can stand for")]
    RefOfSeveral,
    #[error("a line before has the same ref")]
    RefRepeated,
    #[error("no line before has the ref {0}")]
    RefUnknown(String),
    #[error("the line with the ref {0} was refused")]
    RefRefused(String),
    #[error("another line was imported in its place before")]
    LineChanged,
    #[error("an earlier run refused this line, and its report told why")]
    RefusedBefore,
    #[error("{0}")]
    InputUnfit(String),
    #[error("a line's identity is its command's: leave idempotencyKey out")]
    InputHasKey,
    #[error("a password is no history: let it be given later")]
    InputHasPassword,
}

impl Fault {
    /// Stable, for programs.
    pub(super) fn code(&self) -> &'static str {
        self.into()
    }

    /// The path to what is at fault in the line.
    pub(super) fn field(&self) -> Option<Vec<String>> {
        let key = match self {
            Self::LineTooLong | Self::LineNotJson(_) | Self::LineChanged | Self::RefusedBefore => {
                return None;
            }
            Self::LineKeyTwice(path) => return Some(path.clone()),
            Self::LineKeyUnknown(key) => key.as_str(),
            Self::LineKeyMissing(key) | Self::LineValueUnfit { key, .. } => key,
            Self::AtInFuture | Self::AtAbsurd => "at",
            Self::ActorUnknown | Self::ActorInactive => "actor",
            Self::MutationUnknown | Self::MutationNotImported(_) => "mutation",
            Self::RefUnfit | Self::RefOfSeveral | Self::RefRepeated => "ref",
            Self::RefUnknown(_) | Self::RefRefused(_) | Self::InputUnfit(_) => "input",
            Self::InputHasKey => return Some(vec!["input".into(), "idempotencyKey".into()]),
            Self::InputHasPassword => return Some(vec!["input".into(), "password".into()]),
        };
        Some(vec![key.to_owned()])
    }
}

impl From<Inexact> for Fault {
    fn from(inexact: Inexact) -> Self {
        match inexact {
            Inexact::NotJson(why) => Self::LineNotJson(why),
            Inexact::Twice(path) => Self::LineKeyTwice(path.into_iter().map(bounded).collect()),
        }
    }
}

/// A key as a report says it.
fn bounded(key: String) -> String {
    key.chars().take(REF_MAX).collect()
}
