//! Why the guard says no.

use std::fmt;

/// The stable code of a refusal; clients see its upper-case form in `errors[].extensions.code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::IntoStaticStr, strum::EnumIter)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum GuardCode {
    /// Too many bytes, tokens or expanded selections.
    DocumentTooLarge,
    /// Fields, fragments, brackets or values too deep inside each other.
    DepthLimit,
    /// Too many aliases.
    AliasLimit,
    /// Too many fields at the root.
    RootFieldLimit,
    /// Too many directives on one place.
    DirectiveLimit,
    /// Too many fragment definitions.
    FragmentLimit,
    /// Fragments that spread themselves.
    FragmentCycle,
    /// A list argument or variable with too many items.
    ListLimit,
    /// Too many objects in the answer.
    NodeLimit,
    /// Too many points.
    CostLimit,
}

impl GuardCode {
    /// The code as clients see it, such as `COST_LIMIT`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}

/// A refused document: which limit, where it stands, and what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} {}", Excess { limit: *limit, actual: *actual })]
pub struct GuardRefusal {
    /// The stable code.
    pub code: GuardCode,
    /// The limit, in the unit the sentence names; 0 when there is nothing to count.
    pub limit: u64,
    /// What was asked, or the first number past the limit when counting stopped there.
    pub actual: u64,
    what: &'static str,
}

impl GuardRefusal {
    /// Compares a number with its limit; `what` begins the sentence.
    pub(super) fn above(
        code: GuardCode,
        what: &'static str,
        actual: u64,
        limit: u64,
    ) -> Result<(), Self> {
        if actual > limit { Err(Self { code, limit, actual, what }) } else { Ok(()) }
    }

    pub(super) fn cycle() -> Self {
        let what = "fragments of the document spread themselves";
        Self { code: GuardCode::FragmentCycle, limit: 0, actual: 0, what }
    }
}

/// The second half of the sentence. Sums saturate, so an astronomical number is not spelled out.
struct Excess {
    limit: u64,
    actual: u64,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.limit, self.actual) {
            (0, 0) => f.write_str("in a cycle"),
            (limit, actual) if actual > 1_000_000 => {
                write!(f, "more than 1000000, the limit is {limit}")
            }
            (limit, actual) => write!(f, "{actual}, the limit is {limit}"),
        }
    }
}
